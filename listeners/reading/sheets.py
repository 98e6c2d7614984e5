"""Workbooks: each visible sheet is a table."""

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

import polars as pl

from listeners.contract import NotRecognised
from listeners.reading.records import BATCH, Chunk, Row, Table, chunks, names
from listeners.reading.separated import header_row
from listeners.reading.sources import Source

if TYPE_CHECKING:
    import fastexcel

_PREAMBLE: Final = 20
#: Below it, every whole number is exactly a double.
_EXACT: Final = 2**53


def sheets(source: Source) -> Iterator[Table]:
    """The tables of a workbook, hidden and empty sheets left out. NotRecognised for a damaged one."""
    import fastexcel

    try:
        workbook = _Workbook(fastexcel.read_excel(source.path), source.name)
        filled = False
        for name in workbook.names:
            if sheet := workbook.sheet(name):
                filled = True
                yield _table(workbook, name, sheet)
    except fastexcel.FastExcelError as error:
        raise NotRecognised("The workbook is damaged", where=source.name, hint="export it again") from error
    if not filled:
        raise NotRecognised("The workbook is empty", where=source.name)


class _Sheet(NamedTuple):
    """The names of its columns, its cells below them, and the row of the sheet in which these begin."""

    header: tuple[str, ...]
    body: pl.DataFrame
    first_row: int

    def rows(self) -> Iterator[Row]:
        """All rows, blank ones too."""
        return (Row(line, cells) for line, cells in enumerate(self.body.iter_rows(), self.first_row))


class _Workbook:
    """A workbook of whose large sheets only the one that was read last is in memory.

    A sheet can only be read as a whole, so a large one is read again when its turn comes, unless it is still there.
    """

    def __init__(self, reader: "fastexcel.ExcelReader", where: str) -> None:
        self._reader = reader
        self._where = where
        self._large: tuple[str, _Sheet] | None = None
        self.names = reader.sheet_names

    def sheet(self, name: str) -> _Sheet | None:
        """The sheet of that name, None when nobody sees it or anything in it."""
        if self._large and self._large[0] == name:
            return self._large[1]
        loaded = self._reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
        sheet = _sheet(loaded.to_polars(), self._where) if loaded.visible == "visible" and loaded.height else None
        if sheet and sheet.body.height > BATCH:
            self._large = (name, sheet)
        return sheet


def _sheet(cells: pl.DataFrame, where: str) -> _Sheet | None:
    filled = cells.select(pl.any_horizontal(pl.all().str.contains(r"\S").fill_null(value=False))).to_series()
    if not filled.any():
        return None
    blank = filled.arg_max() or 0
    start = blank + header_row(cells.slice(blank, _PREAMBLE).rows())
    body = cells.slice(start + 1)
    header = names(cells.row(start), where)
    return _Sheet(header, body.with_columns(_honest(column) for column in body), start + 2)


def _table(workbook: _Workbook, name: str, sheet: _Sheet) -> Table:
    first = next(chunks(sheet.rows(), sheet.header))
    whole = first.records.height + len(first.rejects) == sheet.body.height
    return Table("xlsx", sheet.header, first, iter(()) if whole else _rest(workbook, name), sheet=name)


def _rest(workbook: _Workbook, name: str) -> Iterator[Chunk]:
    """All chunks of a large sheet but the first."""
    if sheet := workbook.sheet(name):
        yield from islice(chunks(sheet.rows(), sheet.header), 1, None)


def _honest(column: pl.Series) -> pl.Series:
    """Numbers that a workbook could not hold exactly, in scientific notation, so that nobody takes them for ids.

    It is not said whether a cell was a number or text. A number is told by being exactly what a double can hold, or a
    spreadsheet's 15 digits; one long text in a thousand looks like that too, so most of a column's must.
    """
    long = column.filter(column.str.contains(r"^-?[0-9]{16,300}$").fill_null(value=False)).unique().to_list()
    lost = [text for text in long if _is_shortened(text)]
    enough = 1 if any(abs(int(text)) >= _EXACT for text in lost) else 3
    if len(lost) < enough or 2 * len(lost) <= len(long):
        return column
    return column.replace(lost, [f"{float(text):.14e}" for text in lost])


def _is_shortened(text: str) -> bool:
    number = int(text)
    return number == int(float(text)) and (abs(number) >= _EXACT or number % 10 == 0)
