from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sentiment import language, languages, languages_of
from tests.sentiment.naive_language import naive_language
from tingfeng.home import config

ROWS = (Path(__file__).parent / "language_texts.tsv").read_text(encoding="utf-8").splitlines()[1:]
TEXTS = [(text, code or None) for code, text in (row.split("\t") for row in ROWS)]


def test_own_list_of_short_texts():
    wrong = [(text, code, found) for text, code in TEXTS if (found := language(text)) != code]
    assert len(TEXTS) >= 60
    assert len(wrong) <= 3, wrong


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("iPhone 好看", "zh"),  # a single brand name
        ("iPhone Pro 好看", "mixed"),
        ("yyds u1s1 好看", "zh"),  # letters that stand for Chinese
        ("￥99 100ml 好看 666", "zh"),  # units and numbers are no words
        ("这款面霜我前后用了三个月，冬天干皮也不会觉得紧绷，早晚都用，一瓶大概够两个月，味道很淡，SK Lab 家的", "zh"),
        ("優の良品店里的零食真的好吃到停不下来", "zh"),
        ("ㅠㅠ love this song so much", "en"),
        ("ㅋㅋㅋ", "ko"),
        ("#小红书 love this app", "en"),
        ("great camera! #华为 #拍照", "en"),  # open hashtags side by side are no closed one
        ("#小米 love it #手机", "en"),
        ("#iPhone 15 发布#来了", "zh"),
        ("这个手机真好 #photography #street photo#", "zh"),
        ("#小红书", "zh"),
        ("ＬＯＶＥ ＩＴ ＳＯ ＭＵＣＨ", "en"),
    ],
)
def test_what_decides(text: str, code: str):
    assert language(text) == code


@pytest.mark.parametrize(
    "text", ["", "   ", "123 456", "😭🔥", "[doge][捂脸R]", "https://xhslink.com/a/b @kova", "！？……"]
)
def test_no_words_no_language(text: str):
    assert language(text) is None


@given(st.sampled_from([text for text, _ in TEXTS]))
def test_links_names_emoji_and_spaces_change_nothing(text: str):
    assert language(f"  {text}  https://example.org/Path @someone 🔥\n") == language(text)


@given(st.text(max_size=300))
def test_every_text_gets_an_answer(text: str):
    found = language(text)
    assert found is None or found in languages()


#: Pieces that the rule tells apart: scripts, their borders, and what does not count.
PIECES = (
    *("好", "店", "豈", "\U00020000", "の", "カ", "ー", "ノ", "한", "ㅋ", "é", "ё", "привіт", "سلام", "λ", "ไ"),
    *("I", "a", "the", "hola", "muy", "yyds", "ＹＹＤＳ", "don’t", "ml", "100", "9", "'", "\u0301", "ß", "İ", "ŉ"),
    *(" ", "  ", "\n", "#", "[话题]#", "[doge]", "[", "]", "@kova", "@", "回复 @x:", "<b>", "&amp;", "&", "/", "."),
    *("https://a.b/c", "WwW.x.y", "a.com/", "O网页链接", "转发微博", "…全文", "L某的微博视频", "😭", "\ud800"),
)


@given(st.lists(st.text(max_size=40) | st.lists(st.sampled_from(PIECES), max_size=12).map("".join), max_size=6))
def test_the_languages_of_many_texts_are_those_of_the_naive_rule(texts: list[str]):
    assert languages_of(texts) == [naive_language(text) for text in texts]


def test_own_list_by_the_naive_rule():
    assert languages_of([text for text, _ in TEXTS]) == [naive_language(text) for text, _ in TEXTS]


def test_all_languages_are_listed_once():
    listed = languages()
    assert listed[:5] == ("zh", "en", "mixed", "ja", "ko")
    assert {code for _, code in TEXTS if code} <= set(listed)
    assert len(set(listed)) == len(listed) == 49


def test_every_listed_word_is_a_word():
    read = config("languages")
    assert all(isinstance(word, str) for words in (read["english"], *read["telltale"].values()) for word in words)
