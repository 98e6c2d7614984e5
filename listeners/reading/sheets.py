"""Workbooks: each visible sheet is a table."""

import re
from collections.abc import Iterator
from typing import Final

import polars as pl

from listeners.contract import NotRecognised
from listeners.reading.records import Row, Table, chunks, names
from listeners.reading.separated import header_row
from listeners.reading.sources import Source

_PREAMBLE: Final = 20


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
    """Numbers of which a spreadsheet kept 15 digits, in scientific notation, so that nobody takes them for ids.

    A workbook does not say whether a cell was a number or text. A number is told by having at most 15 significant
    digits and being exactly a double; one text in ten thousand looks like that, so most long ones in a column must.
    """
    long = column.filter(column.str.contains(r"^-?[0-9]{16,}$").fill_null(value=False)).unique().to_list()
    lost = {text: shown for text in long if (shown := _shortened(text))}
    enough = 1 if any(len(text) > 16 for text in lost) else 3
    if len(lost) < enough or 2 * len(lost) <= len(long):
        lost = {text: shown for text, shown in lost.items() if len(text) > 20}
    return column.replace(lost) if lost else column


def _shortened(text: str) -> str | None:
    number = float(text)
    shown = repr(number)
    digits = re.sub(r"e.*|[-.]", "", shown).strip("0")
    return shown if int(number) == int(text) and len(digits) <= 15 else None
