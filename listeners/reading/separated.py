"""Text files of separated cells: commas, tabs, semicolons or bars."""

import csv
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Final

from listeners.contract import NotRecognised, Reject
from listeners.reading.encoding import open_text
from listeners.reading.records import Cell, Row, Table, chunks, names
from listeners.reading.sources import Source

_SEPARATORS: Final = ",\t;|"
_PREAMBLE: Final = 20
_LONGEST_CELL: Final = 2**20

# A quote that is never closed swallows the rest of the file; this bound ends it, and reading goes on behind it.
csv.field_size_limit(_LONGEST_CELL)


def separated(source: Source) -> Iterator[Table]:
    """The one table of a text file."""
    rows = _rows(source, _separator(source))
    head = list(islice(rows, _PREAMBLE))
    readable = [row for row in head if isinstance(row, Row)]
    if not readable:
        raise NotRecognised("The file is no table", where=source.name)
    first = readable[header_row([row.cells for row in readable])]
    header = names(first.cells)
    found = chunks(chain(head[head.index(first) + 1 :], rows), header)
    yield Table("csv", header, next(found), found)


def _separator(source: Source) -> str:
    """The separator that the first lines have most of, outside of quotes."""
    with open_text(source) as text:
        lines = [line for line in islice(text, _PREAMBLE) if line.strip()]
    for line in lines:
        plain = "".join(line.split('"')[::2])
        found = max(_SEPARATORS, key=plain.count)
        if plain.count(found):
            return found
    return ","


def _rows(source: Source, separator: str) -> Iterator[Row | Reject]:
    """All records, the header among them, as the csv module reads them."""
    with open_text(source) as text:
        reader = csv.reader(text, delimiter=separator)
        while True:
            line = reader.line_num + 1
            try:
                yield Row(line, next(reader))
            except StopIteration:
                return
            except csv.Error as error:
                yield Reject(line, f"the line cannot be read: {error}", "")


def header_row(rows: Sequence[Sequence[Cell]]) -> int:
    """Which of the first rows names the columns: the first one, unless lines of a report's head stand before it."""
    filled = [sum(bool(cell and cell.strip()) for cell in cells) for cells in rows]
    first = next((place for place, count in enumerate(filled) if count), 0)
    widest = max(filled, default=0)
    if filled[first] >= 3 or widest < 2 * max(filled[first], 2):
        return first
    return next(place for place, count in enumerate(filled) if count * 5 >= widest * 3)
