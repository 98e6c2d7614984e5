"""Workbooks: each visible sheet is a table."""

from collections.abc import Iterator
from typing import Final

import polars as pl

from listeners.contract import NotRecognised
from listeners.reading.records import Row, Table, chunks, names
from listeners.reading.separated import header_row
from listeners.reading.sources import Source

_PREAMBLE: Final = 20
#: Below it, every whole number is exactly a double.
_EXACT: Final = 2**53


def sheets(source: Source) -> Iterator[Table]:
    """The tables of a workbook; a whole sheet is in memory at a time. NotRecognised for a damaged one."""
    import fastexcel

    try:
        workbook = fastexcel.read_excel(source.path)
        found = workbook.sheet_names
    except fastexcel.FastExcelError as error:
        raise NotRecognised("The workbook is damaged", where=source.name, hint="open it and save it again") from error
    sheets = ((name, workbook.load_sheet(name, header_row=None, dtypes="string")) for name in found)
    filled = [_table(sheet.to_polars(), name) for name, sheet in sheets if sheet.height]
    if not filled:
        raise NotRecognised("The workbook is empty", where=source.name)
    yield from filled


def _table(cells: pl.DataFrame, name: str) -> Table:
    start = header_row(list(cells.head(_PREAMBLE).iter_rows()))
    header = names(cells.row(start))
    body = cells.slice(start + 1).with_columns(_honest(column) for column in cells.slice(start + 1))
    found = chunks((Row(line, row) for line, row in enumerate(body.iter_rows(), start + 2)), header)
    return Table("xlsx", header, next(found), found, sheet=name)


def _honest(column: pl.Series) -> pl.Series:
    """Numbers that a workbook could not hold exactly, in scientific notation, so that nobody takes them for ids.

    It is not said whether a cell was a number or text. A number is told by being exactly what a double can hold, or a
    spreadsheet's 15 digits; one long text in a thousand looks like that too, so most of a column's must.
    """
    long = column.filter(column.str.contains(r"^-?[0-9]{16,}$").fill_null(value=False)).unique().to_list()
    lost = [text for text in long if _is_shortened(text)]
    enough = 1 if any(abs(int(text)) >= _EXACT for text in lost) else 3
    if len(lost) < enough or 2 * len(lost) <= len(long):
        return column
    return column.replace(lost, [f"{float(text):.14e}" for text in lost])


def _is_shortened(text: str) -> bool:
    number = int(text)
    return number == int(float(text)) and (abs(number) >= _EXACT or number % 10 == 0)
