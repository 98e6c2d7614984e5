"""RSS and Atom: a feed is one document of entries, in the words of feedparser, which reads broken ones too."""

import io
from collections.abc import Iterator, Mapping
from typing import Final

from listeners.contract import Known, NotRecognised
from listeners.nested import Document
from listeners.reading.documents import unfolded
from listeners.reading.records import Table
from listeners.reading.sources import Source

_LARGEST: Final = 2**26
#: What the XML parser says where the text ends too early.
_AT_THE_END: Final = ("no element found", "unclosed token", "unclosed CDATA section", "partial character")


def feed(source: Source, known: Mapping[str, Known]) -> Iterator[Table]:
    """The table of a feed's entries; NotRecognised for XML that is no feed."""
    if source.size > _LARGEST:
        raise NotRecognised("The XML is too large to be a feed", where=source.name)
    with source.open() as stream:
        document = parsed(stream.read())
    name = next((name for name, one in known.items() if document["version"] and one.nested.fits(document)), None)
    if name is None:
        raise NotRecognised("The file is XML or a web page, not a table or a feed", where=source.name)
    yield unfolded("feed", source, name, known[name], iter([(1, document)]))


def parsed(content: bytes, content_type: str | None = None) -> Document:
    """A feed in the words of feedparser; `version` is empty for what is no feed, `cut` tells whether it breaks off.

    `content_type` is what a server says of it: some name the encoding only there.
    """
    import feedparser

    said = {"content-type": content_type} if content_type and "charset" in content_type else None
    found = feedparser.parse(
        io.BytesIO(content), response_headers=said, sanitize_html=False, resolve_relative_uris=False
    )
    cut = str(found.get("bozo_exception")).endswith(_AT_THE_END)
    return {"version": found.get("version", ""), "feed": found.feed, "entries": found.entries, "cut": cut}
