"""Bluesky: pages, feeds and threads of its API, and plain records of a repository."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

from listeners.layout import LayoutListener
from listeners.nested import Document, Nested, Refusal, Wrong, items
from tingfeng.home import config

_POST: Final = "app.bsky.feed.post"
_NAMED: Final = re.compile(r"[A-Z]\w+")
_UNKNOWN: Final = "handle.invalid"
_OF_PAGES: Final = ("posts", "feed", "records", "thread")
_EMPTY: Final = ({"posts", "cursor", "hitsTotal"}, {"feed", "cursor"})


def bluesky() -> LayoutListener:
    """Posts, replies as comments, reposts of feeds."""
    looks = f"JSON of Bluesky: `posts`, `feed`, `thread` or `records` with addresses at://, or records of {_POST}"
    return LayoutListener.of("bluesky", config("listeners/bluesky"), Nested(looks, _fits, _records))


def _fits(document: Document) -> bool:
    pages = (one for name in _OF_PAGES for one in (document.get(name), *items(document, name)) if isinstance(one, dict))
    return _is_item(document) or _is_error(document) or _is_empty(document) or any(map(_is_item, pages))


def _is_empty(document: Document) -> bool:
    """A page behind the last post."""
    return any(set(document) <= names and document.get(name) == [] for names in _EMPTY for name in ("posts", "feed"))


def _is_item(item: Document) -> bool:
    """A post, one in a feed or in a thread, or what a thread has in the place of one that is gone."""
    inner = item.get("post")
    return _is_post(item) or (isinstance(inner, dict) and _is_post(inner)) or _is_gone(item)


def _is_post(item: Document) -> bool:
    """A post as the API shows it, a record with its address, or the bare record."""
    record = _record(item)
    return record.get("$type") == _POST or (str(item.get("uri")).startswith("at://") and "text" in record)


def _record(post: Document) -> Document:
    for inner in (post.get("record"), post.get("value")):
        if isinstance(inner, dict):
            return inner
    return post


def _is_gone(item: Document) -> bool:
    return str(item.get("uri")).startswith("at://") and ("notFound" in item or "blocked" in item)


def _is_error(document: Document) -> bool:
    error, message = document.get("error"), document.get("message")
    named = isinstance(error, str) and bool(_NAMED.fullmatch(error))
    return named and isinstance(message, str) and document.keys() == {"error", "message"}


def _records(document: Document) -> Iterator[Document | Wrong]:
    """The posts of a page, all of a thread in reading order, or the document itself."""
    if _is_error(document):
        raise Refusal(f"Bluesky answered with an error: {document['message']}")
    thread = document.get("thread")
    found = [item for name in _OF_PAGES for item in items(document, name)]
    if isinstance(thread, dict):
        yield from _of_thread(thread)
    elif not found and _is_item(document):
        yield _of_item(document)
    for item in found:
        inner = item.get("value")
        of_new_thread = isinstance(inner, dict) and isinstance(inner.get("post"), dict)
        yield _of_item(inner if of_new_thread and isinstance(inner, dict) else item)


def _of_thread(thread: Document) -> Iterator[Document | Wrong]:
    """What the post answers, the post, and what answers it, each before its own replies."""
    above = [thread]
    while isinstance(parent := above[-1].get("parent"), dict):
        above.append(parent)
    yield from map(_of_item, above[:0:-1])
    waiting = [thread]
    while waiting:
        item = waiting.pop()
        yield _of_item(item)
        waiting += items(item, "replies")[::-1]


def _of_item(item: Document) -> Document | Wrong:
    """The post in an item, or its repost where that is why a feed shows it."""
    inner = item.get("post")
    post = inner if isinstance(inner, dict) else item
    if _is_gone(post):
        return Wrong("a post that was deleted or may not be seen", post)
    if not _is_post(post):
        return Wrong("a record that is no post", post)
    reason = item.get("reason")
    said = _said(post)
    return _reposted(said, reason) if isinstance(reason, dict) and isinstance(reason.get("by"), dict) else said


def _said(post: Document) -> Document:
    """A post with what the listener's paths name."""
    record = _record(post)
    did, _, key = str(post.get("uri") or "").removeprefix("at://").partition(f"/{_POST}/")
    author = post["author"] if isinstance(post.get("author"), dict) else {"did": did or None}
    if author.get("handle") == _UNKNOWN:
        author = {**author, "handle": None}
    tags = [feature.get("tag") for facet in items(record, "facets") for feature in items(facet, "features")]
    extra = record.get("tags")
    return {
        **post,
        "record": record,
        "author": author,
        "address": f"https://bsky.app/profile/{author.get('handle') or did}/post/{key}" if key else None,
        "time": _time(record.get("createdAt"), post.get("indexedAt")),
        "tags": [*tags, *(extra if isinstance(extra, list) else [])],
    }


def _reposted(said: Document, reason: Document) -> Document:
    """Somebody's repost of a post: the words and nothing else are the original's."""
    return {
        "uri": reason.get("uri"),
        "reposted": said.get("uri"),
        "record": {"text": said["record"].get("text")},
        "author": reason["by"],
        "address": said["address"],
        "time": reason.get("indexedAt"),
        "tags": said["tags"],
    }


def _time(created: Any, indexed: Any) -> Any:
    """When a post was made, as its author's clock says, but never after the network had seen it."""
    said, seen = _moment(created), _moment(indexed)
    return indexed if seen and (created is None or (said and said > seen)) else created


def _moment(written: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(written))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
