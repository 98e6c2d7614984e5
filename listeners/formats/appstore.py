"""App Store: the public feed of an app's reviews in one country, as JSON or as XML."""

import re
from collections.abc import Iterator
from typing import Any

from listeners.layout import LayoutListener
from listeners.nested import Document, Nested, Wrong, items
from tingfeng.home import config

_APP = re.compile(r"[/?&]id=(\d+)")
#: A review's link names the app by its number and says that it leads to a review.
_OF_REVIEW = re.compile(r"/review\?id=(\d+)")
_COUNTRY = re.compile(r"[?&]cc=([a-z]{2})\b|apple\.com/([a-z]{2})/")
_AUTHOR = re.compile(r"/id(\d+)")


def appstore() -> LayoutListener:
    """Reviews with the app as what they answer to, and the country of the store as their region."""
    looks = "JSON or XML of the App Store's feed of customer reviews: entries with `im:rating`"
    return LayoutListener.of("appstore", config("listeners/appstore"), Nested(looks, _fits, _records))


def _fits(document: Document) -> bool:
    feed = document.get("feed")
    if not isinstance(feed, dict):
        return False
    return "customerreviews" in str(feed.get("id")).lower() or any(map(_rating, _entries(document)))


def _entries(document: Document) -> list[Document]:
    """The entries of a feed: JSON has one alone as an object, and none not at all."""
    if "entries" in document:
        return items(document, "entries")
    entry = document["feed"].get("entry")
    return [entry] if isinstance(entry, dict) else items(document, "feed", "entry")


def _rating(entry: Document) -> Any:
    return entry.get("im:rating") or entry.get("im_rating")


def _records(document: Document) -> Iterator[Document | Wrong]:
    """The reviews of a page. Old feeds name the app itself first, which is no review."""
    feed = document["feed"]
    own = " ".join([_label(feed.get("id")), *_links(feed)])
    for entry in _entries(document):
        if _rating(entry):
            yield _review(entry, own)
        elif not (entry.get("im:name") or entry.get("im_name")):
            yield Wrong("an entry without stars is no review", entry)


def _review(entry: Document, feed: str) -> Document:
    links = " ".join(_links(entry))
    author = entry.get("author_detail") or entry.get("author")
    author = author if isinstance(author, dict) else {}
    country = _first(_COUNTRY, links) or _first(_COUNTRY, feed)
    return {
        "id": _label(entry.get("id")),
        "app": _first(_OF_REVIEW, links) or _first(_APP, feed),
        "country": country.upper() if country else None,
        "rating": _label(_rating(entry)),
        "title": _label(entry.get("title")),
        "content": _text(entry),
        "author": {
            "id": _first(_AUTHOR, _label(author.get("uri") or author.get("href"))),
            "name": _label(author.get("name")),
        },
        "updated": _label(entry.get("updated")),
        "votes": _label(entry.get("im:voteSum") or entry.get("im_votesum")),
    }


def _text(entry: Document) -> str:
    """The plain one of the texts of a review; XML gives it as HTML too."""
    written = entry.get("content")
    if isinstance(written, list):
        texts = [part for part in written if isinstance(part, dict)]
        plain = [part for part in texts if part.get("type") == "text/plain"]
        return next((str(part.get("value") or "") for part in plain or texts), "")
    return _label(written)


def _label(value: Any) -> str:
    """What JSON says as `{"label": ...}` and XML as text."""
    said = value.get("label") if isinstance(value, dict) else value
    return "" if said is None else str(said)


def _links(holder: Document) -> list[str]:
    """The addresses of a feed or an entry."""
    found = holder.get("links") or holder.get("link")
    several = found if isinstance(found, list) else [found]
    objects = [one for one in several if isinstance(one, dict)]
    inner = [one["attributes"] if isinstance(one.get("attributes"), dict) else one for one in objects]
    return [str(one["href"]) for one in inner if one.get("href")]


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.search(text)
    return next(filter(None, found.groups()), None) if found else None
