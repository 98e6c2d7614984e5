"""Instagram: answers of the Graph API, to questions for hashtags, tags, mentions, accounts and comments."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from listeners.formats.meta import id_of, pages, replies
from listeners.layout import LayoutListener
from listeners.nested import Document, Nested, Records, Wrong, items
from tingfeng.home import config

_LOOKS: Final = "JSON of Instagram's Graph API: `data` of objects with `media_type` or an address on instagram.com"
#: Answers to questions about one account or one mention hold what is asked for under these names.
_ASKED: Final = ("mentioned_media", "mentioned_comment", "business_discovery")
#: What the API says of a comment when nobody asks for more, and what else it can say.
_WORDS: Final = frozenset({"id", "text", "timestamp"})
_COMMENT: Final = _WORDS | {"username", "like_count", "replies", "from", "user", "media", "parent_id", "hidden"}
_TYPES: Final = frozenset({"IMAGE", "VIDEO", "CAROUSEL_ALBUM", "FEED", "REELS", "STORY", "AD"})
#: What collectors write, and the API never.
_FOREIGN: Final = frozenset({"ownerUsername", "postUrl", "shortCode"})


def instagram() -> LayoutListener:
    """Media, and comments with their replies."""
    found = pages(_LOOKS, _is_item, _item)
    return LayoutListener.of("instagram", config("listeners/instagram"), _with_questions(found))


def _with_questions(found: Nested) -> Nested:
    """Documents that hold the answer to a question about an account or a mention too."""

    def fits(document: Document) -> bool:
        return _asked(document) is not None or (found.fits(document) and not document.keys() <= _WORDS)

    def records(document: Document) -> Records:
        name = _asked(document)
        if name is None:
            return found.records(document)
        return _account(document[name]) if name == "business_discovery" else _item(document[name])

    return replace(found, fits=fits, records=records)


def _asked(document: Document) -> str | None:
    """What a document answers, if it answers such a question."""
    return next((name for name in _ASKED if isinstance(document.get(name), dict)), None)


def _is_item(document: Document) -> bool:
    """A medium or a comment; those of Threads and of collectors look alike."""
    if "threads." in str(document.get("permalink")) or document.get("media_product_type") == "THREADS":
        return False
    if "id" not in document or _FOREIGN & document.keys():
        return False
    medium = "instagram.com/" in str(document.get("permalink")) or _TYPES & {
        str(document.get(name)) for name in ("media_type", "media_product_type")
    }
    return bool(medium) or (_WORDS <= document.keys() <= _COMMENT and str(document["timestamp"]).endswith("+0000"))


def _account(account: Document) -> Iterator[Document | Wrong]:
    """The media of an account that was asked for by its name; the account stands once above them."""
    known = {"username": account.get("username"), "owner": {"id": account.get("id")}}
    for medium in items(account, "media", "data"):
        for one in _item({**known, **medium}):
            if isinstance(one, Wrong) or one["kind"] == "comment":
                yield one
            else:
                yield {**one, "followers": account.get("followers_count")}


def _item(item: Document) -> Iterator[Document | Wrong]:
    if item.get("media_product_type") == "AD":
        yield Wrong("an advertisement", item)
        return
    is_comment = "text" in item and "caption" not in item and "media_type" not in item
    yield from _comment(item, None, None, None) if is_comment else _medium(item)


def _medium(item: Document) -> Iterator[Document]:
    link = item.get("permalink")
    is_video = item.get("media_type") == "VIDEO" or item.get("media_product_type") == "REELS"
    yield {**item, "kind": "video" if is_video else "post", "link": link}
    for comment in replies(item, "comments"):
        yield from _comment(comment, id_of(item), None, link)


def _comment(item: Document, medium: str | None, parent: str | None, link: str | None) -> Iterator[Document]:
    """A comment and its replies; its address is the medium's."""
    medium = medium or id_of(item.get("media"))
    parent = parent or item.get("parent_id")
    yield {**item, "kind": "comment", "medium": medium, "parent_id": parent, "link": link}
    for reply in replies(item, "replies"):
        yield from _comment(reply, medium, id_of(item), link)
