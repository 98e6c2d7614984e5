"""Learning from corrections, and word rules: what they change, when they are kept, and that they can be explained."""

import numpy as np
import pytest

from sentiment import PLAIN, Adaptation, Scorer, WordRule, analyze, analyze_toward, version
from sentiment.engines.tingfeng import Tingfeng
from sentiment.learning.adaptation import GRAIN, Gram, Poles
from sentiment.learning.adapted import Adapted
from sentiment.learning.examples import Examples
from sentiment.learning.fitting import fit
from sentiment.learning.judging import Comparison, compared, macro_f1
from sentiment.learning.learn import FEWEST, Corrected, learn
from sentiment.learning.terms import Found, Terms, longest
from sentiment.learning.wording import telling_terms
from sentiment.model.weights import Weights
from sentiment.probabilities import NEGATIVE, POSITIVE
from sentiment.scorer import FEW
from sentiment.toward import About

BASE = version()
GAME = WordRule("War Zone", "neutral")
RAVE = WordRule("绝绝子", "negative", 3.0)
RULES = Adaptation(rules=(GAME, RAVE))
LEARNED = Adaptation(
    BASE,
    offsets={"": Poles(0.1, 0.2), "zh": Poles(-0.5, 0.25)},
    terms={"dupe": Poles(0.0, 1.5)},
    grams=(Gram(5, 1000, -1000),),
    rules=(GAME,),
)


@pytest.fixture(scope="module")
def weights() -> Weights:
    return Weights.read()


def test_an_adaptation_is_the_same_after_it_was_written() -> None:
    again = Adaptation.from_json(LEARNED.to_json())
    assert again.mark == LEARNED.mark
    assert (dict(again.offsets), dict(again.terms), tuple(again.grams), again.rules) == (
        dict(LEARNED.offsets),
        dict(LEARNED.terms),
        LEARNED.grams,
        LEARNED.rules,
    )
    assert again.rules[0].poles == (0.0, 0.0)
    assert (PLAIN.mark, len(LEARNED.mark)) == ("", 6)
    assert LEARNED.with_rules([RAVE]).mark != LEARNED.mark


@pytest.mark.parametrize("written", ["", "[]", '{"offsets": {}}', '{"learned_on":"","offsets":{"zh":[1]}}'])
def test_what_is_no_adaptation_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="no adaptation"):
        Adaptation.from_json(written)


def test_the_version_says_which_adaptation_scored() -> None:
    assert version("tingfeng", PLAIN) == BASE
    assert version("tingfeng", LEARNED) == f"{BASE} + {LEARNED.mark}"
    assert version("vader", LEARNED) == "vader 1"


def test_what_was_learned_on_another_version_is_left_and_rules_stay() -> None:
    old = Adaptation("tingfeng 0", {"": Poles(9.0, 0.0)}, {}, (), (GAME,))
    assert version("tingfeng", old) == version("tingfeng", Adaptation(rules=(GAME,)))
    assert analyze(["so so"], adaptation=old) == analyze(["so so"])


def test_a_neutral_term_is_not_heard() -> None:
    loud, blank = analyze(["I bought War Zone yesterday", "I bought          yesterday"])
    (ruled,) = analyze(["I bought War Zone yesterday"], adaptation=RULES)
    assert ruled.score == blank.score != loud.score


def test_a_term_leans_as_its_rule_says_whatever_the_engine_thinks(weights: Weights) -> None:
    plain, ruled = (analyze(["这个绝绝子"], adaptation=each)[0] for each in (PLAIN, RULES))
    assert (plain.label, ruled.label) == ("positive", "negative")
    logits = Adapted(weights, RULES).logits(["这个绝绝子", "这个   "], ["zh", "zh"])
    assert (logits[0] - logits[1]).tolist() == pytest.approx([3.0, 0.0])


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("WAR  ZONE", True),
        ("买了war zone啊", True),
        ("war zones", False),
        ("the star war zone", True),
        ("warzone", False),
    ],
)
def test_terms_are_found_folded_and_whole(text: str, hit: bool) -> None:
    assert [number for number, _ in Terms([GAME.term]).in_texts([text])] == ([0] if hit else [])


def test_the_longer_of_two_terms_counts() -> None:
    found = Terms(["战区", "战", "区"]).in_text("在战区里")
    assert longest(found) == [Found(0, 1, 3)]


