"""Records on their way from a file into frames, and the rows that are none put aside."""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, zip_longest
from typing import Any, Final, NamedTuple, TextIO, TypeVar

import numpy as np
import numpy.typing as npt
import polars as pl

from listeners.contract import LINE, Medium, NotRecognised, Reject, Sample
from listeners.nested import texts
from listeners.rows import raw
from tingfeng.mentions.text import HALF

BATCH: Final = 10_000
#: How many records a sample has at most.
HEAD: Final = 200
_MOST_COLUMNS: Final = 2000

Cell = str | None
Item = TypeVar("Item")

#: NUL, and two code points that are no characters and that no workbook can hold.
_MEANINGLESS: Final = "[\0\ufffe\uffff]"
#: What is no white space as Python knows it.
_SOMETHING: Final = r"[^\s\x1c-\x1f]"


class Row(NamedTuple):
    """The cells of one record, the line where it begins, and why it is none, if that is known."""

    line: int
    cells: Sequence[Cell]
    reason: str | None = None


class Chunk(NamedTuple):
    """Some records of a table as a frame (String columns, empty cells null, `line`), and the rows that are none."""

    records: pl.DataFrame
    rejects: list[Reject]


@dataclass(frozen=True)
class Table:
    """A table of a file: its columns, its first records, and an iterator over the others, which can be read once."""

    medium: Medium
    header: tuple[str, ...]
    first: Chunk
    rest: Iterator[Chunk]
    sheet: str | None = None
    format: str | None = None

    def sample(self, name: str) -> Sample:
        """The head of the table, by which it is recognised."""
        return Sample(name, self.medium, self.header, self.first.records.head(HEAD), self.sheet, self.format)

    def chunks(self) -> Iterator[Chunk]:
        """All records."""
        return chain([self.first], self.rest)


def bounded_lines(text: TextIO, longest: int) -> Iterator[str]:
    """The lines of a text, only the start of those that are longer, so that no file is in memory as a whole."""
    while line := bounded_line(text, longest):
        yield line


def bounded_line(text: TextIO, longest: int) -> str:
    """The next line of a text, or the start of one that is longer; empty at the end."""
    line = rest = text.readline(longest)
    while len(rest) == longest and not rest.endswith(("\n", "\r")):
        rest = text.readline(longest)
    return line


def batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """`items` in lists of `BATCH`."""
    rest = iter(items)
    while batch := list(islice(rest, BATCH)):
        yield batch


def chunks(rows: Iterable[Row], header: Sequence[str]) -> Iterator[Chunk]:
    """`rows` in frames under `header`, the wrong ones rejected; at least one chunk."""
    empty = True
    for batch in batches(rows):
        empty = False
        yield _chunk(batch, header)
    if empty:
        yield _chunk([], header)


def _chunk(rows: Sequence[Row], header: Sequence[str]) -> Chunk:
    good: list[Row] = []
    rejects: list[Reject] = []
    width, least, first = len(header), least_width(header), header[0]
    for row in rows:
        cells = row.cells
        if row.reason is None and len(cells) == width and cells[0] and cells[0] != first and not cells[0].isspace():
            good.append(row)
        elif reason := row.reason or _wrong(cells, header, least):
            rejects.append(Reject(row.line, reason, _raw(cells, header)))
        else:
            good.append(Row(row.line, [*cells[:width], *[None] * (width - len(cells))]))
    return Chunk(frame(header, [row.line for row in good], [row.cells for row in good]), rejects)


def chunk_of_cells(cells: pl.DataFrame, lines: npt.NDArray[np.intp]) -> Chunk:
    """What `chunks` gives for records that were read as columns, as wide as the header and without what means nothing.

    As there, only a row that begins with nothing or like the header may be none.
    """
    header = cells.columns
    first = cells.to_series(0)
    doubtful = (~first.str.contains(_SOMETHING) | (first == header[0])).fill_null(value=True)
    numbered = cells.with_columns(pl.Series(LINE, lines, dtype=pl.Int64))
    rejects = [
        Reject(line, reason, _raw(row, header))
        for *row, line in numbered.filter(doubtful).iter_rows()
        if (reason := _wrong(row, header, len(header)))
    ]
    if rejects:
        numbered = numbered.filter(~pl.col(LINE).is_in([reject.line for reject in rejects]))
    return Chunk(numbered.with_columns(pl.when(pl.col(pl.String) != "").then(pl.col(pl.String))), rejects)


