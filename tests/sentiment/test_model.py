"""The model's own parts: the form of a text, features, weights, and what they add up to."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sentiment.clean import head
from sentiment.model.features import BITS, Lines, word_hashes
from sentiment.model.leans import LEANS, leans
from sentiment.model.normal import LONG_NUMBER, NUMBER, named, normal
from sentiment.model.origins import Traced
from sentiment.model.reading import logits, presence
from sentiment.model.weights import Weights
from sentiment.model.why import why

TEXTS = [
    "u1s1 这个真的香，但是有点贵 😭",
    "looks great but broke after a week",
    "姐妹们 这家店绝绝子！！[赞R] https://x.y/z",
    "not worth the money at all",
    "客服态度真的差，无语子[doge]",
    "",
    "❤️❤️",
]


@pytest.fixture(scope="module")
def weights() -> Weights:
    return Weights.read()


def column(text: str, name: str) -> float:
    return float(leans(Lines([text]))[0, LEANS.index(name)])


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("好用 https://a.b/c 推荐 @kova", "好用 推荐"),
        ("啊啊啊啊啊啊", "啊啊啊"),
        ("666", "666"),
        ("666元", f"{NUMBER}元"),
        ("¥520 and 12,000", f"¥{NUMBER} and {LONG_NUMBER}"),
        ("[赞R][赞]", named("赞") * 2),
        ("👍🏽❤️", "👍❤"),
        ("<b>Good</b> &amp; cheap", "good cheap"),
    ],
)
def test_the_form_that_the_model_reads(text: str, form: str):
    assert normal([text]) == form


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_texts_of_a_batch_do_not_touch(texts: list[str]):
    assert normal(texts).split("\n") == [normal([text]) for text in texts]
    lines = Lines(texts)
    together = presence(lines, lines.grams())
    alone = [presence(one, one.grams()) for one in map(Lines, ([text] for text in texts))]
    expected = [(row << BITS) | int(key) for row, keys in enumerate(alone) for key in keys]
    assert together.tolist() == expected


@given(st.text())
def test_every_character_of_the_form_has_its_place_in_the_text(text: str):
    traced = Traced(text)
    assert traced.text == normal([text])
    assert len(traced.places) == len(traced.text)
    assert all(0 <= start < end <= len(text) for start, end in traced.places)


@pytest.mark.parametrize(
    "other",
    [
        "LOOKS Great but broke after a week",
        "ｌｏｏｋｓ great but broke after a week",
        " looks great but broke after a week  ",
        "looks great but broke after a week https://t.co/abc",
        "@kova_cn looks great but broke after a week",
    ],
)
def test_case_width_spaces_links_and_names_change_nothing(other: str, weights: Weights):
    assert logits([other], weights).tolist() == logits([TEXTS[1]], weights).tolist()


def test_traditional_characters_change_nothing(weights: Weights):
    assert logits(["這個真的絕了，無語"], weights).tolist() == logits(["这个真的绝了，无语"], weights).tolist()


def test_what_a_text_comes_to_does_not_depend_on_its_neighbours(weights: Weights):
    together = logits(TEXTS, weights)
    assert together.tolist() == [logits([text], weights)[0].tolist() for text in TEXTS]


@given(st.sampled_from(TEXTS) | st.text(alphabet="好不差 棒good not!😭[]1贵.", max_size=40))
def test_parts_and_rest_add_up_to_the_lean(text: str):
    weights = Weights.read()
    found = why(text, weights)
    negative, positive = logits([text], weights)[0]
    assert sum(weight for *_, weight in found.parts) + found.rest == pytest.approx(positive - negative, abs=1e-3)
    assert all(0 <= start < end <= len(text) for start, end, _ in found.parts)


def test_the_parts_are_what_was_written(weights: Weights):
    parts = {TEXTS[3][start:end]: weight for start, end, weight in why(TEXTS[3], weights).parts}
    assert parts["not"] < -0.5
    assert set(sorted(parts, key=lambda word: parts[word])[:2]) == {"not", "worth"}


def test_word_lists_lexicon_and_marks_become_columns():
    assert column("great", "words_positive") == pytest.approx(np.tanh(3.1 / 3), abs=1e-6)
    assert column("not great", "words_negative") == pytest.approx(np.tanh(0.74 * 3.1 / 3), abs=1e-6)
    assert column("yyds", "terms_positive") == pytest.approx(np.tanh(1), abs=1e-6)
    assert column("不错？！", "question") == pytest.approx(np.tanh(1 / 3), abs=1e-6)
    assert column("好[doge]", "irony") > 0
    assert column("好ab", "han") == pytest.approx(1 / 3)


def within(text: str, region: str) -> str:
    lines = Lines([text])
    return "".join(char for char, inside in zip(lines.text, getattr(lines, region), strict=True) if inside)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("他说“太难用了”，我觉得很好", "“太难用了”"),
        ("網友：「不值」，我倒很喜歡", "「不值」"),
        ("My mum says 'it's junk', I love it", "'it's junk'"),
        ('“I love it” said "nobody" at all', '“i love it”"nobody"'),
        ("it's the dogs' favourite and they don't share", ""),  # apostrophes
        ('a 27" screen beside a 24" one', ""),  # inches
        ("“真的太好用了，推荐”", ""),  # nothing stands outside
        ("RT @kova: so overrated // I disagree, it is lovely", "rt : so overrated //"),
    ],
)
def test_what_stands_between_quotation_marks(text: str, quoted: str):
    assert within(text, "quoted") == quoted


@pytest.mark.parametrize(
    ("text", "lesser"),
    [
        ("虽然包装丑，但是很好吃", "包装丑"),
        ("有人说不好用，我用着挺好", "不好用"),
        ("my friend says it's trash but I adore it", " it's trash "),
        ("although slow, it works", " slow"),
        ("thoughts on this?", ""),
    ],
)
def test_what_others_think_or_is_granted_ends_with_its_clause(text: str, lesser: str):
    assert within(text, "lesser") == lesser


def test_what_stands_behind_the_last_word_of_contrast():
    assert within("便宜，但是慢，不过值", "turned") == "值"
    assert within("button and butter", "turned") == ""


def test_quoted_words_are_features_of_their_own():
    def words(text: str) -> set[int]:
        lines = Lines([text])
        return set((presence(lines, lines.grams())).tolist())

    assert len(words("he calls it 'rubbish' again") & words("rubbish")) == 0
    assert len(words("he calls it rubbish again") & words("rubbish")) > 3


def test_cues_become_columns():
    assert column("she says it's great, so what", "lesser_positive") > 0
    assert column("she says it's great, so what", "words_positive") == 0
    assert column("nice but awful", "turned_negative") > 0
    assert column("oh great, it broke", "mocked") == pytest.approx(np.tanh(3.1 / 3), abs=1e-6)
    assert (
        column("这个好用吗", "ask")
        == column("this is it, who asked for this", "rhetoric")
        == pytest.approx(np.tanh(1 / 3))
    )
    assert column("it says so", "report") > 0
    assert column("quit says", "report") == column("it saysso", "report") == 0  # whole words
    assert column("it was sold /s", "mock") > 0


def test_irony_halves_the_logits(weights: Weights):
    found = leans(Lines(["好用[doge]"]))
    assert found[0, LEANS.index("irony")] > 0
    negative, positive = logits(["好用[doge]"], weights)[0]
    assert abs(positive - negative) < abs(np.subtract(*logits(["好用"], weights)[0]))


def test_words_have_one_hash_each():
    hashes = word_hashes(["not", "don't", "yyds"])
    assert len(set(hashes.tolist())) == 3
    with pytest.raises(ValueError, match="one word"):
        word_hashes(["two words"])


def test_weights_come_back_exactly_and_only_for_their_features(tmp_path, weights: Weights):
    path = tmp_path / "model.npz"
    weights.write(path)
    again = Weights.read(path)
    assert (again.grams == weights.grams).all()
    assert (again.unit, again.card) == (weights.unit, weights.card)
    with np.load(path, allow_pickle=False) as file:
        kept = dict(file)
    card = json.loads(bytes(kept["card"])) | {"features": 0}
    np.savez_compressed(path, **kept | {"card": np.frombuffer(json.dumps(card).encode(), np.uint8)})
    with pytest.raises(ValueError, match="other features"):
        Weights.read(path)


def test_hostile_texts_are_read_in_bounded_time(weights: Weights):
    hostile = ["[" * 600, "@" * 600, "1." * 300, "\u0301" * 600, "\ud83d" * 10, "<" * 600, "啊" * 100_000]
    assert np.isfinite(logits([head(text) for text in hostile], weights)).all()
