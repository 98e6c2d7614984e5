"""The engines that are somebody else's packages give exactly those packages' scores."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sentiment import analyze
from sentiment.engines.snownlp import SnowNlp
from sentiment.engines.vader import Vader
from sentiment.probabilities import scores

CHINESE = [
    "这家店的服务真好，下次还来",
    "垃圾，用了一次就坏了！退货也不给退",
    "今天去了Lumora的店 nice",
    "鿍龥龥好鿥龥",  # characters that its model has never seen
    "好",
    "。，！",
    "的" * 300,
    "我觉得还可以\n就是有点贵……😂 [doge]",
    "no Chinese at all",
]
ENGLISH = [
    "I love this!",
    "not good at all, broke after a day :(",
    "The food was okay.",
    "AMAZING 😍 but kinda pricey",
    "",
    "https://a.b",
]


@pytest.fixture(scope="module")
def package() -> object:
    from snownlp import sentiment

    return sentiment.classify


def test_snownlp_is_the_package_bit_by_bit(package):
    assert SnowNlp().positive(CHINESE) == [package(text) for text in CHINESE]


@settings(max_examples=40)
@given(
    st.lists(
        st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x4FFF) | st.sampled_from("的了 不，好a")), max_size=5
    )
)
def test_snownlp_is_the_package_on_any_text(texts: list[str]):
    from snownlp import sentiment

    assert SnowNlp().positive(texts) == [sentiment.classify(text) for text in texts]


def test_vader_is_the_package():
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    theirs = [SentimentIntensityAnalyzer().polarity_scores(text)["compound"] for text in ENGLISH]
    assert scores(Vader().probabilities(ENGLISH, [])) == pytest.approx(theirs)


def test_router_sends_han_to_snownlp_and_the_rest_to_vader():
    texts = ["I love this", "这家店的服务真好", "love 这个 so much"]
    routed = analyze(texts, engine="router")
    assert routed[0] == analyze(texts[:1], engine="vader")[0]
    assert routed[1:] == analyze(texts[1:], engine="snownlp")


@pytest.mark.parametrize(
    ("engine", "text", "label"),
    [
        ("vader", "I love this", "positive"),
        ("vader", "I hate this", "negative"),
        ("vader", "It is a table", "neutral"),
        ("vader", "这家店的服务真好", None),
        ("snownlp", "I love this", None),
        ("snownlp", "垃圾，用了一次就坏了！退货也不给退", "negative"),
        ("router", "かわいいですね", None),
    ],
)
def test_labels(engine: str, text: str, label: str | None):
    assert analyze([text], engine=engine)[0].label == label
