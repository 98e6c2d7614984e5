"""JSON: an array of objects, objects line by line, or one object; nested values stay JSON in their cell.

The standard library decodes here: it stops after one value, so that an array streams, leaves whole numbers exact and
fractions as they are written, and is as fast as any other on Chinese text.
"""

import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from io import TextIOWrapper
from itertools import islice
from typing import Any, Final

import polars as pl

from listeners.contract import LINE, Medium, NotRecognised, Reject
from listeners.privacy import excerpt
from listeners.reading.records import Cell, Chunk, Table, batches, bounded_lines, frame, names
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
_PIECE: Final = 2**20
_LARGEST_ITEM: Final = 2**26
_LARGEST_DOCUMENT: Final = 2**28
_FIRST_LINES: Final = 20
_BLANK = re.compile(r"[\s,\ufeff]*")
_NEXT = re.compile(r"\}\s*,\s*(?=\{)")
#: What decoding raises for what is no JSON.
BROKEN: Final = (ValueError, RecursionError)

Found = tuple[int, dict[str, Any]] | Reject


def array(source: Source) -> Iterator[Table]:
    """The table of an array of objects; `line` is the number of the item."""
    yield from _table("json", source, _items(source))


def objects(source: Source) -> Iterator[Table]:
    """The table of objects line by line, or of one object over several lines."""
    if _by_lines(source):
        yield from _table("ndjson", source, _lines(source))
    else:
        yield from _table("json", source, iter([(1, _whole(source))]))


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
    with source.open_text() as text:
        try:
            return DECODER.decode(text.read().lstrip("\ufeff"))
        except BROKEN as error:
            raise NotRecognised("The JSON is broken", where=source.name, hint="export the file again") from error


def _object(line: str) -> bool:
    try:
        return line.startswith("{") and isinstance(DECODER.decode(line), dict)
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
        value = DECODER.decode(line)
    except BROKEN:
        return Reject(number, "the line is not JSON", excerpt(line))
    return (number, value) if isinstance(value, dict) else Reject(number, "the line is no object", excerpt(line))


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
            else Reject(number, "the item is no object", excerpt(_cell(value) or ""))
        )


def _table(medium: Medium, source: Source, found: Iterator[Found]) -> Iterator[Table]:
    """One table of all objects; NotRecognised when there is none among the first."""
    chunks = (chunk(batch, source.name) for batch in batches(found))
    first = next(chunks, None)
    header = tuple(name for name in first.records.columns if name != LINE) if first else ()
    if first is None or not header:
        raise NotRecognised("The JSON holds no records", where=source.name)
    yield Table(medium, header, first, (_aligned(chunk, header) for chunk in chunks))


def chunk(batch: Sequence[Found], where: str) -> Chunk:
    """Numbered objects as a frame, and those that are none as rejects; NotRecognised for endlessly many columns."""
    rejects = [item for item in batch if isinstance(item, Reject)]
    items = [item for item in batch if not isinstance(item, Reject)]
    rejects += [Reject(number, "empty record", "{}") for number, item in items if _is_empty(item)]
    full = [(number, item) for number, item in items if not _is_empty(item)]
    keys = dict.fromkeys(key for _, item in full for key in item)
    header = names(keys, where)
    cells = [[_cell(item.get(key)) for key in keys] for _, item in full]
    return Chunk(frame(header, [number for number, _ in full], cells), rejects)


def _is_empty(item: dict[str, Any]) -> bool:
    return all(value is None or value == "" for value in item.values())


def _aligned(chunk: Chunk, header: tuple[str, ...]) -> Chunk:
    """With all columns of `header`; columns that the first records did not have stay behind them."""
    missing = [pl.lit(None, dtype=pl.String).alias(name) for name in header if name not in chunk.records.columns]
    return Chunk(chunk.records.with_columns(missing), chunk.rejects)


def _cell(value: Any) -> Cell:
    """A value as text: a whole number exactly, what is nested as JSON."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
