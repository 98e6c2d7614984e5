"""JSON: an array of objects, objects line by line, or one object.

Documents of a known format are unfolded into their records; of all others nested values stay JSON in their cell.
Lines are decoded by msgspec. Whatever it does not take, and arrays, by the standard library: it forgives more, and
stops after one value, so that an array streams. Both leave whole numbers exact and fractions as they are written.
"""

import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from io import TextIOWrapper
from itertools import chain, islice
from typing import Any, Final

import msgspec
import polars as pl

from listeners.contract import LINE, Known, Medium, NotRecognised, Refused, Reject
from listeners.nested import Refusal, Wrong, cell, cells
from listeners.privacy import excerpt
from listeners.reading.records import HEAD, Chunk, Row, Table, batches, bounded_lines, frame, names
from listeners.reading.sources import Source


class _Decoder(json.JSONDecoder):
    """Not strict: a control character that somebody forgot to escape stands in the text like any other."""

    def __init__(self, parse_int: Callable[[str], Any] | None = None) -> None:
        super().__init__(parse_float=str, parse_int=parse_int, strict=False)

    def raw_decode(self, s: str, idx: int = 0) -> tuple[Any, int]:
        """The value at `idx` and where it ends; a number that is too long to be one is text."""
        try:
            return super().raw_decode(s, idx)
        except json.JSONDecodeError:
            raise
        except ValueError:
            return _LENIENT.raw_decode(s, idx)


def _number(digits: str) -> int | str:
    return int(digits) if len(digits) < sys.int_info.default_max_str_digits else digits


DECODER: Final = _Decoder()
#: Slower, because it calls a function for each number.
_LENIENT: Final = _Decoder(_number)
_FAST: Final = msgspec.json.Decoder(float_hook=str)
_PIECE: Final = 2**20
_LARGEST_ITEM: Final = 2**26
_LARGEST_DOCUMENT: Final = 2**28
_FIRST_LINES: Final = 20
_BLANK = re.compile(r"[\s,\ufeff]*")
_ESCAPE = re.compile(r"""\\(["\\/bfnrtu])?""")
_NEXT = re.compile(r"\}\s*,\s*(?=\{)")
#: What decoding raises for what is no JSON.
BROKEN: Final = (ValueError, RecursionError)

Found = tuple[int, dict[str, Any]] | Reject


def array(source: Source, known: Mapping[str, Known]) -> Iterator[Table]:
    """The table of an array of objects; `line` is the number of the item."""
    yield from _table("json", source, _items(source), known)


def objects(source: Source, known: Mapping[str, Known]) -> Iterator[Table]:
    """The table of objects line by line, or of one object over several lines."""
    if _by_lines(source):
        yield from _table("ndjson", source, _lines(source), known)
    else:
        yield from _table("json", source, iter([(1, _whole(source))]), known)


def _by_lines(source: Source) -> bool:
    """Whether one of the first lines is an object of its own, and all together are not."""
    with source.open_text() as text:
        lines = (line.strip("\ufeff\r\n ") for line in islice(bounded_lines(text, _LARGEST_ITEM), _FIRST_LINES))
        if _object(next(lines)):
            return True
        if source.size > _LARGEST_DOCUMENT or not any(map(_object, lines)):
            return False
    try:
        _whole(source)
    except NotRecognised:
        return True
    return False


def _whole(source: Source) -> Any:
    """The value that the whole file is; NotRecognised when it is broken or too large to be one."""
    if source.size > _LARGEST_DOCUMENT:
        hint = "write one object a line, or an array"
        raise NotRecognised("The JSON is one object that is too large", where=source.name, hint=hint)
    with source.open_text() as stream:
        text = stream.read().lstrip("\ufeff")
    try:
        return DECODER.decode(text)
    except BROKEN:
        with suppress(*BROKEN):
            return DECODER.decode(_ESCAPE.sub(_meant, text))
    raise NotRecognised("The JSON is broken", where=source.name, hint="export the file again")


