import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.searchable import searchable
from tingfeng.mentions.text import BORDER, fold, folded


def test_width_case_script_and_spaces_are_folded() -> None:
    assert folded(["ＹＹＤＳ  絕絕子", "Straße\n\tNORD", "\u200b零\ufeff"]) == ["yyds 绝绝子", "strasse nord", "零"]


def test_the_parts_of_a_mention_are_parted() -> None:
    rows = [("Title", "Text\nhere", "Tea|Über"), (None, None, None), (None, "B\x1eB", None)]
    assert searchable(rows) == [
        BORDER.join(["title", "text here", "tea", "über"]),
        BORDER.join(["", "", ""]),
        BORDER.join(["", "bb", ""]),
    ]


@given(st.lists(st.text()))
def test_texts_do_not_change_one_another(texts: list[str]) -> None:
    assert folded(texts) == [fold(text) for text in texts]


@given(st.text())
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("around", ["{}", "a{}b", "가 {} x", "\u3000{}\u0301"])
def test_every_character_folds_the_same_among_many_texts(around: str) -> None:
    planes = (*range(0x10000), *range(0x1F000, 0x20000), *range(0x2F800, 0x2FA20))
    texts = [around.format(chr(code)) for code in planes]
    assert folded(texts) == [fold(text) for text in texts]


@given(st.lists(st.text("aＡ\u0301ㄱㅏ가\u3099か …ß\ufe0f¨\u0345\n\x1e|")))
def test_characters_that_join_others_are_folded_with_these(texts: list[str]) -> None:
    assert folded(texts) == [fold(text) for text in texts]
    rows = [(text, None, "|".join(texts)) for text in texts]
    tags = [fold(tag) for tag in "|".join(texts).split("|")]
    assert searchable(rows) == [BORDER.join([fold(text), "", *tags]) for text in texts]
