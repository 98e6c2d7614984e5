"""Which encoding a file has: by its byte-order mark, by its zeros, by trying UTF-8 on all of it, else GB18030."""

import codecs
import io
from typing import BinaryIO, Final

import polars as pl

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PIECE: Final = 2**20
_HEAD: Final = 4096
#: The first byte of a character of several bytes is at least this.
_LEADING: Final = 0xC0
_FEW_ZEROS: Final = 4
#: Text in GB18030 that is taken for UTF-8 is wrong almost everywhere; damaged UTF-8 is right in most places.
_RARE: Final = 2


def encoding(stream: BinaryIO) -> str:
    """The name of the encoding of a text file, as Python's codecs know it."""
    head = stream.read(_HEAD)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    wide = _wide(head)
    if wide:
        return wide
    stream.seek(0)
    return "utf-8" if _is_mostly_utf8(stream) else "gb18030"


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of Latin letters, digits and separators is zero.

    It is hardly ever good UTF-8 as well, unless it is all Latin, and then half of it is zeros.
    """
    even, odd = head[::2].count(0), head[1::2].count(0)
    if _is_mostly_utf8(io.BytesIO(head)) and 4 * (even + odd) < len(head):
        return None
    few = max(_FEW_ZEROS, len(head) // 20)
    if odd > few and odd > 3 * even:
        return "utf-16-le"
    return "utf-16-be" if even > few and even > 3 * odd else None


def _is_mostly_utf8(stream: BinaryIO) -> bool:
    """Whether all of it is UTF-8, or all but a few bytes where the first wrong one stands.

    A cut character at the very end is forgiven: so ends a file that broke off.
    """
    rest = b""
    while piece := stream.read(_PIECE):
        piece = rest + piece
        end = _end(piece)
        if not is_utf8(piece[:end]) or not _begins_well(piece[end:]):
            text = piece.decode("utf-8", "replace")
            return text.count("\ufffd") * _RARE < sum(character > "\x7f" for character in text)
        rest = piece[end:]
    return True


def _end(piece: bytes) -> int:
    """Where the last character begins if it may not be whole, else the end."""
    length = len(piece)
    return next((place for place in range(max(0, length - 3), length) if piece[place] >= _LEADING), length)


def _begins_well(rest: bytes) -> bool:
    """Whether bytes are UTF-8 as far as they go."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(rest)
    except UnicodeDecodeError:
        return False
    return True


def is_utf8(written: bytes) -> bool:
    """Whether all of it is UTF-8. Polars looks at many bytes at a time, which is ten times as fast as decoding."""
    try:
        pl.Series([written], dtype=pl.Binary).cast(pl.String)
    except pl.exceptions.ComputeError:
        return False
    return True
