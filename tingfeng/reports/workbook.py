"""Mentions as XLSX: typed cells, ids as text, no formulas and no links, and a method sheet at the end."""

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, Final

import polars as pl
from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.worksheet import Worksheet

from tingfeng.home import config
from tingfeng.mentions.guard import guard
from tingfeng.mentions.record import Mark
from tingfeng.reports.columns import COLUMNS, LOCAL_TIME
from tingfeng.reports.method import Line, Tally
from tingfeng.reports.separated import written

#: Rows of a sheet below its header, and characters of a cell: Excel's limits.
ROWS: Final = 1_048_575
CHARACTERS: Final = 32_767

_OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "use_zip64": True,
    "default_date_format": "yyyy-mm-dd hh:mm:ss",
}
_WIDTH: Final = 13
_WIDTHS: Final = {"id": 22, "url": 32, "title": 32, "text": 64, "target_sentiment": 32, "glosses": 32} | dict.fromkeys(
    ("author_name", "published_at", "collected_at", LOCAL_TIME, "hashtags", "subjects", "keywords"), 20
)

_Writer = Callable[[int, int, Any], Any]

#: Characters that XML cannot hold, and each underscore that a reader would take for the beginning of an escaped one.
_TO_ESCAPE: Final = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")

#: Excel's calendar begins here.
_FIRST_DAY: Final = datetime(1900, 1, 1)


def write_xlsx(
    batches: Iterable[pl.DataFrame], out: BinaryIO, tally: Tally, describe: Callable[[Tally], list[Line]]
) -> None:
    """Write all batches (columns of `COLUMNS`) and what `describe` says of the tally; OSError when that fails."""
    with TemporaryDirectory(prefix="tingfeng-") as folder:
        # Packed in its own folder first: a package that fails half-way would go on writing when it is thrown away.
        packed = Path(folder) / "packed.xlsx"
        book = Workbook(packed, _OPTIONS | {"tmpdir": folder})
        sheets = _Sheets(book)
        for batch in batches:
            cells = _cells(batch)
            sheets.add(cells)
            tally.cut += int((cells["marks"] != batch["marks"]).sum())
        sheets.close()
        _write_method(book, describe(tally))
        try:
            book.close()
        except FileCreateError as error:
            raise error.args[0] from error
        with packed.open("rb") as stream:
            copyfileobj(stream, out)


class _ExactSheet(Worksheet):  # type: ignore[misc]  # the library has no types
    """A sheet whose texts are read back as they were (ECMA-376, part 1, 22.9.2.19)."""

    @staticmethod
    def _escape_control_characters(data: object) -> str:
        return _TO_ESCAPE.sub(lambda found: f"_x{ord(found[0]):04X}_", str(data))

    def _xml_rich_inline_string(self, string: str, attributes: list[tuple[str, str]]) -> None:
        """Write a text between `<r>` and `</r>` as text: the library takes it for markup of its own."""
        self._xml_inline_string(string, preserve=False, attributes=attributes)


class _Sheets:
    """The sheets of mentions, a further one whenever one is full."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._bold = book.add_format({"bold": True})
        self._count = 0
        self._begin()

    def add(self, cells: pl.DataFrame) -> None:
        """Write the rows of a frame."""
        while cells.height:
            if self._rows == ROWS:
                self.close()
                self._begin()
            fitting = cells.head(ROWS - self._rows)
            self._write(fitting)
            cells = cells.slice(fitting.height)

    def close(self) -> None:
        """Finish the sheet that is being written."""
        self._sheet.autofilter(0, 0, self._rows, len(COLUMNS) - 1)

    def _begin(self) -> None:
        self._count += 1
        self._rows = 0
        name = "Mentions" if self._count == 1 else f"Mentions {self._count}"
        self._sheet = self._book.add_worksheet(name, _ExactSheet)
        self._sheet.freeze_panes(1, 2)
        self._sheet.ignore_errors({"number_stored_as_text": f"A2:XFD{ROWS + 1}"})
        for place, name in enumerate(COLUMNS):
            self._sheet.set_column(place, place, _WIDTHS.get(name, _WIDTH))
            self._sheet.write_string(0, place, name, self._bold)
        self._writers = [_writer(self._sheet, kind) for kind in _cells(pl.DataFrame(schema=COLUMNS)).dtypes]

    def _write(self, cells: pl.DataFrame) -> None:
        writers = self._writers
        for row, values in enumerate(cells.iter_rows(), self._rows + 1):
            for place, value in enumerate(values):
                if value is not None:
                    writers[place](row, place, value)
        self._rows += cells.height


def _writer(sheet: Worksheet, kind: pl.DataType) -> _Writer:
    writers: dict[Any, _Writer] = {
        pl.String: sheet.write_string,
        pl.Boolean: sheet.write_boolean,
        pl.Datetime("us"): sheet.write_datetime,
    }
    number: _Writer = sheet.write_number
    return writers.get(kind, number)


def _cells(batch: pl.DataFrame) -> pl.DataFrame:
    """`batch` as it goes into cells: UTC times as text, the local time as a date, texts guarded and cut to the limit.

    A row of which something was cut has the mark that says so, and can never overwrite a whole text.
    """
    local = pl.when(batch[LOCAL_TIME] >= _FIRST_DAY).then(batch[LOCAL_TIME]).alias(LOCAL_TIME)
    cells = written(batch).with_columns(local)
    texts = [name for name, kind in COLUMNS.items() if kind == pl.String]
    long = [name for name in texts if (cells[name].str.len_chars() * 2 > CHARACTERS).any()]
    if not long:
        return cells
    fitted = cells.with_columns(pl.Series(name, map(_fitted, cells[name]), pl.String) for name in long)
    cut = pl.select(pl.any_horizontal(fitted[name].ne_missing(cells[name]) for name in long)).to_series()
    return fitted.with_columns(marks=pl.when(cut).then(pl.col("marks") | int(Mark.TEXT_CUT)).otherwise("marks"))


def _fitted(text: str | None) -> str | None:
    """`text`, cut and ended with an ellipsis where it has more UTF-16 units than Excel takes."""
    if text is None or len(text) * 2 <= CHARACTERS:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * CHARACTERS:
        return text
    return units[: 2 * (CHARACTERS - 1)].decode("utf-16-le", "ignore") + "…"


def _write_method(book: Workbook, lines: list[Line]) -> None:
    title = config("method")["title"]
    sheet = book.add_worksheet(title["en"], _ExactSheet)
    sheet.set_column(0, 1, 44)
    sheet.set_column(2, 5, 24)
    bold = book.add_format({"bold": True})
    for place, text in enumerate(title.values()):
        sheet.write_string(0, place, text, bold)
    for row, (english, chinese, values) in enumerate(lines, 1):
        for place, value in enumerate((english, chinese, *values)):
            if isinstance(value, str):
                sheet.write_string(row, place, _fitted(guard(value)) or "")
            else:
                sheet.write_number(row, place, value)
