"""Cells that a spreadsheet would take for a formula: no text is lost, none is left dangerous."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tingfeng.mentions.guard import guard, guarded, unguard, unguarded

#: Texts made of the characters that matter here, and any others.
TEXTS = st.one_of(st.text(), st.text(alphabet="'=+-@\t\r\n0123456789.eE, a声"))


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("@river", "'@river"),
        ("'=1+1", "''=1+1"),
        ("''=1+1", "'''=1+1"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("-", "'-"),
        ("-5", "-5"),
        ("+3.2", "+3.2"),
        ("-5\n", "'-5\n"),
        ("'-5", "''-5"),
        ("-5.", "'-5."),
        ("-1e5", "'-1e5"),
        ("-٥", "'-٥"),
        ("--5", "'--5"),
        ("'quoted'", "'quoted'"),
        ("\n=1", "\n=1"),
        ("a=b", "a=b"),
        ("＝1", "＝1"),
        ("", ""),
    ],
)
def test_what_is_guarded(text, cell):
    assert guard(text) == cell
    assert unguard(cell) == text


@given(TEXTS)
def test_reading_is_the_exact_inverse_of_writing(text):
    assert unguard(guard(text)) == text


@given(TEXTS)
def test_no_cell_begins_a_formula(text):
    cell = guard(text)
    assert not cell.startswith(("=", "@", "\t", "\r"))
    assert not cell.startswith(("+", "-")) or float(cell) is not None


@given(st.lists(st.none() | TEXTS, max_size=20))
def test_columns_are_guarded_as_single_texts_are(texts):
    frame = pl.DataFrame({"text": texts}, schema={"text": pl.String})
    cells = frame.select(guarded(pl.col("text")))["text"].to_list()
    assert cells == [None if text is None else guard(text) for text in texts]
    again = pl.DataFrame({"text": cells}, schema={"text": pl.String}).select(unguarded(pl.col("text")))
    assert again["text"].to_list() == texts
