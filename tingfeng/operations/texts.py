"""Texts to score, read row by row from lines, CSV or NDJSON."""

import codecs
import csv
import io
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any, Final, cast

from tingfeng.errors import TingfengError

#: Where the text is when nobody says, best first.
TEXT_COLUMNS: Final = ("text", "content", "内容", "正文", "body", "comment", "评论", "review", "title", "标题")

Row = tuple[str, str]

_HEAD: Final = 1 << 20


@contextmanager
def opened(file: str) -> Iterator[io.TextIOWrapper]:
    """`file` (or standard input for `-`) as text: UTF-8 with or without BOM, UTF-16 with BOM, else GB18030."""
    try:
        raw = sys.stdin.buffer if file == "-" else Path(file).open("rb", buffering=0)  # noqa: SIM115 - closed below
    except OSError as error:
        raise TingfengError(
            f"The file cannot be read: {error.strerror}", where=file, hint="check the path and its permissions"
        ) from error
    binary = io.BufferedReader(cast("io.RawIOBase", raw), _HEAD)
    text = io.TextIOWrapper(binary, encoding=encoding(binary.peek(_HEAD)), errors="replace", newline="\n")
    try:
        yield text
    finally:
        text.detach()
        binary.detach()
        if file != "-":
            raw.close()


def encoding(head: bytes) -> str:
    """The encoding that the first bytes of a file speak for."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8-sig"


def lines(text: io.TextIOWrapper) -> Iterator[Row]:
    """Each line as a text, blank ones too."""
    return ((line.removesuffix("\n").removesuffix("\r"), "") for line in text)


def table(text: io.TextIOWrapper, where: str, column: str | None, target: str | None) -> Iterator[Row]:
    """(text, target) of each row of a CSV or NDJSON file; a missing value is an empty text."""
    first = next((line for line in text if line.strip()), "")
    if not first:
        raise TingfengError("The file is empty", where=where, hint="it needs a header and rows")
    rest = chain([first], text)
    if first.lstrip()[0] in '{"' and is_json(first):
        # Records of one file may have different keys, so a column that the first one lacks is no mistake.
        return pairs(records(rest, where), where, column, target, {column: None, target: None})
    return pairs(csv_rows(rest, first, where), where, column, target, {})


def is_json(line: str) -> bool:
    """Whether `line` is a JSON object or text by itself."""
    try:
        return isinstance(json.loads(line), dict | str)
    except ValueError:
        return False


def records(rest: Iterator[str], where: str) -> Iterator[dict[str, Any]]:
    """The objects of an NDJSON file; a bare string is a record with a text."""
    for number, line in enumerate(rest, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as error:
            raise TingfengError("This line is no JSON", where=f"{where}, record {number}", hint=str(error)) from error
        yield record if isinstance(record, dict) else {"text": record}


def csv_rows(rest: Iterator[str], header: str, where: str) -> Iterator[dict[str, Any]]:
    """The rows of a CSV file, parted by commas, tabs or semicolons, whichever the header has most of."""
    csv.field_size_limit(1 << 30)
    rows = csv.DictReader(rest, delimiter=max(",\t;", key=header.count))
    try:
        yield from rows
    except csv.Error as error:
        raise TingfengError(
            "The table cannot be read", where=f"{where}, line {rows.line_num}", hint=str(error)
        ) from error


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
