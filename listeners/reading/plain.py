"""Separated text of the plain kind, read as columns: every record as wide as the header, quotes only around cells.

Most exports are nothing else. Polars reads such text several times as fast as the csv module and says the same; what is
odd in any way is left to that module.
"""

from codecs import BOM_UTF8
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from listeners.reading.encoding import is_utf8

_QUOTE: Final = ord('"')
_NEWLINE: Final = ord("\n")
_RETURN: Final = ord("\r")
#: No cell keeps these.
_ODD: Final = (b"\0", "\ufffe".encode()[1:], "\uffff".encode()[1:])

Signs = npt.NDArray[np.uint8]
Places = npt.NDArray[np.intp]


class Plain(NamedTuple):
    """Records as columns of text, how many lines stand before each of them, and how many there are in all."""

    cells: pl.DataFrame
    before: Places
    lines: int


def plain(written: bytes, separator: str, header: Sequence[str]) -> Plain | None:
    """The records of whole lines of UTF-8; None where one of them is not plain."""
    if len(header) == 1 or any(odd in written for odd in _ODD) or written.startswith(BOM_UTF8):
        return None
    written = written if written.endswith(b"\n") else written + b"\n"
    signs = np.frombuffer(written, np.uint8)
    marks = np.flatnonzero((signs == ord(separator)) | (signs == _NEWLINE))
    lines = marks[signs[marks] == _NEWLINE]
    ends = None if _has_lone_return(signs, lines) else _ends(signs, marks, ord(separator))
    if ends is None or len(ends) % len(header):
        return None
    by_record = ends.reshape(-1, len(header))
    are_lines = signs[by_record] == _NEWLINE
    if are_lines[:, :-1].any() or not are_lines[:, -1].all() or not is_utf8(written):
        return None
    cells = pl.read_csv(written, has_header=False, separator=separator, schema=dict.fromkeys(header, pl.String))
    return Plain(cells, np.searchsorted(lines, np.append(0, by_record[:-1, -1] + 1)), len(lines))


def _has_lone_return(signs: Signs, lines: Places) -> bool:
    return bool(np.count_nonzero(signs == _RETURN) != np.count_nonzero(signs[lines - 1] == _RETURN))


def _ends(signs: Signs, marks: Places, separator: int) -> Places | None:
    """Those of `marks` where a cell ends, outside of quotes; None where quotes do not stand around cells only."""
    quotes = np.flatnonzero(signs == _QUOTE)
    if not len(quotes):
        return marks
    if not _around_cells(signs, quotes, separator):
        return None
    before = np.bincount(np.searchsorted(marks, quotes), minlength=len(marks))
    outside: Places = marks[np.cumsum(before[: len(marks)]) % 2 == 0]
    return outside


def _around_cells(signs: Signs, quotes: Places, separator: int) -> bool:
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
