import time
from collections.abc import Sequence

import pytest

from sentiment import analyze, analyze_toward
from sentiment.engines.tingfeng import Tingfeng
from sentiment.probabilities import Probabilities

#: Names that no list knows, so that what is tested is the reading and not the list.
ALIASES = {"Kova": ["科娃"], "Lumora": ["露茉", "lumora skin"]}


def label(text: str, subject: str, aliases=ALIASES, engine: str | None = None) -> str | None:
    return analyze_toward([(text, subject)], aliases=aliases, engine=engine)[0].label


@pytest.mark.parametrize(
    ("text", "kova", "lumora"),
    [
        ("科娃比露茉好用太多了", "positive", "negative"),
        ("科娃不如露茉", "negative", "positive"),
        ("科娃没有露茉好用", "negative", "positive"),
        ("露茉吊打科娃", "negative", "positive"),
        ("露茉也不比科娃强到哪去", "positive", "negative"),
        ("与其买露茉不如买科娃", "positive", "negative"),
        ("科娃比露茉难用", "negative", "positive"),
        ("从科娃换到露茉，再也不回去了", "negative", "positive"),
        ("Kova is so much better than Lumora", "positive", "negative"),
        ("Kova is not better than Lumora", "negative", "positive"),
        ("Kova is way worse than Lumora", "negative", "positive"),
        ("Kova isn't as good as Lumora", "negative", "positive"),
        ("I prefer Kova to Lumora", "positive", "negative"),
        ("Switched from Kova to Lumora last week", "negative", "positive"),
        ("Ditched Kova for Lumora", "negative", "positive"),
        ("Lumora blows Kova out of the water", "negative", "positive"),
        ("Kova over Lumora any day", "positive", "negative"),
    ],
)
def test_comparisons(text: str, kova: str, lumora: str):
    assert (label(text, "Kova"), label(text, "Lumora")) == (kova, lumora)


@pytest.mark.parametrize(
    "text", ["科娃和露茉哪个好？求推荐", "Which one is better, Kova or Lumora?", "请问科娃和露茉怎么选"]
)
def test_whoever_asks_which_is_better_says_nothing_of_either(text: str):
    assert label(text, "Kova") == label(text, "Lumora") == "neutral"


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("科娃和露茉都超级好用", "positive"),
        ("科娃、露茉都是垃圾", "negative"),
        ("Both Kova and Lumora are amazing", "positive"),
        ("Kova and Lumora are both terrible", "negative"),
    ],
)
def test_what_is_said_of_both_counts_for_each(text: str, both: str):
    assert label(text, "Kova") == label(text, "Lumora") == both


@pytest.mark.parametrize(
    ("text", "kova", "lumora"),
    [
        ("科娃很好用，但是露茉真的是智商税", "positive", "negative"),
        ("科娃垃圾，露茉是真的香", "negative", "positive"),
        ("科娃客服态度极差，不过露茉的很贴心，推荐", "negative", "positive"),
        ("I love Kova but Lumora is trash", "positive", "negative"),
        ("Kova was a horrible mess, whereas Lumora was so helpful and kind", "negative", "positive"),
    ],
)
def test_each_side_of_a_contrast_has_its_own_label(text: str, kova: str, lumora: str):
    assert (label(text, "Kova"), label(text, "Lumora")) == (kova, lumora)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("上周买了科娃。这款真的太好用了，推荐", "positive"),
        ("昨天去了科娃。他家服务态度极差，避雷", "negative"),
        ("Finally tried Kova. It is awesome and I love it", "positive"),
        ("Called Kova this morning. They are the worst, so rude", "negative"),
    ],
)
def test_a_pronoun_in_the_next_clause_means_the_subject(text: str, expected: str):
    assert label(text, "Kova") == expected


def test_aliases_width_case_and_traditional_forms_name_the_subject():
    for name in ("露茉", "LUMORA SKIN", "ｌｕｍｏｒａ"):
        assert label(f"科娃很好用，但是{name}真的是智商税", "Lumora") == "negative"
    assert label("蘭露太好用了，但是其他家都是垃圾", "兰露", {}) == "positive"


