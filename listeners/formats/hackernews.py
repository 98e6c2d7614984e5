"""Hacker News: answers of Algolia's search, and lists of their hits."""

from collections.abc import Iterator

from listeners.layout import LayoutListener
from listeners.nested import Document, Nested, has, items
from tingfeng.home import config


def hackernews() -> LayoutListener:
    """Stories and comments; the first of the `_tags` says which."""
    looks = "JSON of the Hacker News search: `hits`, or objects with `objectID` and `_tags`"
    return LayoutListener.of("hackernews", config("listeners/hackernews"), Nested(looks, _fits, _records))


def _fits(document: Document) -> bool:
    if has(document, "hits", "nbHits"):
        return document["hits"] == [] or any(map(_is_hit, items(document, "hits")))
    return _is_hit(document)


def _is_hit(document: Document) -> bool:
    return has(document, "objectID", "_tags", "created_at_i")


def _records(document: Document) -> Iterator[Document]:
    for hit in items(document, "hits") if "hits" in document else [document]:
        tags = hit.get("_tags")
        yield hit | {"kind": "comment" if isinstance(tags, list) and "comment" in tags else "story"}
