"""RSS and Atom: a feed is one document of entries, in the words of feedparser, which reads broken ones too."""

import io
from collections.abc import Iterator, Mapping
from typing import Final

from listeners.contract import Known, NotRecognised
from listeners.reading.documents import unfolded
from listeners.reading.records import Table
from listeners.reading.sources import Source

_LARGEST: Final = 2**26


def feed(source: Source, known: Mapping[str, Known]) -> Iterator[Table]:
    """The table of a feed's entries; NotRecognised for XML that is no feed."""
    import feedparser

    if source.size > _LARGEST:
        raise NotRecognised("The XML is too large to be a feed", where=source.name)
    with source.open() as stream:
        content = io.BytesIO(stream.read())
    parsed = feedparser.parse(content, sanitize_html=False, resolve_relative_uris=False)
    document = {"version": parsed.version, "feed": parsed.feed, "entries": parsed.entries}
    name = next((name for name, one in known.items() if parsed.version and one.nested.fits(document)), None)
    if name is None:
        raise NotRecognised("The file is XML or a web page, not a table or a feed", where=source.name)
    yield unfolded("feed", source, name, known[name], iter([(1, document)]))
