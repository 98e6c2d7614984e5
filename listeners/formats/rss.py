"""Feeds: RSS and Atom in the words of feedparser, and JSON Feed; and those of YouTube's channels."""

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from time import struct_time
from typing import Any, Final
from urllib.parse import parse_qs

from listeners.layout import LayoutListener
from listeners.links import parts
from listeners.nested import Document, Nested, Refusal, Wrong, has, items
from tingfeng.home import config
from tingfeng.mentions.times import UnreadableTime, parse_time

_JSON_FEED: Final = re.compile(r"https?://jsonfeed\.org/version/")
_TIMES: Final = ("published", "updated", "created")
#: Entries of the App Store's feeds are reviews, not articles.
_OF_REVIEWS: Final = "customerreviews"
_VIDEO: Final = "yt_videoid"
_LONGEST_ENDING: Final = 3
_BY_WAY: Final = {("google.com", "/url"), ("bing.com", "/news/apiclick.aspx")}


def rss() -> LayoutListener:
    """Articles of feeds."""
    looks = "RSS or Atom, or JSON whose `version` is that of JSON Feed"
    return LayoutListener.of("rss", config("listeners/rss"), Nested(looks, _fits, _records))


def youtube_feed() -> LayoutListener:
    """The newest videos of a channel, with their views."""
    looks = "Atom feed of a YouTube channel: entries with `yt:videoId`"
    return LayoutListener.of("youtube_feed", config("listeners/youtube_feed"), Nested(looks, _is_channel, _videos))


def _is_feed(document: Document) -> bool:
    return has(document, "version", "feed", "entries") and isinstance(document["feed"], dict)


def _is_channel(document: Document) -> bool:
    entries = items(document, "entries")
    return _is_feed(document) and ("yt_channelid" in document["feed"] or any(_VIDEO in entry for entry in entries))


def _is_json_feed(document: Document) -> bool:
    return bool(_JSON_FEED.match(str(document.get("version"))))


def _fits(document: Document) -> bool:
    if not _is_feed(document):
        return _is_json_feed(document)
    reviews = any("im_rating" in entry for entry in items(document, "entries"))
    return not reviews and not _is_channel(document) and _OF_REVIEWS not in str(document["feed"].get("id"))


def _videos(document: Document) -> Iterator[Document | Wrong]:
    entries = items(document, "entries")
    if not entries:
        raise Refusal("the channel's feed holds no videos")
    yield from (entry if _VIDEO in entry else Wrong("an entry that is no video", entry) for entry in entries)


def _records(document: Document) -> Iterator[Document]:
    feed = document.get("feed", document)
    entries = [_in_feedparsers_words(item, feed) for item in items(document, "items")] or items(document, "entries")
    if not entries:
        raise Refusal("the feed holds no articles")
    for entry in entries:
        yield _said(dict(entry), feed)


def _in_feedparsers_words(item: Document, feed: Document) -> Document:
    """An item of a JSON Feed as feedparser says entries of the others."""
    author = next(iter([*items(item, "authors"), *items({"a": [item.get("author")]}, "a")]), None)
    inherited = next(iter([*items(feed, "authors"), *items({"a": [feed.get("author")]}, "a")]), {})
    plain, summary = (str(item.get(name) or "") for name in ("content_text", "summary"))
    tags = item.get("tags")
    return {
        "id": item.get("id"),
        "link": item.get("url") or item.get("external_url"),
        "title": html.escape(str(item.get("title") or ""), quote=False),
        "summary": html.escape(summary, quote=False),
        "content": [{"value": item.get("content_html") or html.escape(plain, quote=False)}],
        "author_detail": author or inherited,
        "published": item.get("date_published"),
        "updated": item.get("date_modified"),
        "tags": [{"term": tag} for tag in tags] if isinstance(tags, list) else [],
    }


def _said(entry: Document, feed: Document) -> Document:
    """An entry with what the listener's paths name."""
    link = _target(str(entry.get("feedburner_origlink") or entry.get("link") or ""))
    return {
        "id": _key(str(entry.get("id") or ""), link, _home(feed) or link),
        "link": link,
        "title": entry.get("title"),
        "text": max((str(entry.get("summary") or ""), *_contents(entry)), key=len),
        "author": _name(entry.get("author_detail")) or _title(entry.get("source")) or _name(feed.get("author_detail")),
        "time": _time(entry),
        "tags": items(entry, "tags"),
        "comments": entry.get("slash_comments"),
    }


def _contents(entry: Document) -> Iterator[str]:
    """The whole text of an entry, perhaps in several forms; feeds cut either this or the summary."""
    yield from (str(one.get("value") or "") for one in items(entry, "content"))


def _name(author: Any) -> str | None:
    """An author's name. Of an e-mail address with a long ending, feedparser takes the last letters for one."""
    if not isinstance(author, dict) or len(str(author.get("email") or "").rpartition(".")[2]) > _LONGEST_ENDING:
        return None
    return author.get("name") or None


def _title(source: Any) -> str | None:
    """The publication that a feed of several has an entry from."""
    return source.get("title") or None if isinstance(source, dict) else None


def _home(feed: Document) -> str:
    return str(feed.get("link") or feed.get("home_page_url") or feed.get("feed_url") or "")


def _key(guid: str, link: str, home: str) -> str | None:
    """An entry's own id; where that is unique only in its feed, as a number is, with the host of the feed before it."""
    if not guid or ":" in guid:
        return guid or link or None
    host = parts(home).netloc.removeprefix("www.")
    return f"{host}:{guid}" if host else guid


def _target(link: str) -> str:
    """Where a link leads: Google's alerts lead by way of Google, Bing's by way of Bing."""
    target = parts(link)
    if (target.netloc.removeprefix("www."), target.path) not in _BY_WAY:
        return link
    query = parse_qs(target.query)
    return next(iter(query.get("url") or query.get("q") or [link]))


def _time(entry: Document) -> str | None:
    """The first date that can be read, by us or else by feedparser, which takes a year out of bare seconds; else the
    first that is there.
    """
    written = [(str(entry[name]), entry.get(f"{name}_parsed")) for name in _TIMES if entry.get(name)]
    for text, parsed in written:
        if found := _readable(text) or _in_utc(parsed):
            return found
    return written[0][0] if written else None


def _readable(text: str) -> str | None:
    try:
        parse_time(text, UTC)
    except UnreadableTime:
        return None
    return text


def _in_utc(parsed: Any) -> str | None:
    """A struct_time, which feedparser has put into UTC."""
    try:
        return datetime(*parsed[:6]).replace(tzinfo=UTC).isoformat() if isinstance(parsed, struct_time) else None
    except ValueError:
        return None
