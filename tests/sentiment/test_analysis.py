import subprocess
import sys
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sentiment import DEFAULT_ENGINE, analyze, analyze_toward, engines, version
from tingfeng.errors import UsageError

TEXTS = ["I love this", "避雷！千万别买", "求链接", "この口紅かわいい", "", "真好用", "店里 vibe 真的 so good", "😍"]


def test_engines_and_versions():
    assert engines() == ("tingfeng", "vader", "snownlp", "router")
    assert DEFAULT_ENGINE == "tingfeng"
    assert [version(name) for name in engines()] == ["tingfeng 3", "vader 1", "snownlp 1", "router 1"]


def test_an_unknown_engine_is_wrong_usage_that_names_the_valid_ones():
    with pytest.raises(UsageError) as caught:
        analyze(["x"], engine="bert")
    assert caught.value.exit_code == 2
    assert "bert" in str(caught.value)
    assert all(name in str(caught.value) for name in engines())


def test_order_is_kept_and_each_text_stands_alone():
    together = analyze(TEXTS * 50)
    assert together[: len(TEXTS)] == [analyze([text])[0] for text in TEXTS]
    assert together == together[: len(TEXTS)] * 50
    assert analyze([]) == []


@pytest.mark.parametrize("engine", engines())
@settings(max_examples=60)
@given(text=st.text(max_size=100) | st.text(st.sampled_from("好差不 lovehatebad！?😭[doge]"), max_size=40))
def test_answers_are_consistent(engine: str, text: str):
    [result] = analyze([text], engine=engine)
    if result.label is None:
        assert (result.score, result.confidence) == (None, None)
        return
    assert -1 <= result.score <= 1
    assert 1 / 3 <= result.confidence + 1e-6 <= 1 + 2e-6
    if result.label == "neutral":
        assert abs(result.score) <= 0.5
    else:
        assert (result.score > 0) == (result.label == "positive")


@pytest.mark.parametrize("text", [text for text in TEXTS if text])
@pytest.mark.parametrize(
    "change", ["{}   ", "  {}", "{}\n", "{} https://A.example/Path", "{} HTTPS://a.EXAMPLE/path", "{} @Some_One"]
)
def test_spaces_links_and_names_do_not_flip_a_label(text: str, change: str):
    assert analyze([change.format(text)])[0].label == analyze([text])[0].label


def test_spans_only_when_asked_and_inside_the_text():
    texts = [
        "  店里环境一般，but the coffee is amazing 😍 yyds",
        "不是智商税",
        "The worst app ever :( never again",
        "哈哈哈[捂脸R]",
    ]
    assert all(result.spans == () for result in analyze(texts))
    for engine in engines():
        for text, result in zip(texts, analyze(texts, spans=True, engine=engine), strict=True):
            spans = result.spans
            assert all(
                0 <= start < end <= len(text) and abs(weight) <= (2, 20)[engine == "tingfeng"]
                for start, end, weight in spans
            )
            assert all(left[1] <= right[0] for left, right in pairwise(spans))


def test_spans_say_what_drove_the_label():
    text = "The coffee is amazing but 避雷！这家店"
    weights = {text[start:end]: weight for start, end, weight in analyze([text], spans=True)[0].spans}
    assert weights["amazing"] > 0 > weights["避雷"]
    vader = analyze(["I love it, sadly broken"], spans=True, engine="vader")[0].spans
    assert [(start, end) for start, end, weight in vader] == [(2, 6), (11, 16), (17, 23)]
    snownlp = analyze(["质量很好，客服垃圾"], spans=True, engine="snownlp")[0].spans
    assert [span[:2] for span in snownlp] == [(0, 4), (5, 9)]


@pytest.mark.parametrize(
    "text",
    [
        "好" * 100_000,
        "a" * 100_000,
        "@" * 100_000,
        "#" * 100_000,
        "[" * 50_000 + "]" * 50_000,
        "<a " * 30_000,
        "😭" * 100_000,
        "but " * 25_000,
        "不" * 50_000 + "踩雷" * 25_000,
        " " * 100_000 + "真好用",
        "\ud800\udfff" * 1000,
        "L" + "x" * 100_000,
    ],
)
def test_hostile_texts_take_bounded_time(text: str):
    analyze(["warm 好"])
    started = time.perf_counter()
    analyze([text], spans=True)
    analyze_toward([(text, "kova")], aliases={"kova": ["科娃"]})
    assert time.perf_counter() - started < 3


def test_leading_space_hides_nothing():
    assert analyze([" " * 1000 + "真好用"])[0].label == "positive"


def test_toward_reads_the_clauses_that_name_the_subject():
    text = "Kova很好用，但是露茉真的是智商税"
    aliases = {"Lumora": ["露茉", "lumora skin"]}
    good, bad, whole = analyze_toward([(text, "kova"), (text, "Lumora"), ("真好用", "Kova")], aliases=aliases)
    assert (good.label, bad.label) == ("positive", "negative")
    assert whole == analyze(["真好用"])[0]


@pytest.mark.parametrize(
    ("text", "subject", "label"),
    [
        ("I love Kova but lumora is trash", "Lumora", "negative"),
        ("I love Kova but lumora is trash", "KOVA", "positive"),
        ("ＬＵＭＯＲＡ is amazing. The other one is awful.", "lumora", "positive"),
        ("この口紅かわいい", "Lumora", None),
        ("", "Lumora", None),
    ],
)
def test_toward(text: str, subject: str, label: str | None):
    assert analyze_toward([(text, subject)])[0].label == label


def test_import_loads_no_tables():
    heavy = ["snownlp", "numpy", "vaderSentiment", "py3langid", "polars"]
    code = f"import sys, sentiment; print([name for name in {heavy} if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
