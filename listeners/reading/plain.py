"""Separated text of the plain kind, read as columns: every record as wide as the header, quotes only around cells.

Most exports are nothing else. Polars reads such text several times as fast as the csv module and says the same; what is
odd in any way is left to that module.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

_QUOTE: Final = ord('"')
_NEWLINE: Final = ord("\n")
_RETURN: Final = ord("\r")
#: No cell keeps these, and polars would take a byte-order mark for one.
_ODD: Final = ("\0", "\ufeff", "\ufffe", "\uffff")

Places = npt.NDArray[np.intp]


class Plain(NamedTuple):
    """Records as columns of text, how many lines stand before each of them, and how many there are in all."""

    cells: pl.DataFrame
    before: Places
    lines: int


def plain(text: str, separator: str, header: Sequence[str]) -> Plain | None:
    """The records of whole lines; None where one of them is not plain."""
    if len(header) == 1 or any(odd in text for odd in _ODD) or _has_lone_return(text):
        return None
    written = (text if text.endswith("\n") else text + "\n").encode()
    signs = np.frombuffer(written, np.uint8)
    marks = _marks(signs, ord(separator))
    if marks is None or len(marks) % len(header):
        return None
    by_record = marks.reshape(-1, len(header))
    are_ends = signs[by_record] == _NEWLINE
    if are_ends[:, :-1].any() or not are_ends[:, -1].all():
        return None
    cells = pl.read_csv(written, has_header=False, separator=separator, schema=dict.fromkeys(header, pl.String))
    lines = np.flatnonzero(signs == _NEWLINE)
    return Plain(cells, np.searchsorted(lines, np.append(0, by_record[:-1, -1] + 1)), len(lines))


def _has_lone_return(text: str) -> bool:
    returns = text.count("\r")
    return returns > 0 and returns != text.count("\r\n")


def _marks(signs: npt.NDArray[np.uint8], separator: int) -> Places | None:
    """Where each cell ends; None where quotes do not stand around cells only."""
    marks = np.flatnonzero((signs == separator) | (signs == _NEWLINE))
    quotes = np.flatnonzero(signs == _QUOTE)
    if not len(quotes):
        return marks
    return marks[np.searchsorted(quotes, marks) % 2 == 0] if _around_cells(signs, quotes, separator) else None


def _around_cells(signs: npt.NDArray[np.uint8], quotes: Places, separator: int) -> bool:
    """Whether every quote begins or ends a cell, or is one of two that mean one inside of it."""
    if len(quotes) % 2:
        return False
    opening, closing = quotes[::2], quotes[1::2]
    doubled = opening[1:] == closing[:-1] + 1
    begins = np.isin(signs[opening - 1], (separator, _NEWLINE))  # before the first sign stands the last, a newline
    ends = np.isin(signs[closing + 1], (separator, _NEWLINE, _RETURN))
    begins[1:] |= doubled
    ends[:-1] |= doubled
    return bool(begins.all() and ends.all())
