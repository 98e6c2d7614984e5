"""Facebook: answers of the Graph API, of a page's feed or of the comments below a post."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from listeners.formats.meta import id_of, is_empty, is_error, pages, refuse, replies
from listeners.layout import LayoutListener
from listeners.nested import Document, Nested, Records, items
from tingfeng.home import config

_LOOKS: Final = "JSON of Facebook's Graph API: `data` of objects with `created_time` and `message` or `permalink_url`"
_WORDS: Final = frozenset({"message", "story", "permalink_url", "attachments"})
#: How the API writes times, unless it is asked for epochs.
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000|\d{10}")
_COMMENTED = re.compile(r"[?&](?:reply_)?comment_id=(\d+)")
_POST = re.compile(r"/(?:posts|videos|photos|permalink)/(?:[^?#]*/)?(\d+)|[?&](?:story_fbid|fbid|v)=(\d+)")


def facebook() -> LayoutListener:
    """Posts and comments, with the comments that posts carry and the replies that comments carry."""
    found = pages(_LOOKS, _is_item, _item)
    return LayoutListener.of("facebook", config("listeners/facebook"), _with_refusals(found))


def _with_refusals(found: Nested) -> Nested:
    """Facebook's listener also speaks for errors and empty pages, which all of Meta's platforms have."""

    def records(document: Document) -> Records:
        refuse(document)
        return found.records(document)

    return replace(
        found,
        fits=lambda document: is_error(document) or is_empty(document) or found.fits(document),
        records=records,
    )


def _is_item(document: Document) -> bool:
    told = bool(_WORDS & document.keys()) or isinstance(document.get("from"), dict)
    return told and bool(_TIME.fullmatch(str(document.get("created_time"))))


def _item(item: Document) -> Iterator[Document]:
    """A post or a comment. A comment is known by its address, or by what only comments have."""
    link = str(item.get("permalink_url"))
    is_comment = bool(_COMMENTED.search(link)) or bool({"comment_count", "like_count", "parent"} & item.keys())
    yield from _comment(item, None, None) if is_comment else _post(item)


def _post(item: Document) -> Iterator[Document]:
    """A post and its comments. Its id stands behind the page's, and alone in addresses; here it is always alone."""
    post = _last(item.get("id"))
    shown = items(item, "attachments", "data")
    described = next((one["description"] for one in shown if one.get("description")), None)
    is_video = "video" in str(item.get("status_type")) or any("video" in str(one.get("media_type")) for one in shown)
    yield {**item, "id": post, "kind": "video" if is_video else "post", "described": described}
    for comment in replies(item, "comments"):
        yield from _comment(comment, post, None)


def _comment(item: Document, post: str | None, parent: str | None) -> Iterator[Document]:
    """A comment and its replies; ids that nobody asked the API for stand in the address."""
    link = str(item.get("permalink_url"))
    named = _COMMENTED.findall(link)
    above = _POST.search(link)
    own = _last(item.get("id")) or (named[-1] if named else None)
    first, mark, _ = str(item.get("id") or "").partition("_")
    post = post or (above and (above[1] or above[2])) or (first if mark else None)
    parent = parent or _last(id_of(item.get("parent"))) or (named[0] if len(named) > 1 else None)
    yield {**item, "id": own, "kind": "comment", "post": post, "answers": parent}
    for reply in replies(item, "comments"):
        yield from _comment(reply, post, own)


def _last(written: object) -> str | None:
    """The last part of an id like `page_post` or `post_comment`."""
    return str(written).rsplit("_", 1)[-1] if written else None
