"""Reddit: answers of its API, and dumps of posts and comments (Pushshift, Arctic Shift), one a line."""

from collections.abc import Iterator
from typing import Any, Final

from listeners.layout import LayoutListener
from listeners.nested import Document, Nested, Refusal, Wrong, has, items
from tingfeng.home import config

_SITE: Final = "https://www.reddit.com"
_POST, _COMMENT, _MORE = "t3", "t1", "more"
_THINGS: Final = frozenset({"Listing", _POST, _COMMENT, _MORE, "t2", "t4", "t5", "t6"})

_ERROR: Final = frozenset({"error", "message", "reason", "explanation"})


def reddit() -> LayoutListener:
    """Posts, and comments with all replies that came with them."""
    looks = "JSON of Reddit: `Listing`s of posts and comments, or records with `subreddit` and `created_utc`"
    return LayoutListener.of("reddit", config("listeners/reddit"), Nested(looks, _fits, _records))


def _fits(document: Document) -> bool:
    return _is_thing(document) or _is_dumped(document) or bool(_things(document)) or _is_error(document)


def _is_thing(document: Document) -> bool:
    return str(document.get("kind")) in _THINGS and isinstance(document.get("data"), dict)


def _is_dumped(document: Document) -> bool:
    return has(document, "subreddit", "created_utc") and ("body" in document or "title" in document)


def _is_error(document: Document) -> bool:
    error, message = document.get("error"), document.get("message")
    return document.keys() <= _ERROR and type(error) is int and isinstance(message, str)


def _things(document: Document) -> list[Document]:
    """What "load more comments" answers with, or a page of dumped records."""
    answer = document.get("json")
    things = items(answer, "data", "things") if isinstance(answer, dict) else []
    return things or [record for record in items(document, "data") if _is_dumped(record)]


def _records(document: Document) -> Iterator[Document | Wrong]:
    """All posts and comments in the order in which a reader meets them: each comment before its replies."""
    if _is_error(document):
        raise Refusal(f"Reddit answered with an error: {document['message']} ({document['error']})")
    waiting = _things(document)[::-1] or [document]
    while waiting:
        thing = waiting.pop()
        kind, data = (thing.get("kind"), thing.get("data")) if _is_thing(thing) else (_kind(thing), thing)
        if not isinstance(data, dict) or kind not in {"Listing", _POST, _COMMENT}:
            yield Wrong(_no_mention(kind), thing)
        elif kind == "Listing":
            waiting += items(data, "children")[::-1]
        elif data.get("promoted"):
            yield Wrong("an advertisement", thing)
        else:
            yield _said(kind, data)
            replies = data.get("replies")
            waiting += [replies] if isinstance(replies, dict) else []


def _kind(dumped: Document) -> str:
    return _COMMENT if "body" in dumped else _POST


def _no_mention(kind: Any) -> str:
    return "a stub for more comments" if kind == _MORE else f"a thing of the kind {kind}"


def _said(kind: Any, data: Document) -> Document:
    """A post or a comment with what the listener's paths name."""
    link = data.get("permalink")
    hidden = data.get("score_hidden") or data.get("hide_score")
    return {
        **data,
        "kind": kind,
        "id": _bare(data.get("id") or data.get("name")),
        "link_id": _bare(data.get("link_id")),
        "parent_id": _bare(data.get("parent_id")),
        "author": None if data.get("author") == "[deleted]" else data.get("author"),
        "address": f"{_SITE}{link}" if isinstance(link, str) and link.startswith("/") else None,
        "score": None if hidden else data.get("score"),
    }


def _bare(name: Any) -> str | None:
    """An id without the kind of thing that it names; some dumps have numbers of their own for parents."""
    return name.removeprefix("t1_").removeprefix("t3_") if isinstance(name, str) else None
