"""Web pages with a table, as many tools write what they call `.xls`."""

from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import chain, islice
from typing import Final

from listeners.contract import NotRecognised
from listeners.reading.records import Row, Table, chunks, names
from listeners.reading.separated import header_row
from listeners.reading.sources import Source

_LARGEST: Final = 2**26
_PIECE: Final = 2**16
_PREAMBLE: Final = 20
_WIDEST: Final = 1000


def page(source: Source) -> Iterator[Table]:
    """The table of a web page that has most rows; the rows of others are put aside. NotRecognised without a table."""
    if source.size > _LARGEST:
        raise NotRecognised("The web page is too large", where=source.name, hint="save its table as CSV")
    rows_by_table = Counter(table for table, _ in _all_rows(source))
    if not rows_by_table:
        raise NotRecognised("The file is XML or a web page, not a table or a feed", where=source.name)
    rows = _rows(source, rows_by_table.most_common(1)[0][0])
    head = list(islice(rows, _PREAMBLE))
    readable = [row for row in head if not row.reason]
    first = readable[header_row([row.cells for row in readable])] if readable else next(rows)
    header = names(first.cells, source.name)
    found = chunks(chain((row for row in head if row.reason or row.line > first.line), rows), header)
    yield Table("csv", header, next(found), found)


def _rows(source: Source, wanted: int) -> Iterator[Row]:
    """The rows of all tables, numbered as a spreadsheet shows them; those of other tables than `wanted` are none."""
    for line, (table, cells) in enumerate(_all_rows(source), 1):
        yield Row(line, cells, None if table == wanted else "the row belongs to another table of the page")


def _all_rows(source: Source) -> Iterator[tuple[int, list[str]]]:
    """The rows of a page, each with the number of its table; a table inside of a cell is words of this cell."""
    reader = _Reader()
    with source.open_text() as text:
        while piece := text.read(_PIECE):
            reader.feed(piece)
            yield from reader.taken()
    reader.close()
    reader.end_row()
    yield from reader.taken()


class _Reader(HTMLParser):
    """Collects rows of cells; a cell or a row ends where the next one begins, whether that is said or not."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._rows: list[tuple[int, list[str]]] = []
        self._table = 0
        self._depth = 0
        self._cells: list[str] | None = None
        self._words: list[str] | None = None
        self._span = 1

    def taken(self) -> list[tuple[int, list[str]]]:
        """The rows that are complete, once."""
        rows, self._rows = self._rows, []
        return rows

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A table, a row, a cell, or a break in one."""
        if tag == "table":
            self._depth += 1
            self._table += self._depth == 1
        elif self._depth == 1 and tag == "tr":
            self.end_row()
            self._cells = []
        elif self._depth == 1 and tag in {"td", "th"}:
            self._end_cell()
            self._cells = self._cells or []
            span = dict(attrs).get("colspan") or ""
            self._words, self._span = [], int(span) if span.isdigit() and len(span) < len(str(_WIDEST)) else 1
        elif self._words and tag in {"br", "p", "div", "tr"}:
            self._words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """The end of a table, a row or a cell."""
        if self._depth == 1 and tag in {"td", "th"}:
            self._end_cell()
        elif self._depth == 1 and tag == "tr":
            self.end_row()
        elif tag == "table" and self._depth:
            if self._depth == 1:
                self.end_row()
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        """Words, in which a line end is a space."""
        if self._words is not None:
            self._words.append(data.replace("\n", " "))

    def end_row(self) -> None:
        """Take the row in hand."""
        self._end_cell()
        if self._cells:
            self._rows.append((self._table, self._cells))
        self._cells = None

    def _end_cell(self) -> None:
        if self._words is not None and self._cells is not None:
            lines = (" ".join(line.split()) for line in "".join(self._words).split("\n"))
            self._cells += ["\n".join(filter(None, lines)), *[""] * (self._span - 1)]
        self._words = None
