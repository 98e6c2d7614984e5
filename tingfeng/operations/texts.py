"""Texts to score, read row by row from lines, CSV or NDJSON."""

from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import Any, Final

from listeners.reading import Source
from listeners.reading.jsontext import BROKEN, DECODER
from listeners.reading.medium import shape
from listeners.reading.records import names
from listeners.reading.separated import records, separator_of
from tingfeng.errors import TingfengError

#: Where the text is when nobody says, best first.
TEXT_COLUMNS: Final = ("text", "content", "内容", "正文", "body", "comment", "评论", "review", "title", "标题")

Row = tuple[str, str]


def lines(source: Source) -> Iterator[Row]:
    """Each line as a text, blank ones too."""
    with source.open_text() as text:
        text.reconfigure(newline="\n")
        for line in text:
            yield line.removesuffix("\n").removesuffix("\r"), ""


def table(source: Source, column: str | None, target: str | None) -> Iterator[Row]:
    """(text, target) of each row of a CSV or NDJSON file; a missing value is an empty text."""
    found = shape(source)
    if found == "objects":
        # Records of one file may have different keys, so a column that the first one lacks is no mistake.
        return pairs(json_rows(source), source.name, column, target, {column: None, target: None})
    if found == "separated":
        return pairs(csv_rows(source), source.name, column, target, {})
    what = "The file is empty" if found == "empty" else "The file is neither CSV nor NDJSON"
    raise TingfengError(what, where=source.name, hint="it needs a header and rows")


def json_rows(source: Source) -> Iterator[dict[str, Any]]:
    """The objects of an NDJSON file; a bare string is a record with a text."""
    with source.open_text() as text:
        for number, line in enumerate(filter(str.strip, text), 1):
            try:
                record = DECODER.decode(line.strip())
            except BROKEN as error:
                where = f"{source.name}, record {number}"
                raise TingfengError("This line is no JSON", where=where, hint=str(error)) from error
            yield record if isinstance(record, dict) else {"text": record}


def csv_rows(source: Source) -> Iterator[dict[str, Any]]:
    """The rows of a CSV file below its header, blank ones too."""
    separator = separator_of(source)
    rows = records(source, separator)
    header = names(next((row.cells for row in rows if any(row.cells)), ()), source.name)
    for row in rows:
        # Where there is one column, a separator is part of the text that nobody quoted.
        cells = row.cells if len(header) > 1 else [separator.join(cell or "" for cell in row.cells)]
        yield dict(zip(header, cells, strict=False))


def pairs(
    rows: Iterator[dict[str, Any]], where: str, column: str | None, target: str | None, allowed: dict[Any, Any]
) -> Iterator[Row]:
    """(text, target) of each record; the columns must be `allowed` or stand in the first record."""
    first = next(rows, None)
    if first is None:
        return
    text_of = getter(allowed | first, column or guessed(first, where), where)
    target_of = getter(allowed | first, target, where) if target else (lambda _: "")
    for row in chain([first], rows):
        yield text_of(row), target_of(row)


def guessed(first: dict[Any, Any], where: str) -> str:
    """The column that holds the text, by its usual names."""
    names = {str(name).strip().casefold(): name for name in first if name}
    for name in TEXT_COLUMNS:
        if name in names:
            return str(names[name])
    if len(names) == 1:
        return str(*names.values())
    raise TingfengError(
        "It is not clear which column holds the text", where=where, hint=f"--column {' or '.join(names)}"
    )


def getter(first: dict[Any, Any], column: str, where: str) -> Callable[[Mapping[str, Any]], str]:
    """Reads `column` of a record as text."""
    if column not in first:
        known = ", ".join(str(name) for name in first if name)
        raise TingfengError(f"There is no column {column!r}", where=where, hint=f"there is {known}")

    def get(row: Mapping[str, Any]) -> str:
        value = row.get(column)
        return "" if value is None else str(value)

    return get