def _meant(escape: re.Match[str]) -> str:
    """An escape as it is; a backslash that escapes nothing, as GDELT writes them, is nothing, as in JavaScript."""
    return escape[0] if escape[1] else ""


def _object(line: str) -> bool:
    try:
        return line.startswith("{") and isinstance(_decoded(line), dict)
    except BROKEN:
        return False


def _lines(source: Source) -> Iterator[Found]:
    with source.open_text() as text:
        for number, line in enumerate(bounded_lines(text, _LARGEST_ITEM), 1):
            plain = line.strip("\ufeff\r\n \t")
            if plain:
                yield _one_line(number, plain)


def _one_line(number: int, line: str) -> Found:
    try:
        value = _decoded(line)
    except BROKEN:
        return Reject(number, "the line is not JSON", excerpt(line))
    return (number, value) if isinstance(value, dict) else Reject(number, "the line is no object", excerpt(line))


def _decoded(line: str) -> Any:
    """The value of a whole line; ValueError or RecursionError when it is broken."""
    try:
        return _FAST.decode(line)
    except (msgspec.DecodeError, UnicodeEncodeError):
        return DECODER.decode(line)


class _Stream:
    """JSON text of which one value after the other is taken, while only the piece in hand is in memory."""

    def __init__(self, text: TextIOWrapper) -> None:
        self._text = text
        self._piece = ""
        self._start = 0

    def peek(self) -> str:
        """The next character behind blanks and commas, empty at the end."""
        while True:
            found = _BLANK.match(self._piece, self._start)
            self._start = found.end() if found else self._start
            if self._start < len(self._piece) or not self._more():
                return self._piece[self._start : self._start + 1]

    def value(self) -> Any:
        """The next value; ValueError or RecursionError when it is broken."""
        while True:
            try:
                value, end = DECODER.raw_decode(self._piece, self._start)
            except BROKEN:
                if len(self._piece) - self._start > _LARGEST_ITEM or not self._more():
                    raise
                continue
            if end < len(self._piece):
                self._start = end
                return value
            if not self._more():
                self._start = len(self._piece)
                return value

    def skip(self, characters: int = 0) -> str:
        """Go on behind so many characters, or without a number, at the next object; the text that was skipped."""
        start = self._start
        found = None if characters else _NEXT.search(self._piece, start)
        self._start = start + characters if characters else found.end() if found else len(self._piece)
        return self._piece[start : self._start]

    def _more(self) -> bool:
        """Read on, at least as much again as is pending; whether there was anything."""
        pending = self._piece[self._start :]
        read = self._text.read(max(_PIECE, len(pending)))
        self._piece, self._start = pending + read, 0
        return bool(read)


def _items(source: Source) -> Iterator[Found]:
    """The items of an array; what is broken is rejected up to the next object."""
    with source.open_text() as text:
        yield from _items_of(_Stream(text))


def _items_of(stream: _Stream) -> Iterator[Found]:
    stream.peek()
    stream.skip(len("["))
    number = 0
    while stream.peek() not in {"", "]"}:
        number += 1
        try:
            value = stream.value()
        except BROKEN:
            yield Reject(number, "the JSON breaks off or is broken here", excerpt(stream.skip()))
            continue
        yield (
            (number, value)
            if isinstance(value, dict)
            else Reject(number, "the item is no object", excerpt(cell(value) or ""))
        )


def _table(medium: Medium, source: Source, found: Iterator[Found], known: Mapping[str, Known]) -> Iterator[Table]:
    """One table of all objects; NotRecognised when there is none among the first."""
    head: list[Found] = []
    for item in islice(found, HEAD):
        head.append(item)
        if not isinstance(item, Reject):
            name = next((name for name, one in known.items() if one.nested.fits(item[1])), None)
            if name:
                yield unfolded(medium, source, name, known[name], chain(head, found))
                return
            break
    yield _flat(medium, source, chain(head, found))


