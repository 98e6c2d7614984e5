"""Mastodon and servers that speak its API: lists of statuses, searches, conversations."""

from collections.abc import Iterator
from typing import Final

from listeners.layout import LayoutListener
from listeners.links import parts
from listeners.nested import Document, Nested, Refusal, Wrong, has, items
from tingfeng.home import config

_LISTS: Final = ("ancestors", "statuses", "descendants")
_PAGES: Final = ({"statuses", "accounts"}, {"ancestors", "descendants"})
_ERROR: Final = {"error", "error_description", "details"}
_NOT_PUBLIC: Final = {"private", "direct"}


def mastodon() -> LayoutListener:
    """Posts, replies as comments, boosts as reposts; each known by its URI, which is the same on all servers."""
    looks = "JSON of Mastodon: statuses with `uri`, `content` and `account`, alone, in lists, searches or conversations"
    return LayoutListener.of("mastodon", config("listeners/mastodon"), Nested(looks, _fits, _records))


def _fits(document: Document) -> bool:
    return _is_status(document) or any(page <= set(document) for page in _PAGES) or _is_error(document)


def _is_status(document: Document) -> bool:
    return has(document, "uri", "content", "account", "favourites_count")


def _is_error(document: Document) -> bool:
    return isinstance(document.get("error"), str) and set(document) <= _ERROR


def _records(document: Document) -> Iterator[Document | Wrong]:
    """The statuses of a search or of a conversation, or the document itself."""
    if _is_error(document):
        raise Refusal(f"the Mastodon server answered with an error: {document['error']}")
    if _is_status(document):
        yield _said(document)
    for name in _LISTS:
        for status in items(document, name):
            yield _said(status) if _is_status(status) else Wrong("a record that is no status", status)


def _said(status: Document) -> Document | Wrong:
    """A status with what the listener's paths name; a boost with the words of what it boosts."""
    if str(status.get("visibility")) in _NOT_PUBLIC:
        return Wrong("a status that is not public", status)
    said = {
        **status,
        "handle": _handle(status["account"]) if isinstance(status["account"], dict) else None,
        "address": status.get("url") or status["uri"],
    }
    boosted = status.get("reblog")
    if isinstance(boosted, dict):
        said |= {name: boosted.get(name) for name in ("content", "spoiler_text", "tags")}
        said |= {"reposted": boosted.get("uri"), "address": status.get("url") or boosted.get("url")}
    return said


def _handle(account: Document) -> str | None:
    """`name@server`, also of an account of the server that was asked, which calls it by its name alone."""
    name = str(account.get("acct") or account.get("username") or "")
    host = parts(str(account.get("url") or "")).netloc
    return f"{name}@{host}" if name and "@" not in name and host else name or None
