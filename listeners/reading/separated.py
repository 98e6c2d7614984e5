"""Text files of separated cells: commas, tabs, semicolons or bars."""

import csv
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from io import StringIO
from itertools import chain, islice
from typing import BinaryIO, Final, NamedTuple, TextIO

from listeners.contract import NotRecognised
from listeners.reading.plain import plain
from listeners.reading.records import (
    BATCH,
    Cell,
    Chunk,
    Row,
    Table,
    bounded_line,
    bounded_lines,
    chunk_of_cells,
    chunks,
    names,
)
from listeners.reading.sources import Source

_SEPARATORS: Final = ",\t;|"
_PREAMBLE: Final = 20
_LONGEST_CELL: Final = 2**24
_LONGEST_LINE: Final = 2**20
#: So many bytes or characters are looked at together: some ten thousand records.
_PIECE: Final = 2**23

# A quote that is never closed swallows the rest of the file; this bound ends it.
csv.field_size_limit(_LONGEST_CELL)


def separated(source: Source) -> Iterator[Table]:
    """The one table of a text file."""
    separator = separator_of(source)
    rows = records(source, separator)
    head = list(islice(rows, _PREAMBLE))
    readable = [row for row in head if not row.reason]
    if not readable:
        raise NotRecognised("The file is no table", where=source.name)
    first = readable[header_row([row.cells for row in readable])]
    header = names(first.cells, source.name)
    following = next(chain(head[head.index(first) + 1 :], rows), None)
    found = _body(source, separator, header, following.line) if following else chunks((), header)
    yield Table("csv", header, next(found), found)


def _body(source: Source, separator: str, header: Sequence[str], start: int) -> Iterator[Chunk]:
    """The records from line `start` on, piece by piece: as columns where a piece is plain, else one by one.

    UTF-8 is read as bytes up to the first piece that is not plain.
    """
    place = _Place(0, start)
    if source.is_utf8:
        place = yield from _plain_start(source, separator, header, start)
    with source.open_text(place.byte) as text:
        lines = _Lines(text, place.line if place.byte else 1)
        lines.skip(place.line - lines.number)
        while piece := lines.piece():
            if len(piece) < _LONGEST_CELL and (found := plain(piece.encode(), separator, header)):
                yield chunk_of_cells(found.cells, lines.number + found.before)
                lines.number += found.lines
            else:
                lines.put_back(piece)
                yield from chunks(islice(_records(lines, separator), BATCH), header)


class _Place(NamedTuple):
    """Where a line begins: behind so many bytes, and its number."""

    byte: int
    line: int


def _plain_start(source: Source, separator: str, header: Sequence[str], start: int) -> Generator[Chunk, None, _Place]:
    """The records from line `start` on while pieces are plain, and where the first one begins that is not."""
    with source.open() as file:
        before = [file.readline(_LONGEST_LINE) for _ in range(start - 1)]
        if any(not line.endswith(b"\n") or b"\r" in line.removesuffix(b"\r\n") for line in before):
            return _Place(0, start)
        place = _Place(file.tell(), start)
        while piece := _bytes(file):
            found = plain(piece, separator, header) if len(piece) < _LONGEST_CELL else None
            if not found:
                break
            yield chunk_of_cells(found.cells, place.line + found.before)
            place = _Place(file.tell(), place.line + found.lines)
        return place


def _bytes(file: BinaryIO) -> bytes:
    """The next lines, which end where no quote is open if that is near."""
    piece = file.read(_PIECE)
    if not piece.endswith(b"\n"):
        piece += file.readline(_LONGEST_CELL)
    while piece.count(b'"') % 2 and len(piece) < 2 * _PIECE and (line := file.readline(_LONGEST_CELL)):
        piece += line
    return piece


def records(source: Source, separator: str) -> Iterator[Row]:
    """All records, the header and blank lines among them.

    Where a quote is never closed or a cell too long, only the line where the record begins is none, and reading goes on
    at the next line.
    """
    with source.open_text() as text:
        yield from _records(_Lines(text), separator)


def _records(lines: "_Lines", separator: str) -> Iterator[Row]:
    reader = csv.reader(lines, delimiter=separator)
    while True:
        try:
            cells = next(reader, [])
            reason = "a quote is never closed" if lines.ended else "the line is too long" if lines.cut else None
        except csv.Error as error:
            cells, reason = [], f"the line cannot be read: {error}"
        if not lines.taken:
            return
        row = Row(lines.number, cells)
        if reason:
            row = Row(lines.number, _without_quotes(lines.taken[0], separator), reason)
            lines.go_back()
            reader = csv.reader(lines, delimiter=separator)
        lines.clear()
        yield row


class _Lines:
    """The lines of a text from line `number` on; those that were taken for the record in hand can be read again."""

    def __init__(self, text: TextIO, number: int = 1) -> None:
        self._text = text
        self._again: deque[str] = deque()
        self.number = number
        self.taken: list[str] = []
        self.ended = False
        self.cut = False

    def __iter__(self) -> Iterator[str]:
        self.ended = False
        while line := self._again.popleft() if self._again else bounded_line(self._text, _LONGEST_CELL):
            self.taken.append(line)
            self.cut = self.cut or len(line) == _LONGEST_CELL
            yield line
        self.ended = True

    def clear(self) -> None:
        """Begin with the next record."""
        self.number += len(self.taken)
        self.taken.clear()
        self.cut = False

    def go_back(self) -> None:
        """Read all lines but the first of the record again."""
        self._again.extendleft(reversed(self.taken[1:]))
        del self.taken[1:]

    def skip(self, lines: int) -> None:
        """Go on so many lines later."""
        for _ in islice(self, lines):
            pass
        self.clear()

    def piece(self) -> str:
        """The next lines as one text, which ends where no quote is open if that is near."""
        piece = "".join(self._again) or self._text.read(_PIECE)
        self._again.clear()
        if not piece.endswith("\n"):
            piece += bounded_line(self._text, _LONGEST_CELL)
        while piece.count('"') % 2 and len(piece) < 2 * _PIECE and (line := bounded_line(self._text, _LONGEST_CELL)):
            piece += line
        return piece

    def put_back(self, piece: str) -> None:
        """Read the lines of a piece one by one."""
        self._again.extend(bounded_lines(StringIO(piece, newline=""), _LONGEST_CELL))


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