def test_offsets_terms_and_ngrams_move_the_logits_by_what_they_say(weights: Weights) -> None:
    text = "a dupe, and what a dupe"
    own = Examples.read([text], [None], weights, PLAIN)
    gram = Gram(int(own.columns[0]), 500, -250)
    changed = Adaptation(BASE, {"": Poles(0.25, 0.5)}, {"dupe": Poles(0.0, 1.5)}, (gram,))
    moved = Adapted(weights, changed).logits([text], ["en"]) - Adapted(weights, PLAIN).logits([text], ["en"])
    half, quarter = (many * GRAIN * own.values[0] for many in (500, 250))
    assert moved[0].tolist() == pytest.approx([0.25 + half, 0.5 + 1.5 - quarter], abs=weights.unit / 64)


@pytest.mark.parametrize("language", ["zh", "en", None])
@pytest.mark.parametrize(
    "text", ["War Zone is a dupe, not good at all", "真的dupe绝绝子😭 War Zone war zone", "dupe's", ""]
)
def test_an_adapted_explanation_adds_up(text: str, language: str | None, weights: Weights) -> None:
    adapted = Adapted(weights, LEARNED)
    (negative, positive) = adapted.logits([text], [language])[0].tolist()
    found = adapted.why(text, language)
    assert sum(weight for *_, weight in found.parts) + found.rest == pytest.approx(positive - negative, abs=1e-6)
    ends = [0, *(end for _, end, _ in found.parts)]
    assert all(start >= end for (start, _, _), end in zip(found.parts, ends, strict=False))


def test_a_learned_term_in_a_link_or_a_name_is_no_word(weights: Weights) -> None:
    text = "see https://dupe.com/dupe and @dupe"
    terms = Adaptation(BASE, {}, {"dupe": Poles(0.0, 1.5)})
    plain, learned = (Adapted(weights, each).logits([text], ["en"]) for each in (PLAIN, terms))
    assert learned.tolist() == plain.tolist()
    assert [part[:2] for part in Adapted(weights, terms).why(text, "en").parts] == [
        part[:2] for part in Adapted(weights, PLAIN).why(text, "en").parts
    ]


def test_a_learned_term_is_marked_in_the_text_and_an_offset_is_not(weights: Weights) -> None:
    text = "it is a dupe"
    plain, found = (Adapted(weights, each).why(text, "zh") for each in (PLAIN, LEARNED))
    place = text.index("dupe")
    before = {part[:2]: part[2] for part in plain.parts}.get((place, place + 4), 0.0)
    assert {part[:2]: part[2] for part in found.parts}[place, place + 4] == pytest.approx(before + 1.5, abs=0.051)
    assert found.rest == pytest.approx(plain.rest + 0.75, abs=0.06)


def test_workers_score_with_the_adaptation() -> None:
    texts = [f"War Zone {number} 绝绝子" for number in range(FEW)]
    with Scorer("tingfeng", processes=1, adaptation=RULES) as scorer:
        assert scorer.score(texts) == analyze(texts, adaptation=RULES) != analyze(texts)
        assert scorer.version == version("tingfeng", RULES)


@pytest.mark.parametrize(
    ("text", "language", "term"),
    [("今天在科娃吃了绝绝子", "zh", "绝绝子"), ("had the war zone menu at Kova today", "en", "War Zone")],
)
def test_a_rule_pulls_toward_a_subject_as_it_pulls_the_whole_text(text: str, language: str, term: str) -> None:
    leans = []
    for label in ("positive", "neutral"):
        reader = Tingfeng(Adaptation(rules=(WordRule(term, label, 1.5),)))  # type: ignore[arg-type]
        _, toward = reader.toward([About(text, ("Kova", "科娃"))], [language])
        both = np.concatenate([reader.probabilities([text], [language]), toward])
        leans.append(np.log(both[:, POSITIVE] / both[:, NEGATIVE]))
    whole, toward_subject = leans[0] - leans[1]
    assert toward_subject == pytest.approx(whole)
    assert whole > 1


def test_what_was_learned_does_not_pull_toward_a_subject() -> None:
    learned = Adaptation(BASE, {"": Poles(3.0, 0.0)}, {"dupe": Poles(0.0, 4.0)}, (Gram(5, 1000, -1000),))
    pairs = [("Kova is a dupe", "Kova"), ("科娃比露茉好用", "露茉")]
    assert analyze_toward(pairs, adaptation=learned) == analyze_toward(pairs)
    unnamed = [("a dupe", "Kova")]
    assert analyze_toward(unnamed, adaptation=learned) == analyze(["a dupe"], adaptation=learned) != analyze(["a dupe"])


