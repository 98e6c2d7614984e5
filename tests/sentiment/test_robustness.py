"""A text written another way keeps its label, and no text, however strange, takes more than a text's worth of work."""

import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sentiment import analyze
from sentiment.clean import HEAD
from sentiment.engines.tingfeng import Tingfeng
from sentiment.probabilities import Probabilities
from sentiment.training.card.robustness import CHANGES, drawn, flipped, traditional, wide
from sentiment.training.texts import examples

SHARED = Path(os.environ.get("TINGFENG_SHARED", Path(__file__).parents[3] / "shared"))

HAN = (
    "这个",
    "真的",
    "面膜",
    "很好用",
    "难用",
    "踩雷",
    "不喜欢",
    "绝绝子",
    "快递",
    "太慢了",
    "还可以",
    "发货",
    "退货了",
)
LATIN = (
    "love",
    "the",
    "coffee",
    "here",
    "never",
    "again",
    "terrible",
    "so good",
    "vibe",
    "not bad",
    "broke",
    "u1s1",
    "OMG",
)
OTHER = ("😍", "😭😭", "[捂脸]", "！", "!!", "?", "，", "。", "...", "666", "12.5")
#: What changes nothing at all. Marks are another matter: ! and ? say something.
HARMLESS = [name for name in CHANGES if not name.startswith("marks")]


def mixed_texts() -> st.SearchStrategy[str]:
    """Chinese, English and both, with emoji and marks between."""
    return st.lists(st.sampled_from(HAN + LATIN + OTHER), min_size=1, max_size=14).map(" ".join)


@pytest.fixture(scope="module")
def real_texts() -> list[str]:
    path = SHARED / "sentiment" / "valid.csv.gz"
    if not path.exists():
        pytest.skip("the labelled texts are not there")
    return [row.text for row in drawn(examples(path), 1000, seed=11)]


@pytest.mark.samples
@pytest.mark.parametrize("name", CHANGES)
def test_few_labels_of_real_texts_flip(real_texts: list[str], name: str):
    assert len(flipped(real_texts, CHANGES[name])) <= 0.02 * len(real_texts)


@pytest.mark.parametrize("name", HARMLESS)
@settings(max_examples=50)
@given(text=mixed_texts())
def test_no_label_of_a_mixed_text_flips(name: str, text: str):
    before, after = analyze([text, CHANGES[name](text)])
    assert after.label == before.label


def test_the_changes_are_what_they_say():
    assert traditional("这个面膜绝绝子") == "這個面膜絕絕子"
    assert wide("so good! @kova https://x.example/a") == "ｓｏ ｇｏｏｄ！ @kova https://x.example/a"
    assert CHANGES["marks repeated (! ? 。 ~ three times)"]("好吗？行!") == "好吗？？？行!!!"


STRANGE = {
    "nothing": "",
    "space": " \n\t　",
    "emoji alone": "😍😍🔥",
    "100 kB of Chinese": "这个面膜真的很好用，" * 10_000,
    "100 kB of English": "I love this coffee. " * 5_000,
    "100 kB without a space": "a" * 100_000,
    "combining marks": "z" + "\u0301\u0308\u0329" * 3_000 + " good",
    "zalgo": "".join(letter + "\u0335\u0321\u035d\u0489" for letter in "this is terrible ") * 200,
    "right-to-left marks": "\u202e\u2066这个\u200f真的\u202c好用\u2069\u200e" * 50,
    "lone surrogates": "good \ud83d bad \ude0d" * 100,
    "null bytes": "so\x00 good\x1e\x1f" * 100,
    "HTML": "<p class='x'><b>so good</b><script>alert(1)</script>&amp;&#128525;" * 200,
    "open tags": "<a " * 40_000,
    "open brackets": "[" * 50_000,
    "shut brackets": "[[" * 5_000 + "捂脸" + "]]" * 5_000,
    "round brackets": "(" * 50_000 + "good" + ")" * 50_000,
    "one mark": "!" * 100_000,
    "an endless name": "@" + "x" * 100_000,
    "an endless link": "https://x.example/" + "a" * 100_000,
}


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_a_strange_text_gets_an_answer_for_the_work_of_its_head(text: str, monkeypatch: pytest.MonkeyPatch):
    read: list[int] = []
    probabilities = Tingfeng.probabilities

    def noted(engine: Tingfeng, texts: Sequence[str], languages: Sequence[str | None]) -> Probabilities:
        read.extend(map(len, texts))
        return probabilities(engine, texts, languages)

    monkeypatch.setattr(Tingfeng, "probabilities", noted)
    answer, of_head = analyze([text, text.lstrip()[:HEAD]])
    assert answer == of_head
    assert max(read, default=0) <= HEAD
    assert answer.label in ("positive", "neutral", "negative", None)
    if answer.label is not None:
        assert -1 <= answer.score <= 1
        assert answer.confidence >= 1 / 3 - 1e-6


def test_what_holds_no_words_has_no_label():
    assert [analyze([STRANGE[name]])[0].label for name in ("nothing", "space", "an endless link")] == [None] * 3
    assert analyze([STRANGE["emoji alone"]])[0].label == "positive"
