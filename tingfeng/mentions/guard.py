"""Cells that a spreadsheet would take for a formula, written so that they stay text and can be read back exactly.

A cell that begins with any number of apostrophes followed by `=`, `+`, `-`, `@`, TAB or CR gets one more apostrophe.
Plain numbers (a sign, digits, and perhaps a point and digits) stay as they are. Reading takes exactly one apostrophe
away. Since a guarded cell always begins with an apostrophe and a plain number never does, the two are exact inverses
for every text. Both exist for a single text and as an expression on a column.
"""

import re
from typing import Final

import polars as pl

_RISKY: Final = r"\A'*[=+\-@\t\r]"
_GUARDED: Final = r"\A'+[=+\-@\t\r]"
_NUMBER: Final = r"[+-][0-9]+(?:\.[0-9]+)?"


def guard(text: str) -> str:
    """`text` as it is written into a cell."""
    return f"'{text}" if re.match(_RISKY, text) and not re.fullmatch(_NUMBER, text) else text


def unguard(cell: str) -> str:
    """The text that `guard` wrote as `cell`."""
    return cell[1:] if re.match(_GUARDED, cell) else cell


def guarded(column: pl.Expr) -> pl.Expr:
    """A column of texts as it is written into cells; null stays null."""
    risky = column.str.contains(_RISKY) & ~column.str.contains(rf"\A(?:{_NUMBER})\z")
    return pl.when(risky).then(column.str.replace(r"\A", "'")).otherwise(column)


def unguarded(column: pl.Expr) -> pl.Expr:
    """The texts that `guarded` wrote; null stays null."""
    return pl.when(column.str.contains(_GUARDED)).then(column.str.slice(1)).otherwise(column)
