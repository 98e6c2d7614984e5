"""Threads: answers of the Threads API, of a search by words or an account's own posts, and replies."""

from collections.abc import Iterator
from typing import Final

from listeners.formats.meta import id_of, pages
from listeners.layout import LayoutListener
from listeners.nested import Document, has
from tingfeng.home import config

_LOOKS: Final = "JSON of the Threads API: `data` of objects with a `permalink` on threads.com or threads.net"
_OWN: Final = frozenset({"is_reply", "has_replies", "is_quote_post", "topic_tag", "reply_audience"})
_TYPES: Final = frozenset({"TEXT_POST", "REPOST_FACADE"})


def threads() -> LayoutListener:
    """Posts, replies and reposts."""
    return LayoutListener.of("threads", config("listeners/threads"), pages(_LOOKS, _is_item, _item))


def _is_item(document: Document) -> bool:
    link = str(document.get("permalink"))
    known = "threads.com/" in link or "threads.net/" in link or document.get("media_product_type") == "THREADS"
    of_type = str(document.get("media_type")) in _TYPES
    return known or (has(document, "id") and (of_type or (len(_OWN & document.keys()) > 1 and has(document, "text"))))


def _item(item: Document) -> Iterator[Document]:
    """A reply is a comment. A repost has nothing to say of its own; what it repeats is only known by its id."""
    is_reply = item.get("is_reply") is True or bool(item.get("replied_to"))
    is_video = item.get("media_type") == "VIDEO"
    reposted = id_of(item.get("reposted_post"))
    yield {**item, "kind": "comment" if is_reply else "video" if is_video else "post", "reposted": reposted}
