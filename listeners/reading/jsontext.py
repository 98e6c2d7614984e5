"""JSON text as values: line by line, item by item of an array, or one whole.

What msgspec takes is decoded by it, a block of lines or a whole array at once. Anything else is decoded by the standard
library: it forgives more, and stops after one value, so that a large array streams and what is broken costs one record.
Both leave whole numbers exact and fractions as they are written.
"""

import json
import re
import sys
from codecs import BOM_UTF8
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from io import TextIOWrapper
from itertools import islice
from typing import Any, Final

import msgspec

from listeners.contract import NotRecognised, Reject
from listeners.nested import cell
from listeners.privacy import excerpt
from listeners.reading.encoding import is_utf8
from listeners.reading.records import bounded_lines
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
#: An array of this size may be in memory as a whole.
_SMALL: Final = 2**26
_LARGEST_DOCUMENT: Final = 2**28
_FIRST_LINES: Final = 20
_BLANK = re.compile(r"[\s,\ufeff]*")
_ESCAPE = re.compile(r"""\\(["\\/bfnrtu])?""")
_NEXT = re.compile(r"\}\s*,\s*(?=\{)")
#: What msgspec raises for what it does not take.
_NOT_FAST: Final = (msgspec.DecodeError, UnicodeEncodeError, RecursionError)
#: What decoding raises for what is no JSON.
BROKEN: Final = (ValueError, RecursionError)

#: An object, numbered by its line or by its place in the array; or what should have been one.
Found = tuple[int, dict[str, Any]] | Reject


def by_lines(source: Source) -> bool:
    """Whether one of the first lines is an object of its own, and all together are not."""
    with source.open_text() as text:
        lines = (line.strip("\ufeff\r\n ") for line in islice(bounded_lines(text, _LARGEST_ITEM), _FIRST_LINES))
        if _object(next(lines)):
            return True
        if source.size > _LARGEST_DOCUMENT or not any(map(_object, lines)):
            return False
    try:
        whole(source)
    except NotRecognised:
        return True
    return False


def whole(source: Source) -> Any:
    """The value that the whole file is; NotRecognised when it is broken or too large to be one."""
    if source.size > _LARGEST_DOCUMENT:
        hint = "write one object a line, or an array"
        raise NotRecognised("The JSON is one object that is too large", where=source.name, hint=hint)
    with source.open_text() as stream:
        text = stream.read().lstrip("\ufeff")
    with suppress(*BROKEN):
        return decoded(text)
    raise NotRecognised("The JSON is broken", where=source.name, hint="export the file again")


def decoded(text: str) -> Any:
    """The value of a whole text, in which a backslash may escape nothing; one of BROKEN when it is none."""
    try:
        return DECODER.decode(text)
    except BROKEN:
        return DECODER.decode(_ESCAPE.sub(_meant, text))


def _meant(escape: re.Match[str]) -> str:
    """An escape as it is; a backslash that escapes nothing, as GDELT writes them, is nothing, as in JavaScript."""
    return escape[0] if escape[1] else ""


def _object(line: str) -> bool:
    try:
        return line.startswith("{") and isinstance(_decoded(line), dict)
    except BROKEN:
        return False


def lines(source: Source) -> Iterator[Found]:
    """The objects of a file with one a line, numbered by their lines."""
    start, number = 0, 1
    if source.is_utf8:
        start, number = yield from _fast_start(source)
    with source.open_text(start) as text:
        for block in _blocks(text):
            yield from _of_lines(block, number)
            number += len(block)


def _fast_start(source: Source) -> Generator[Found, None, tuple[int, int]]:
    """The objects of the first lines while nothing is odd about them: UTF-8 and read by msgspec, so many bytes at once.

    Returns how many bytes and which line number then follow.
    """
    start, number = 0, 1
    with source.open() as file:
        while block := file.read(_PIECE):
            if not block.endswith(b"\n"):
                block += file.readline(_LARGEST_ITEM)
            values = _values(block) if block.endswith(b"\n") and b"\r" not in block and is_utf8(block) else []
            if not values or len(values) != block.count(b"\n"):
                break
            yield from enumerate(values, number)
            start, number = start + len(block), number + len(values)
    return start, number


def _values(block: bytes | str) -> list[dict[str, Any]]:
    """The objects of some lines; none where one of these is odd."""
    try:
        values = _FAST.decode_lines(block)
    except _NOT_FAST:
        return []
    return values if all(type(value) is dict for value in values) else []


def _blocks(text: TextIOWrapper) -> Iterator[list[str]]:
    """The lines of a text, some at a time; only the start of one that is too long for memory."""
    rest, cut = "", False
    while piece := text.read(_PIECE):
        if piece.endswith("\r"):
            piece += text.read(1)
        *block, last = (piece.replace("\r\n", "\n").replace("\r", "\n") if "\r" in piece else piece).split("\n")
        if not block:
            last = rest if cut else rest + last
        else:
            yield [rest if cut else rest + block[0], *block[1:]]
            cut = False
        cut = cut or len(last) > _LARGEST_ITEM
        rest = last[:_LARGEST_ITEM]
    if rest:
        yield [rest]


def _of_lines(block: list[str], first: int) -> Iterator[Found]:
    """The objects of some lines: of all at once where nothing is odd about them."""
    values = _values("\n".join(block))
    if len(values) == len(block):
        yield from enumerate(values, first)
        return
    for number, line in enumerate(block, first):
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
    except _NOT_FAST:
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


def items(source: Source) -> Iterator[Found]:
    """The items of an array; what is broken is rejected up to the next object."""
    if source.size <= _SMALL:
        try:
            values = _FAST.decode(_content(source))
        except _NOT_FAST:
            pass
        else:
            yield from (_item(number, value) for number, value in enumerate(values, 1))
            return
    with source.open_text() as text:
        yield from _items_of(_Stream(text))


def _content(source: Source) -> bytes | str:
    """All of a file, as bytes where these are UTF-8."""
    with source.open() as file:
        written = file.read().removeprefix(BOM_UTF8)
    if source.is_utf8 and is_utf8(written):
        return written
    with source.open_text() as text:
        return text.read().lstrip("\ufeff")


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
        yield _item(number, value)


def _item(number: int, value: Any) -> Found:
    if isinstance(value, dict):
        return number, value
    return Reject(number, "the item is no object", excerpt(cell(value) or ""))
