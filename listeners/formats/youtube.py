"""YouTube: answers of the Data API v3 and lists of their items."""

from collections.abc import Iterator

from listeners.layout import LayoutListener
from listeners.nested import Document, Nested, Refusal, Wrong, items
from tingfeng.home import config

_RECORDS = {"youtube#video", "youtube#comment"}


def youtube() -> LayoutListener:
    """Videos (lists, and searches without counts), and comments with the replies that their threads carry."""
    looks = "JSON of the YouTube Data API: objects whose `kind` begins with `youtube#`"
    return LayoutListener.of("youtube", config("listeners/youtube"), Nested(looks, _fits, _records))


def _fits(document: Document) -> bool:
    errors = items(document, "error", "errors")
    return str(document.get("kind")).startswith("youtube#") or any(
        str(error.get("domain")).startswith("youtube") for error in errors
    )


def _records(document: Document) -> Iterator[Document | Wrong]:
    """The items of a page, or the document itself when it is one."""
    if "error" in document:
        raise Refusal(f"the YouTube API answered with an error: {document['error'].get('message')}")
    if "items" not in document:
        yield from _of_item(document)
    for item in items(document, "items"):
        yield from _of_item(item)


def _of_item(item: Document) -> Iterator[Document | Wrong]:
    """A comment and its replies, or a video. A search result names its kind inside of its id, and cuts its text."""
    kind = item.get("kind")
    if kind == "youtube#commentThread":
        snippet = item.get("snippet", {})
        yield snippet.get("topLevelComment", {})
        yield from items(item, "replies", "comments")
    elif kind == "youtube#searchResult" and isinstance(found := item.get("id"), dict):
        snippet = dict(item.get("snippet", {}))
        snippet["excerpt"] = snippet.pop("description", None)
        named = {**item, "kind": found.get("kind"), "id": found.get("videoId"), "snippet": snippet}
        yield named if named["kind"] in _RECORDS else Wrong(f"a search result of the kind {named['kind']}", item)
    else:
        yield item if kind in _RECORDS else Wrong(f"an item of the kind {kind}", item)