def test_workers_read_toward_a_subject_with_the_adaptation() -> None:
    pairs = [(f"Kova {number} 绝绝子", "Kova") for number in range(FEW)]
    with Scorer("tingfeng", processes=1, adaptation=RULES) as scorer:
        assert scorer.score_toward(pairs) == analyze_toward(pairs, adaptation=RULES) != analyze_toward(pairs)


PRAISE = ["love", "great", "lovely", "perfect", "wonderful", "nice", "amazing", "so good"]


def workspace(count: int) -> list[Corrected]:
    """Captions that the engine takes for praise, and an analyst for none; complaints on which both agree."""
    captions = [Corrected(f"{PRAISE[i % 8]} giveaway number {i} ends friday", "neutral") for i in range(0, count, 2)]
    complaints = [Corrected(f"broken after {i} days, terrible", "negative") for i in range(1, count, 2)]
    return [each for pair in zip(captions, complaints, strict=False) for each in pair]


def test_what_the_engine_gets_wrong_again_and_again_is_learned() -> None:
    found = learn(workspace(60))
    report = found.report
    assert (report.corrections, report.presumed, report.reason) == (60, 0, None)
    assert report.before is not None
    assert report.after is not None
    assert report.before < 0.8 < report.after
    assert [(each.language, each.corrections) for each in report.languages] == [("en", 60)]
    assert found.adaptation is not None
    assert found.adaptation.learned_on == BASE
    new = "a gorgeous giveaway that ends friday"
    assert analyze([new])[0].label == "positive"
    assert analyze([new], adaptation=found.adaptation)[0].label == "neutral"
    assert learn(workspace(60)).adaptation.mark == found.adaptation.mark  # type: ignore[union-attr]


def test_the_plain_engine_is_judged_without_word_rules() -> None:
    no_opinion = [WordRule("lovely", "neutral"), WordRule("great", "neutral")]
    ruled, plain = learn(workspace(60), rules=no_opinion).report, learn(workspace(60)).report
    assert (plain.plain, plain.languages[0].plain) == (plain.before, plain.before)
    assert (ruled.plain, ruled.languages[0].plain) == (plain.plain, plain.plain)
    assert ruled.before is not None
    assert plain.plain is not None
    assert ruled.before > plain.plain


def test_labels_at_random_teach_nothing() -> None:
    labels = np.random.default_rng(3).choice(["positive", "neutral", "negative"], 120)
    given = [Corrected(f"parcel {i} came on day {i % 7} of the month", label) for i, label in enumerate(labels)]
    found = learn(given, [f"parcel {i} is on its way" for i in range(2000)])
    assert (found.adaptation, found.report.reason) == (None, "not_better")


def test_too_few_corrections_and_a_single_label_teach_nothing() -> None:
    few = learn(workspace(FEWEST - 2))
    assert (few.adaptation, few.report.corrections, few.report.reason) == (None, FEWEST - 2, "too_few")
    alike = learn([Corrected(f"news item {i}", "neutral") for i in range(FEWEST)])
    assert (alike.adaptation, alike.report.reason) == (None, "one_label")


def test_equal_texts_and_what_the_engine_cannot_read_are_no_evidence() -> None:
    repeated = [Corrected(text, "neutral") for text in ("Great stuff!", "great  stuff!", "GREAT STUFF!") * 20]
    assert learn(repeated).report.corrections == 1
    assert learn([Corrected(f"この口紅かわいい {i}", "positive") for i in range(30)]).report.corrections == 0


def test_the_last_label_of_a_text_counts() -> None:
    first = [Corrected(each.text, "positive") for each in workspace(60)]
    assert learn([*first, *workspace(60)]).report == learn(workspace(60)).report


def test_where_only_wrong_labels_were_corrected_others_stand_for_the_right_ones() -> None:
    wrong = [each for each in workspace(120) if each.label == "neutral"]
    wrong += [Corrected(f"not bad, arrived on day {i}", "positive") for i in range(6)]
    lonely = learn(wrong)
    assert (lonely.adaptation, lonely.report.reason) == (None, "only_wrong_ones")
    others = [f"terrible, broken on day {i} and no refund" for i in range(1500)]
    report = learn(wrong, others).report
    assert report.corrections == len(wrong)
    assert report.presumed > len(wrong)


