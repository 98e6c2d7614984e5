"""LinkedIn: answers of the Posts API and of its comments, and the export of a page's posts."""

import re
from collections.abc import Iterator
from typing import Final

from listeners.layout import LayoutListener
from listeners.nested import Document, Nested, Refusal, Wrong, has, items
from tingfeng.home import config

_LOOKS: Final = "JSON of LinkedIn's Posts API: `elements` of posts with `author` and `commentary`, or of comments"
#: Little text: `{hashtag|\\#|tea}`, `@[Kova](urn:li:organization:1)`, and a backslash before each reserved sign.
_HASHTAG = re.compile(r"\{hashtag\|\\?[#＃]\|((?:\\.|[^}\\])*)\}")
_NAMED = re.compile(r"@\[((?:\\.|[^\]\\])*)\]\([^)]*\)")
_PROFILE = re.compile(r"linkedin\.com/(?:in|company|school)/([^/?#]+)")
_LEAST_ERROR: Final = 400
_ESCAPED = re.compile(r"\\([|{}@\[\]()<>#\\*_~])")


def linkedin() -> LayoutListener:
    """Posts and comments of the API."""
    return LayoutListener.of("linkedin", config("listeners/linkedin"), Nested(_LOOKS, _fits, _records))


def linkedin_page() -> LayoutListener:
    """The sheet `All posts` of a page's content export."""
    return LayoutListener.of("linkedin_page", config("listeners/linkedin_page"))


def handle_in(address: object) -> str | None:
    """The name in the address of a profile, of people as of companies; None where it is no such address."""
    found = _PROFILE.search(str(address))
    return found[1] if found else None


def little_text(written: str) -> str:
    """The words of a text in LinkedIn's little text format, as people read them."""
    plain = _NAMED.sub(r"@\1", _HASHTAG.sub(r"#\1", written))
    return _ESCAPED.sub(r"\1", plain)


def _is_post(item: Document) -> bool:
    return "commentary" in item and str(item.get("author")).startswith("urn:li:")


def _is_comment(item: Document) -> bool:
    return isinstance(item.get("message"), dict) and has(item, "actor", "object")


def _fits(document: Document) -> bool:
    inside = items(document, "elements")
    item = inside[0] if inside else document
    empty = document.get("elements") == [] and "paging" in document
    return _is_error(document) or empty or _is_post(item) or _is_comment(item)


def _is_error(document: Document) -> bool:
    status = document.get("status")
    of_linkedin = "serviceErrorCode" in document or "code" in document
    return type(status) is int and status >= _LEAST_ERROR and "message" in document and of_linkedin


def _records(document: Document) -> Iterator[Document | Wrong]:
    if _is_error(document):
        raise Refusal(f"the LinkedIn API answered with an error: {document['message']}")
    inside = items(document, "elements") if "elements" in document else [document]
    if not inside:
        raise Refusal("this page of the LinkedIn API is empty")
    for item in inside:
        yield _item(item)


def _item(item: Document) -> Document | Wrong:
    """A post as it was published, or a comment with the urn by which other answers name it.

    A post that shares another one is a repost only where its author added nothing.
    """
    if _is_comment(item):
        text = item["message"].get("text")
        known = {"id": item.get("commentUrn") or item.get("$URN") or item.get("id")}
        return {**item, **known, "kind": "comment", "author": item["actor"], "post": item["object"], "words": text}
    if not _is_post(item):
        return Wrong("an item of another kind", item)
    if item.get("lifecycleState", "PUBLISHED") != "PUBLISHED":
        return Wrong(f"a post that is not published ({item['lifecycleState']})", item)
    words = little_text(str(item["commentary"] or ""))
    shared = item.get("reshareContext")
    silent = isinstance(shared, dict) and not words
    return {**item, "kind": "post", "words": words, "reposted": shared.get("parent") if shared and silent else None}
