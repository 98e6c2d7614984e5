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
    return str(document.get("kind")).startswith("youtube#") or any(
        str(error.get("domain")).startswith("youtube") for error in items(document, "error", "errors")
    )


def _records(document: Document) -> Iterator[Document | Wrong]:
    """The items of a page, or the document itself when it is one."""
    error = document.get("error")
    if isinstance(error, dict):
        raise Refusal(f"the YouTube API answered with an error: {error.get('message')}")
    if "items" not in document:
        yield from _of_item(document)
    for item in items(document, "items"):
        yield from _of_item(item)


def _of_item(item: Document) -> Iterator[Document | Wrong]:
    """A comment and its replies, or a video. A search result names its kind inside of its id, and may cut its text."""
    kind, snippet = str(item.get("kind")), item.get("snippet")
    if kind == "youtube#commentThread":
        comment = snippet.get("topLevelComment") if isinstance(snippet, dict) else None
        yield comment if isinstance(comment, dict) else Wrong("a thread without its comment", item)
        yield from items(item, "replies", "comments")
    elif kind == "youtube#searchResult" and isinstance(found := item.get("id"), dict):
        cut = isinstance(snippet, dict) and str(snippet.get("description")).endswith("...")
        named = {**item, "kind": str(found.get("kind")), "id": found.get("videoId"), "cut": cut}
        yield named if named["kind"] in _RECORDS else Wrong(f"a search result of the kind {named['kind']}", item)
    else:
        yield item if kind in _RECORDS else Wrong(f"an item of the kind {kind}", item)