def frame(header: Sequence[str], lines: Sequence[int], rows: Sequence[Sequence[Cell]]) -> pl.DataFrame:
    """Rows of equal width as a frame of text cells."""
    return frame_of_columns(header, lines, list(zip(*rows, strict=True)) if rows else [() for _ in header])


def frame_of_columns(header: Sequence[str], lines: Sequence[int], columns: Sequence[Sequence[Any]]) -> pl.DataFrame:
    """Columns of equal length as a frame of text cells; what is no text is said as JSON says it."""
    found = [texts(column) for column in columns]
    try:
        cells = [pl.Series(name, column, dtype=pl.String) for name, column in zip(header, found, strict=True)]
    except UnicodeEncodeError:
        whole = [[cell and HALF.sub("\ufffd", cell) for cell in column] for column in found]
        return frame_of_columns([HALF.sub("\ufffd", name) for name in header], lines, whole)
    return clean(pl.DataFrame(cells)).with_columns(pl.Series(LINE, lines, dtype=pl.Int64))


def clean(cells: pl.DataFrame) -> pl.DataFrame:
    """Cells as every medium gives them: without what no text means, and null where empty."""
    whole = cells.select(pl.all().str.replace_all(_MEANINGLESS, ""))
    return whole.select(pl.when(pl.all() != "").then(pl.all()))


def _wrong(cells: Sequence[Cell], header: Sequence[str], least: int) -> str | None:
    """Why a row is no record of the table, if so."""
    if not any(cell and not cell.isspace() for cell in cells):
        return "empty record"
    if is_header(cells, header):
        return "repeated header line"
    if len(cells) < least or any(cells[len(header) :]):
        return f"the row has {len(cells)} cells where the header has {len(header)}"
    return None


def is_header(cells: Sequence[Cell], header: Sequence[str]) -> bool:
    """Whether a row repeats the header, perhaps one with some other columns."""
    same = sum((cell or "").strip() == name for cell, name in zip(cells, header, strict=False))
    return same * 2 > sum(bool(cell) for cell in cells)


def least_width(header: Sequence[str]) -> int:
    """How many cells a row needs: stray columns at the end, without a name or named by a number, may be missing."""
    width = len(header)
    while width > 1 and (header[width - 1].isdigit() or header[width - 1].startswith(UNNAMED)):
        width -= 1
    return width


#: What a column without a name is called, with its number.
UNNAMED: Final = "column "


def names(cells: Collection[Cell], where: str) -> tuple[str, ...]:
    """Names of columns: trimmed, none empty, each once; NotRecognised for more than any mention needs."""
    if len(cells) > _MOST_COLUMNS:
        what = f"The table has {len(cells):,} columns, and at most {_MOST_COLUMNS:,} can be read"
        raise NotRecognised(what, where=where, hint="keep only the columns that say something about the mentions")
    found: dict[str, None] = {}
    for place, cell in enumerate(cells, 1):
        name = re.sub(_MEANINGLESS, "", cell or "").strip().strip("\ufeff") or f"{UNNAMED}{place}"
        again = 2
        unique = name
        while unique in found or unique == LINE:
            unique = f"{name} ({again})"
            again += 1
        found[unique] = None
    return tuple(found)


def _raw(cells: Sequence[Cell], header: Sequence[str]) -> str:
    """The record as one JSON object of all its columns, what has no column as a list under an empty name."""
    if not any(cells):
        return "{}"
    extra = [cell or "" for cell in cells[len(header) :]]
    known = zip_longest(header, [cell or None for cell in cells[: len(header)]])
    return raw(dict(known) | ({"": json.dumps(extra, ensure_ascii=False)} if any(extra) else {}))
