"""The words of the interface: the same in both languages, all used, none missing."""

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

from listeners.apis.registry import apis
from tingfeng.dashboard.spoken import translated
from tingfeng.dashboard.words import LANGUAGES, catalogue, preferred, words
from tingfeng.home import CHECKOUT, config
from tingfeng.operations.formats import formats

#: Names by which a catalogue is called in the pages' code.
CALLED = {"words", "say", "view.words", "self", "self.words", "words.known", "self.known", "view.words.known"}


def sentences(language: str) -> dict[str, list[str]]:
    return {
        key: [str(part) for part in (entry.values() if isinstance(entry, dict) else [entry])]
        for key, entry in catalogue(language).items()
    }


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_both_catalogues_have_the_same_keys():
    assert catalogue("en").keys() == catalogue("zh").keys()


def test_a_sentence_has_the_same_placeholders_in_both_languages_and_in_singular_and_plural():
    english, chinese = sentences("en"), sentences("zh")
    every = {key: [placeholders(sentence) for sentence in english[key] + chinese[key]] for key in english}
    assert {key: found for key, found in every.items() if any(each != found[0] for each in found)} == {}
    assert {key for key in english if len(english[key]) != len(chinese[key])} == set()


def used_keys() -> list[re.Pattern[str]]:
    """Patterns of all keys that the pages ask for; what an f-string fills in may be anything."""
    patterns = []
    for path in [CHECKOUT / "app.py", *Path(CHECKOUT / "tingfeng/dashboard").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and ast.unparse(node.func) in CALLED:
                patterns += [re.compile(pattern) for pattern in _patterns(node.args[0])]
    return patterns


def _patterns(key: ast.expr) -> list[str]:
    if isinstance(key, ast.Constant) and isinstance(key.value, str):
        return [re.escape(key.value)]
    if isinstance(key, ast.IfExp):
        return [*_patterns(key.body), *_patterns(key.orelse)]
    if isinstance(key, ast.JoinedStr):
        parts = [re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in key.values]
        return ["".join(parts)]
    return []


def test_every_word_that_is_asked_for_is_in_the_catalogue():
    known = catalogue("en")
    missing = {pattern.pattern for pattern in used_keys() if not any(pattern.fullmatch(key) for key in known)}
    assert missing == set()


def test_no_word_of_the_catalogue_is_unused():
    patterns = used_keys()
    unused = {key for key in catalogue("en") if not any(pattern.fullmatch(key) for pattern in patterns)}
    assert unused == set()


def test_numbers_and_plurals_are_written_as_the_language_does():
    assert words("en")("mentions.count", n=1) == "1 mention"
    assert words("en")("mentions.count", n=12345) == "12,345 mentions"
    assert words("zh")("mentions.count", n=12345) == "12,345 条提及"


def test_a_single_mention_is_said_as_one():
    for key in ("headline.new", "headline.few", "cards.n"):
        assert "1 mention" in words("en")(key, n=1, previous=3)
        assert "mentions" not in words("en")(key, n=1, previous=3)


def test_names_are_said_in_the_readers_language_and_unknown_ones_as_they_are():
    assert words("zh").platform("xiaohongshu") == "小红书"
    assert words("en").platform("xiaohongshu") == "Xiaohongshu"
    assert words("en").platform("myspace") == "myspace"
    assert words("zh").tongue("mixed") == "中英混合"
    assert words("en").label(None) == "No label"


def test_a_period_ends_with_its_last_day_and_not_with_the_one_after():
    assert words("en").first_and_last("2025-01-13", "2025-01-20") == ("2025-01-13", "2025-01-19")
    assert words("zh").first_and_last("2025-01-13", "2025-01-14") == ("2025年1月13日", "2025年1月13日")
    assert words("en").first_and_last("2025-01-13T05:00", None) == ("2025-01-13 05:00", "…")


@pytest.mark.parametrize(
    ("locale", "language"),
    [("zh-CN", "zh"), ("zh-Hant-TW", "zh"), ("ZH", "zh"), ("en-GB", "en"), ("fr", "en"), (None, "en")],
)
def test_the_first_language_is_the_browsers(locale, language):
    assert preferred(locale) == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_format_has_a_name_and_says_in_the_readers_language_how_it_is_recognised(language):
    said = words(language)
    for form in formats():
        assert said.known(f"formats.{form['name']}", "") != ""
        sentence = form["how_recognised"]
        assert (translated(sentence, language) != sentence) == (language == "zh")


REJECTED = {
    "监测清单": "监测方案",
    "提及数": "声量",
    "份额": "占比",
    "态度": "情感",
    "净情感(?!值)": "净情感值",
    r"[\d}] 点(?!击)": "个百分点",
    "分享": "转发",
    r"\d %": "%",
    "检索式": "查询",
    "(?<!情感|定义|话题)标签": "情感标签, 自定义标签",
}


@pytest.mark.parametrize(
    "name", ["config/words/zh.yaml", "config/words/said.zh.yaml", "config/method.yaml", "docs/user-guide.zh.md"]
)
def test_one_chinese_word_stands_for_one_thing(name):
    text = (CHECKOUT / name).read_text(encoding="utf-8")
    assert {word: said for word, said in REJECTED.items() if re.search(word, text)} == {}


@pytest.mark.parametrize("name", apis())
def test_what_a_source_needs_and_costs_is_said_in_chinese(name):
    said = [words for words in (apis()[name].credential, apis()[name].unit) if words]
    assert [words for words in said if translated(words, "zh") == words] == []


def test_a_time_bears_its_zone_where_it_stands_alone():
    noon = "2025-01-14T04:00:00Z"
    assert words("en").zoned(noon, "Asia/Shanghai") == "2025-01-14 12:00 (Asia/Shanghai)"
    assert words("zh").zoned(noon, "Asia/Shanghai") == "2025年1月14日 12:00（北京时间）"
    assert words("en").zoned(None, "Asia/Shanghai") == "no date"


def test_regions_have_one_name_a_language():
    assert words("en").region("广东") == "Guangdong"
    assert words("zh").region("Guangdong") == "广东"
    assert words("zh").region("广东") == "广东"
    assert words("en").region("Texas") == "Texas"
    table = config("regions")
    assert len(set(table.values())) == len(table)
    shown = [region for regions in config("demo/phrases")["regions"].values() for region in regions]
    assert set(shown) <= set(table)
