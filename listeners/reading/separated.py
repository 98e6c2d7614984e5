"""Text files of separated cells: commas, tabs, semicolons or bars."""

import csv
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Final, TextIO

from listeners.contract import NotRecognised
from listeners.reading.records import Cell, Row, Table, bounded_lines, chunks, names
from listeners.reading.sources import Source

_SEPARATORS: Final = ",\t;|"
_PREAMBLE: Final = 20
_LONGEST_CELL: Final = 2**24
_LONGEST_LINE: Final = 2**20

# A quote that is never closed swallows the rest of the file; this bound ends it.
csv.field_size_limit(_LONGEST_CELL)


def separated(source: Source) -> Iterator[Table]:
    """The one table of a text file."""
    rows = records(source, separator_of(source))
    head = list(islice(rows, _PREAMBLE))
    readable = [row for row in head if not row.reason]
    if not readable:
        raise NotRecognised("The file is no table", where=source.name)
    first = readable[header_row([row.cells for row in readable])]
    header = names(first.cells, source.name)
    found = chunks(chain(head[head.index(first) + 1 :], rows), header)
    yield Table("csv", header, next(found), found)


def records(source: Source, separator: str) -> Iterator[Row]:
    """All records, the header and blank lines among them.

    Where a quote is never closed or a cell too long, only the line where the record begins is none, and reading goes on
    at the next line.
    """
    with source.open_text() as text:
        lines = _Lines(text)
        reader = csv.reader(lines, delimiter=separator)
        number = 1
        while True:
            try:
                cells = next(reader, [])
                reason = "a quote is never closed" if lines.ended else "the line is too long" if lines.cut else None
            except csv.Error as error:
                cells, reason = [], f"the line cannot be read: {error}"
            if not lines.taken:
                return
            if reason:
                yield Row(number, _without_quotes(lines.taken[0], separator), reason)
                lines.go_back()
                reader = csv.reader(lines, delimiter=separator)
                number += 1
            else:
                yield Row(number, cells)
                number += len(lines.taken)
            lines.clear()


class _Lines:
    """The lines of a text; those that were taken for the record in hand can be read again."""

    def __init__(self, text: TextIO) -> None:
        self._rest = bounded_lines(text, _LONGEST_CELL)
        self._again: deque[str] = deque()
        self.taken: list[str] = []
        self.ended = False
        self.cut = False

    def __iter__(self) -> Iterator[str]:
        self.ended = False
        while line := self._again.popleft() if self._again else next(self._rest, ""):
            self.taken.append(line)
            self.cut = self.cut or len(line) == _LONGEST_CELL
            yield line
        self.ended = True

    def clear(self) -> None:
        """Begin with the next record."""
        self.taken.clear()
        self.cut = False

    def go_back(self) -> None:
        """Read all lines but the first of the record again."""
        self._again.extendleft(reversed(self.taken[1:]))


def _without_quotes(line: str, separator: str) -> list[str]:
    """The cells of a line in which quotes mean nothing."""
    return [cell.strip('"') for cell in line.rstrip("\r\n").split(separator)]


def separator_of(source: Source) -> str:
    """The separator that the first lines have most of, outside of quotes; NotRecognised for one endless line."""
    with source.open_text() as text:
        for line in islice(bounded_lines(text, _LONGEST_LINE), _PREAMBLE):
            if len(line) == _LONGEST_LINE:
                raise NotRecognised("The file is no table: its first line does not end", where=source.name)
            plain = "".join(line.split('"')[::2])
            found = max(_SEPARATORS, key=plain.count)
            if plain.count(found):
                return found
    return ","


def header_row(rows: Sequence[Sequence[Cell]]) -> int:
    """Which of the first rows names the columns: the first one, unless lines of a report's head stand before it."""
    filled = [sum(bool(cell and cell.strip()) for cell in cells) for cells in rows]
    first = next((place for place, count in enumerate(filled) if count), 0)
    widest = max(filled, default=0)
    if filled[first] >= 3 or widest < 2 * max(filled[first], 2):
        return first
    return next(place for place, count in enumerate(filled) if count * 5 >= widest * 3)