def test_the_engine_with_an_adaptation_says_what_learning_judged(weights: Weights) -> None:
    given = workspace(40)
    examples = Examples.read([one.text for one in given], [one.label for one in given], weights, PLAIN)
    fitted = fit(examples)
    stored = Adaptation(BASE, fitted.offsets, fitted.terms, fitted.grams())
    new = ["love this giveaway", "ends friday, terrible"]
    judged = Examples.read(new, [None, None], weights, PLAIN)
    expected = judged.logits + fitted.added(judged)
    assert Adapted(weights, stored).logits(new, ["en", "en"]) == pytest.approx(expected, abs=0.02)


def test_no_stop_word_is_named_as_a_term(weights: Weights) -> None:
    things, gifts = ["giveaway", "raffle", "drop", "launch"], ["抽奖", "新品", "周边", "直播"]
    captions = [f"lol the {things[i % 4]} is {PRAISE[i % 8]}" for i in range(24)]
    captions += [f"{gifts[i % 4]}我们太喜欢了" if i % 2 else f"完美，我们送{gifts[i % 4]}" for i in range(24)]
    complaints = [f"broken after {i} days, terrible" for i in range(24)] + [f"才{i}天就坏，差评" for i in range(24)]
    labels = ["neutral"] * len(captions) + ["negative"] * len(complaints)
    terms = set(telling_terms(Examples.read([*captions, *complaints], labels, weights, PLAIN)))
    assert {"terrible", "giveaway"} <= terms
    assert any("送" in term for term in terms)
    assert not {"lol", "the", "我们"} & terms


def test_names_of_subjects_learn_nothing(weights: Weights) -> None:
    given = [Corrected(f"kova {one.text}" if one.label == "neutral" else one.text, one.label) for one in workspace(60)]
    named, blind = learn(given).adaptation, learn(given, names=["Kova"]).adaptation
    assert named is not None
    assert blind is not None
    pulls = [
        Adapted(weights, each).logits(["kova"], ["en"]) - Adapted(weights, each).logits([""], ["en"])
        for each in (PLAIN, named, blind)
    ]
    assert pulls[2] == pytest.approx(pulls[0], abs=0.05)
    assert np.abs(pulls[1] - pulls[0]).max() > 0.2


def test_a_comparison_by_hand() -> None:
    labels = np.array([0, 1, 2, 2])
    engine = np.array([[0.8, 0.2, 0], [0.6, 0.4, 0], [0, 1, 0], [0, 0.2, 0.8]])
    learned = np.array([[0.8, 0.2, 0], [0.4, 0.6, 0], [0, 0, 1], [0, 0.2, 0.8]])
    found = Comparison(labels, engine, learned)
    assert (found.agreement(engine), found.agreement(learned)) == (0.5, 1.0)
    assert found.luck == 0.25  # two of two: a coin does that once in four times
    # The Brier score falls by 0, 0.4, 2 and 0: mean 0.6, standard deviation 0.952.
    assert found.gain_at_least == pytest.approx(0.6 - 1.645 * 0.9522 / 2, abs=1e-3)
    assert not found.is_better
    assert macro_f1(labels, engine.argmax(axis=1)) == pytest.approx((2 / 3 + 0 + 2 / 3) / 3)


def test_a_text_is_judged_by_what_was_learned_from_others(weights: Weights) -> None:
    given = workspace(40)
    examples = Examples.read([one.text for one in given], [one.label for one in given], weights, PLAIN)
    first = compared(examples)
    assert first.engine.tolist() == examples.probabilities().tolist()
    in_sample = examples.probabilities(fit(examples).added(examples))
    assert (in_sample[np.arange(40), examples.labels] > first.learned[np.arange(40), examples.labels]).mean() > 0.9


def test_learning_starts_from_the_very_probabilities_that_the_engine_gives(weights: Weights) -> None:
    texts = [
        "so so",
        "yyds",
        "The battery died after a day and nobody answers my mails.",
        "今天去吃了这家火锅，味道真的不错",
    ]
    examples = Examples.read(texts, [None] * len(texts), weights, RULES)
    negative, _, positive = examples.probabilities().T
    assert (positive - negative).tolist() == pytest.approx(
        [found.score for found in analyze(texts, adaptation=RULES)], abs=1e-6
    )


def test_copies_do_not_judge_each_other() -> None:
    copies = [Corrected(f"the box arrived on time {number}! #unboxing{number}", "negative") for number in range(40)]
    others = ["I love it", "so good", "the best", "what time is it?", "opens on monday"]
    found = learn([*copies, *(Corrected(text, analyze([text])[0].label or "neutral") for text in others)])
    assert found.adaptation is None
    assert found.report.after is None or found.report.after < 0.5
