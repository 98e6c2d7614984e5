"""X: answers of the API v2, as they come or flattened by twarc, and lines of its stream."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from listeners.layout import LayoutListener
from listeners.nested import Document, Nested, Refusal, Wrong, has, items
from tingfeng.home import config

_OF_POSTS: Final = ("public_metrics", "edit_history_tweet_ids", "__twarc")
_OF_PAGES: Final = ("result_count", "newest_id")
_PROBLEM: Final = re.compile(r"about:blank|https://api\.(?:twitter|x)\.com/2/problems/")
#: How the API ends a text of which it keeps the rest to itself; authors end short ones like that.
_CUT: Final = re.compile(r"(?s).{135,}…(?:\s+https://t\.co/\w+)?$")


def x() -> LayoutListener:
    """Posts, replies as comments, reposts; of an edited post the newest version."""
    looks = "JSON of the X API v2: pages of `data` and `includes`, lines of its stream, twarc's posts and CSV"
    return LayoutListener.of("x", config("listeners/x"), Nested(looks, _fits, _records))


def _fits(document: Document) -> bool:
    return _is_post(document) or any(map(_is_post, _posts(document))) or _is_page(document) or bool(_errors(document))


def _is_post(document: Document) -> bool:
    known = any(name in document for name in _OF_POSTS) or has(document, "conversation_id", "author_id")
    return known and has(document, "id", "text")


def _is_page(document: Document) -> bool:
    """A page without posts, or with posts of which hardly anything was asked for."""
    meta, included = document.get("meta"), document.get("includes")
    if not all(has(post, "id", "text") for post in _posts(document)):
        return False
    return (isinstance(meta, dict) and any(name in meta for name in _OF_PAGES)) or (
        isinstance(included, dict) and bool({"users", "tweets"} & set(included))
    )


def _errors(document: Document) -> list[Document]:
    """What the API says that went wrong: the document itself, or a list in it."""
    found = [document, *items(document, "errors")]
    return [error for error in found if "title" in error and _PROBLEM.match(str(error.get("type")))]


def _posts(document: Document) -> list[Document]:
    """The posts of a page, or the one of a line of the stream."""
    data = document.get("data")
    return [data] if isinstance(data, dict) else items(document, "data")


def _records(document: Document) -> Iterator[Document | Wrong]:
    """Each post with its author and what it reposts. Errors beside posts only say what else is missing."""
    if _is_post(document):
        yield _joined(document, {})
        return
    posts = _posts(document)
    if not posts and (errors := _errors(document)):
        raise Refusal(f"the X API answered with an error: {errors[0].get('detail') or errors[0]['title']}")
    included = {name: _by_id(items(document, "includes", name)) for name in ("users", "tweets", "places")}
    page: Document = {name: document[name] for name in ("__twarc", "matching_rules") if name in document}
    here = {str(post.get("id")) for post in posts}
    for post in posts:
        newest = _newest(post)
        if newest != post.get("id") and newest in here:
            yield Wrong("an earlier version of an edited post that is here too", post)
        else:
            yield _joined({**page, **post}, included)


def _joined(post: Document, included: dict[str, dict[str, Document]]) -> Document:
    """A post with what the listener's paths name, and what it reposts for its words."""
    referenced = {str(one.get("type")): one for one in items(post, "referenced_tweets")}
    joined = {
        **post,
        "id": _newest(post),
        "text": _whole(post),
        "cut": bool(_CUT.match(str(post.get("text")))) and not _is_whole(post),
        "author": post.get("author") or included.get("users", {}).get(str(post.get("author_id"))),
    }
    if isinstance(place := post.get("geo"), dict):
        joined["geo"] = included.get("places", {}).get(str(place.get("place_id")), place)
    if "replied_to" in referenced:
        joined |= {"parent": referenced["replied_to"].get("id")}
    if post.get("conversation_id") in _versions(post):
        joined["conversation_id"] = None
    if "retweeted" in referenced:
        named = referenced["retweeted"]
        original = included.get("tweets", {}).get(str(named.get("id")), named)
        joined |= {"reposted": named.get("id"), "conversation_id": None}
        if "text" in original:
            joined |= {"text": _whole(original), "entities": original.get("entities"), "cut": False}
    return joined


def _whole(post: Document) -> Any:
    return post["note_tweet"]["text"] if _is_whole(post) else post.get("text")


def _is_whole(post: Document) -> bool:
    """Whether a long post brought the text that does not fit into `text`."""
    note = post.get("note_tweet")
    return isinstance(note, dict) and isinstance(note.get("text"), str)


def _versions(post: Document) -> list[str]:
    versions = post.get("edit_history_tweet_ids")
    return [str(one) for one in versions] if isinstance(versions, list) else []


def _newest(post: Document) -> Any:
    """The id of a post's last version: ids grow with time."""
    return max(_versions(post), key=lambda one: (len(one), one), default=post.get("id"))


def _by_id(found: Iterable[Document]) -> dict[str, Document]:
    return {str(one.get("id")): one for one in found}
