"""LinkedIn by the Posts API and the Comments API: the posts of your own pages, and the comments below them."""

from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, Final
from urllib.parse import quote

import httpx

from listeners.apis.bodies import said
from listeners.apis.client import Http
from listeners.apis.contract import Api, Fail, Job, Page, Stop, Verdict, Wait, Wanted
from listeners.apis.judging import judged, seconds_to_wait
from listeners.apis.times import until_midnight
from listeners.nested import Document, items
from listeners.registry import unfolded

_API: Final = "https://api.linkedin.com/rest"
#: LinkedIn serves a version for a year.
_VERSION: Final = "202610"
_HEADERS: Final = {"LinkedIn-Version": _VERSION, "X-Restli-Protocol-Version": "2.0.0"}
_ORGANIZATION: Final = "urn:li:organization:"
_ON_A_PAGE: Final = "100"


class LinkedIn(Api):
    """Posts of organisations, the newest first, and all comments. A cursor is the number of the next record."""

    name: ClassVar[str] = "linkedin"
    platform: ClassVar[str] = "linkedin"
    home: ClassVar[str] = "https://api.linkedin.com"
    credential: ClassVar[str] = "an access token"
    #: Comments still come when a post is some days old.
    overlap: ClassVar[timedelta] = timedelta(days=7)
    guide: ClassVar[str] = (
        "The posts of your own pages with all comments and replies: the subjects' accounts (`linkedin:ID`, the number "
        "in the address of the page's admin view) and those that `sources` lists (`linkedin:ID` or "
        '`"linkedin:urn:li:organization:ID"`). Posts cannot be searched for by words, and only pages can be read of '
        "which the token's owner is an administrator. A token lasts 60 days. Calls are counted by the day, from "
        "midnight UTC."
    )

    def jobs(self, wanted: Wanted) -> list[Job]:
        """One job for each page."""
        urns = dict.fromkeys(_urn(name) for name in (*wanted.accounts, *wanted.follow))
        return [Job(f"page {urn}", {"author": urn}, searched=False) for urn in urns]

    def page(self, job: Job, cursor: str | None, http: Http) -> Page:
        """Posts of a page, which lead to their comments; or comments, which lead to their replies."""
        place = {"start": cursor or "0", "count": _ON_A_PAGE}
        if "author" in job.params:
            asked = {"q": "author", "author": job.params["author"], "sortBy": "CREATED", **place}
            found = http.json(f"{_API}/posts", asked, headers={**_HEADERS, "X-RestLi-Method": "FINDER"})
            led_to = [_below(str(post["id"]), str(post["id"])) for post in items(found, "elements") if "id" in post]
        else:
            post = job.params["post"]
            below = quote(job.params["below"], safe="")
            found = http.json(f"{_API}/socialActions/{below}/comments", place, headers=_HEADERS)
            # LinkedIn names the activity here, which is another number for the post that was stored.
            comments = [{**one, "object": post} for one in items(found, "elements")]
            found = {**found, "elements": comments}
            led_to = [_below(str(one["commentUrn"]), post) for one in comments if _has_replies(one)]
        return Page(unfolded(self.name, found) if items(found, "elements") else [], _next(found), jobs=tuple(led_to))

    def judge(self, response: httpx.Response) -> Verdict:
        """By the status, in the words of LinkedIn's body."""
        body = said(response) if not response.is_success else {}
        message = f"{body.get('message') or 'no reason given'} ({body.get('code') or response.status_code})"
        match response.status_code:
            case 401 if "EXPIRED" in message or "REVOKED" in message:
                return Stop("the token has expired or was withdrawn", hint="make a new one on developer.linkedin.com")
            case 403:
                return Fail(f"the token may not read this: {message}")
            case 426:
                return Fail(f"LinkedIn does not serve version {_VERSION} of its API any longer: update Tingfeng")
            case 429 if "serviceErrorCode" in body and seconds_to_wait(response.headers) is None:
                return Wait("the calls of this day are used up", until_midnight(datetime.now(UTC)))
        verdict = judged(response)
        return Fail(f"LinkedIn refused this: {message}") if body and isinstance(verdict, Fail) else verdict


def _urn(name: str) -> str:
    name = name.removeprefix("@")
    return name if name.startswith("urn:") else f"{_ORGANIZATION}{name}"


def _below(urn: str, post: str) -> Job:
    return Job(f"comments {urn}", {"below": urn, "post": post}, searched=False, newest_first=False)


def _has_replies(comment: Document) -> bool:
    summary: Any = comment.get("commentsSummary")
    return "commentUrn" in comment and isinstance(summary, dict) and bool(summary.get("totalFirstLevelComments"))


def _next(found: Document) -> str | None:
    """The place of the next page, as LinkedIn's own link to it says."""
    links = items(found, "paging", "links")
    following = next((str(one.get("href")) for one in links if one.get("rel") == "next"), None)
    return httpx.URL(following).params.get("start") if following else None
