"""Feeds: each address that a watchlist follows is fetched whole, if it changed since the last time."""

import json
from typing import ClassVar, Final

import httpx

from listeners.apis.bodies import value
from listeners.apis.client import LONGEST_WAIT, Http, Refusal
from listeners.apis.contract import Api, Fail, Fine, Job, Page, Skip, Stop, Verdict, Wait, Wanted
from listeners.apis.judging import judged
from listeners.nested import Document, Wrong
from listeners.reading.feeds import parsed
from listeners.reading.jsontext import BROKEN
from listeners.registry import unfolded

#: What a server says of a feed, and how it is asked whether that is still so.
_CHANGED: Final = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
_OF_CHANNELS: Final = "youtube.com/feeds/"
_START: Final = 1024


class Rss(Api):
    """Feeds belong to different servers: what one of them refuses says nothing about the others."""

    name: ClassVar[str] = "rss"
    platform: ClassVar[str] = "news"
    home: ClassVar[str] = "https://rss"
    guide: ClassVar[str] = (
        "All entries of the feeds that watchlists list below `sources` as `rss:https://...`: RSS, Atom, JSON Feed, and "
        "the feeds of YouTube channels, whose videos become mentions on YouTube. Nothing is searched for, so no query "
        "takes anything away. A feed that did not change since the last pull is not sent again. Who publishes a feed "
        "decides how much of it may be kept and shown."
    )

    def jobs(self, wanted: Wanted) -> list[Job]:
        """One job for each feed. A pull from some time on takes only a part of it."""
        return [
            Job(
                f"feed {url}",
                {"url": url, "whole": wanted.since is None},
                searched=False,
                format="youtube_feed" if _OF_CHANNELS in url else None,
            )
            for url in dict.fromkeys(wanted.follow)
        ]

    def page(self, job: Job, cursor: str | None, http: Http) -> Page:
        """The entries of a feed; none where it did not change."""
        url = str(job.params["url"])
        if not url.startswith(("http://", "https://")):
            raise Refusal(Fail("the address of a feed begins with https:// or http://"))
        known = json.loads(job.memo) if job.memo and job.params["whole"] else {}
        # What a server may say is more than what may be asked.
        headers = {_CHANGED[name]: value for name, value in known.items() if value.isascii()}
        response = http.response(url, headers=headers)
        found = _feed(response)
        if found and found.get("cut"):
            response = http.response(url, headers=headers)
            found = _feed(response)
        if response.status_code == httpx.codes.NOT_MODIFIED:
            return Page([])
        if found is None:
            raise Refusal(Fail("what the address answers is no feed"))
        remembered = {name: response.headers[name] for name in _CHANGED if name in response.headers}
        whole = job.params["whole"] and not found.get("cut")
        return Page(_records(job.format or self.name, found), memo=json.dumps(remembered) if whole else None)

    def judge(self, response: httpx.Response) -> Verdict:
        """A web page may come while a server is busy; it is asked again. A feed that is gone must be taken out."""
        match judged(response):
            case Fine() if _is_web_page(response):
                return Wait("the answer is a web page instead of a feed")
            case Wait(reason, seconds) if (seconds or 0) > LONGEST_WAIT:
                return Fail(reason)
            case Stop(reason):
                return Fail(reason)
            case Skip():
                return Fail("there is no feed at this address any more")
            case verdict:
                return verdict


def _is_web_page(response: httpx.Response) -> bool:
    start = response.content[:_START].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html"))


def _records(name: str, feed: Document) -> list[Document | Wrong]:
    """The entries of a feed; of one that breaks off not the last, which may be half of one."""
    if not (feed.get("entries") or feed.get("items")):
        return []
    records = unfolded(name, feed)
    return records[:-1] if feed.get("cut") else records


def _feed(response: httpx.Response) -> Document | None:
    """The document that the answer is, as the listener for saved feeds has it; None where it is no feed."""
    content = response.content
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        try:
            found = value(response)
        except BROKEN:
            return None
        return found if isinstance(found.get("items"), list) else None
    document = parsed(content, response.headers.get("content-type"))
    return document if document["version"] else None
