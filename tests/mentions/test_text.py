from hypothesis import given
from hypothesis import strategies as st

from tingfeng.mentions.text import BORDER, fold, folded, folded_mentions


def test_width_case_script_and_spaces_are_folded() -> None:
    assert folded(["ＹＹＤＳ  絕絕子", "Straße\n\tNORD", "\u200b零\ufeff"]) == ["yyds 绝绝子", "strasse nord", "零"]


def test_the_parts_of_a_mention_are_parted() -> None:
    rows = [("Title", "Text\nhere", "Tea|Über"), (None, None, None), (None, "B\x1eB", None)]
    assert folded_mentions(rows) == [
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