def _flat(medium: Medium, source: Source, found: Iterator[Found]) -> Table:
    """Objects that are records themselves; what is nested in them stays JSON."""
    chunks = (_chunk(batch, source.name) for batch in batches(found))
    first = next(chunks, None)
    header = tuple(name for name in first.records.columns if name != LINE) if first else ()
    if first is None or not header:
        raise NotRecognised("The JSON holds no records", where=source.name)
    return Table(medium, header, first, (_aligned(chunk, header) for chunk in chunks))


def unfolded(medium: Medium, source: Source, name: str, known: Known, found: Iterator[Found]) -> Table:
    """The records of nested documents."""
    numbered = medium != "ndjson"
    rows = _records(found, known, source.name, name)
    chunks = (_rows(batch, known.paths, numbered=numbered) for batch in batches(enumerate(rows, 1)))
    first = next(chunks, _rows([], known.paths, numbered=numbered))
    return Table(medium, tuple(known.paths), first, chunks, format=name)


def _records(found: Iterator[Found], known: Known, where: str, name: str) -> Iterator[Row | Reject]:
    """A row or a reject for each record of `found`, at the line of its document.

    Refused when the first document says that there is nothing to read; a later one that says so is a reject. Refused
    as well where all documents together hold nothing.
    """
    empty = True
    for row in _of_documents(found, known, where, name):
        empty = False
        yield row
    if empty:
        raise Refused("the answer is empty: there are no records in it", where=where, format=name)


def _of_documents(found: Iterator[Found], known: Known, where: str, name: str) -> Iterator[Row | Reject]:
    take = cells(known.paths)
    several = False
    for item in found:
        if isinstance(item, Reject):
            yield item
            continue
        line, document = item
        if not known.nested.fits(document):
            yield Reject(line, f"the record is not of the format {name}", _raw(document))
            continue
        try:
            for record in known.nested.records(document):
                if isinstance(record, Wrong):
                    yield Reject(line, record.reason, _raw(record.record))
                else:
                    yield Row(line, take(record))
        except Refusal as refusal:
            if not several:
                raise Refused(str(refusal), where=where, format=name) from None
            yield Reject(line, str(refusal), _raw(document))
        several = True


def _rows(batch: list[tuple[int, Row | Reject]], paths: Sequence[str], *, numbered: bool) -> Chunk:
    """Some records as a frame; where a file is one document or an array, `line` is the number of the record."""
    good: list[Row] = []
    rejects: list[Reject] = []
    for number, row in batch:
        line = number if numbered else row.line
        if isinstance(row, Reject):
            rejects.append(replace(row, line=line))
        elif any(row.cells):
            good.append(Row(line or 0, row.cells))
        else:
            rejects.append(Reject(line, "empty record", "{}"))
    return Chunk(frame(paths, [row.line for row in good], [row.cells for row in good]), rejects)


def _raw(record: dict[str, Any]) -> str:
    """A record that is none as it is put aside: its start, without what leads to a person."""
    return excerpt(cell(record) or "")


def _chunk(batch: list[Found], where: str) -> Chunk:
    rejects = [item for item in batch if isinstance(item, Reject)]
    items = [item for item in batch if not isinstance(item, Reject)]
    rejects += [Reject(number, "empty record", "{}") for number, item in items if _is_empty(item)]
    full = [(number, item) for number, item in items if not _is_empty(item)]
    keys = dict.fromkeys(key for _, item in full for key in item)
    header = names(keys, where)
    rows = [[cell(item.get(key)) for key in keys] for _, item in full]
    return Chunk(frame(header, [number for number, _ in full], rows), rejects)


def _is_empty(item: dict[str, Any]) -> bool:
    return all(value is None or value == "" for value in item.values())


def _aligned(chunk: Chunk, header: tuple[str, ...]) -> Chunk:
    """With all columns of `header`; columns that the first records did not have stay behind them."""
    missing = [pl.lit(None, dtype=pl.String).alias(name) for name in header if name not in chunk.records.columns]
    return Chunk(chunk.records.with_columns(missing), chunk.rejects)
