"""What kind of file it is, by its first bytes."""

import codecs
import re
from typing import Final, Literal

from listeners.reading.sources import Source

Shape = Literal["empty", "binary", "xlsx", "parquet", "xml", "page", "array", "objects", "separated"]

_MAGIC: Final[tuple[tuple[bytes, Shape], ...]] = (
    (b"PK\x03\x04", "xlsx"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xlsx"),
    (b"PAR1", "parquet"),
)
_TEXTUAL: Final[dict[str, Shape]] = {"<": "xml", "[": "array", "{": "objects"}
#: How a page begins, behind declarations and remarks; feeds hold tables too, but in their texts.
_PAGE = re.compile(r"(?is)[\s\ufeff]*(?:<[?!].*?>\s*)*<(?:html|head|meta|body|style|table|div|center)\b")
_HEAD: Final = 65536
_SOME: Final = 8
#: What a text hardly ever has: most control characters, and bytes that are no character of its encoding.
_CONTROLS: Final = frozenset({*map(chr, range(32)), "\ufffd"}) - frozenset("\t\n\r\f\x1b\x1a")


def shape(source: Source) -> Shape:
    """How `source` is to be read."""
    with source.open() as stream:
        head = stream.read(16)
    for magic, found in _MAGIC:
        if head.startswith(magic):
            return found
    with source.open_text() as text:
        start = text.read(_HEAD)
    if not start.strip("\ufeff \t\r\n"):
        return "empty"
    odd = sum(map(start.count, _CONTROLS))
    if odd > _SOME + len(start) // 20 and not head.startswith(codecs.BOM_UTF8):
        return "binary"
    if _PAGE.match(start) and "<table" in start.lower():
        return "page"
    return _TEXTUAL.get(start.lstrip("\ufeff \t\r\n")[0], "separated")
