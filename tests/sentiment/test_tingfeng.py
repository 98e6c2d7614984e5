"""Our own engine: what slang, emoji and mixed texts come to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sentiment import analyze
from sentiment.clean import head
from sentiment.model.reading import logits
from sentiment.model.weights import Weights


def label(text: str) -> str | None:
    return analyze([text])[0].label


@pytest.mark.parametrize(
    "text",
    [
        "这个真的yyds！",
        "xswl",
        "绝绝子",
        "絕絕子",
        "ＹＹＤＳ",
        "老板666",
        "不踩雷，回购了",
        "太好吃了😭😭",
        "it slaps",
        "I love this so much",
        "😍😍",
        "[赞R][赞R]",
        "这个 lipstick 真的 so good 爱了",
    ],
)
def test_positive(text: str):
    assert label(text) == "positive"


@pytest.mark.parametrize(
    "text",
    [
        "避雷！千万别买",
        "纯纯智商税",
        "烦死了😭",
        "this is mid",
        "so bad, broke after a day",
        "not good at all",
        "🤮🤮",
        "态度差，never again, total waste of money",
    ],
)
def test_negative(text: str):
    assert label(text) == "negative"


@pytest.mark.parametrize(
    "text", ["u1s1", "[捂脸R]", "[doge]", "😭", "垃圾桶在哪", "价格666元", "a mid-century chair", "避雷针"]
)
def test_neither(text: str):
    assert label(text) == "neutral"


def test_irony_halves_the_certainty_and_keeps_the_label():
    plain, ironic = analyze(["真好用", "真好用[doge]"])
    assert plain.label == ironic.label == "positive"
    assert ironic.confidence < plain.confidence - 0.1


def test_negation_turns_slang_round():
    good, bad = analyze(["智商税", "不是智商税"])
    assert good.score < 0 < bad.score


def test_mixed_texts_are_read_in_both_languages():
    both, chinese, english = analyze(
        [
            "店里环境一般，but the coffee is amazing and I love it",
            "店里环境一般",
            "but the coffee is amazing and I love it",
        ]
    )
    assert (both.language, chinese.language, english.language) == ("mixed", "zh", "en")
    assert chinese.score < both.score < english.score


def test_unsupported_languages_and_empty_texts_are_null():
    texts = ["この口紅かわいいです", "너무 예뻐요", "sản phẩm này tốt lắm", "", " \n", "https://a.bc/d @kova"]
    results = analyze(texts)
    assert [result[:3] for result in results] == [(None, None, None)] * 6
    assert [result.language for result in results] == ["ja", "ko", "vi", None, None, None]


@pytest.fixture(scope="module")
def weights() -> Weights:
    return Weights.read()


@given(text=st.text(max_size=60) | st.text("好不差𠀀㐀 棒good not!😭[]doge1贵.\n", max_size=60))
def test_weights_of_the_spans_and_the_rest_add_up_to_the_decision(weights: Weights, text: str):
    [found] = analyze([text], spans=True)
    assert found[:4] == analyze([text])[0][:4]
    if found.label is None:
        assert (found.spans, found.rest) == ((), None)
        return
    negative, positive = logits([head(text)], weights)[0]
    assert sum(weight for *_, weight in found.spans) + found.rest == pytest.approx(positive - negative, abs=6e-5)


def test_only_an_engine_that_adds_up_has_a_rest():
    assert analyze(["真好用"])[0].rest is None
    assert analyze(["真好用"], spans=True, engine="router")[0].rest is None