def test_a_latin_name_stands_as_a_word():
    text = "The novakova show was terrible and boring"
    assert analyze_toward([(text, "Kova")]) == analyze([text])
    assert analyze_toward([(text, "novakova")]) != analyze([text])


def test_a_longer_name_of_somebody_else_is_not_the_subject():
    text = "Kova Music is trash, but Kova is amazing"
    assert label(text, "Kova", {"Kova": [], "Kova Music": []}) == "positive"
    assert label(text, "Kova Music", {"Kova": [], "Kova Music": []}) == "negative"


@pytest.mark.parametrize(
    "text", ["真好用", "避雷！千万别买", "I love this", "この口紅かわいい", "", "@kova https://kova.example"]
)
@pytest.mark.parametrize("subject", ["Lumora", "", "  "])
def test_a_text_that_does_not_name_the_subject_is_read_whole(text: str, subject: str):
    assert analyze_toward([(text, subject)], aliases=ALIASES) == analyze([text])


def test_whole_texts_are_read_only_where_the_subject_is_not_named(monkeypatch: pytest.MonkeyPatch):
    read: list[str] = []
    plain = Tingfeng.probabilities

    def noted(engine: Tingfeng, texts: Sequence[str], languages: Sequence[str | None]) -> Probabilities:
        read.extend(texts)
        return plain(engine, texts, languages)

    monkeypatch.setattr(Tingfeng, "probabilities", noted)
    good, slow = analyze_toward([("Kova is great", "Kova"), ("so slow and awful today", "Kova")])
    assert (good.label, slow.label, read) == ("positive", "negative", ["so slow and awful today"])


def test_no_answer_where_the_language_is_not_supported():
    assert label("露茉の口紅かわいい", "Lumora") is None


def test_each_pair_stands_alone_and_order_is_kept():
    pairs = [
        (text, subject)
        for text in ("科娃比露茉好用", "Kova is great. Lumora is not.", "真好用", "Kova?")
        for subject in ("Kova", "Lumora")
    ]
    together = analyze_toward(pairs * 30, aliases=ALIASES)
    assert together == [analyze_toward([pair], aliases=ALIASES)[0] for pair in pairs] * 30
    assert analyze_toward([]) == []


@pytest.mark.parametrize("engine", ["vader", "snownlp", "router"])
def test_other_engines_read_the_clauses_that_name_the_subject(engine: str):
    text = "露茉太差了！科娃很好用。Kova is great"
    expected = analyze(["科娃很好用。\nKova is great"], engine=engine)
    assert analyze_toward([(text, "Kova")], aliases=ALIASES, engine=engine) == expected


def test_answers_are_consistent():
    for one in analyze_toward([("Kova is better than Lumora", "Kova"), ("科娃还行", "Kova")], aliases=ALIASES):
        assert one.label is not None
        assert one.score is not None
        assert one.confidence is not None
        assert -1 <= one.score <= 1
        assert 1 / 3 <= one.confidence <= 1


@pytest.mark.parametrize(
    "text",
    [
        "kova" * 50_000,
        "kova " * 40_000,
        "比" * 100_000,
        "kova比" * 50_000,
        "从kova" * 50_000,
        "kova better than " * 20_000,
        "not better " * 20_000 + "kova",
        "A" * 100_000 + " Kova",
        "Kova Kova's " * 20_000,
        "," * 100_000 + "kova",
        "kova" + ". it" * 60_000,
        "\ue010\ue011" * 50_000,
        "prefer " * 30_000 + "kova",
    ],
)
def test_hostile_texts_take_bounded_time(text: str):
    analyze_toward([("warm kova 好", "kova"), ("kova is good", "kova"), ("kova kova", "kova")])
    started = time.perf_counter()
    analyze_toward([(text, "kova")], aliases={"kova": ["科娃"], "a": ["b" * 50]})
    assert time.perf_counter() - started < 1


def test_a_subject_named_late_in_a_long_text_is_found():
    text = "天气晴。" * 1000 + "科娃真的太好用了，强烈推荐"
    assert label(text, "Kova") == "positive"
