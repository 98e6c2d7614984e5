"""Bluesky by the search of its network and by feeds of accounts; both ask for an account."""

from typing import ClassVar, Final

import httpx

from listeners.apis.bodies import said
from listeners.apis.client import Http, Refusal
from listeners.apis.contract import Api, Fail, Job, Page, Signed, Skip, Stop, Verdict, Wanted
from listeners.apis.judging import OTHER, judged
from listeners.apis.terms import quoted, searches
from listeners.apis.times import iso
from listeners.registry import unfolded

_ROOT: Final = "https://bsky.social/xrpc/"
_SEARCH: Final = "app.bsky.feed.searchPosts"
_FEED: Final = "app.bsky.feed.getAuthorFeed"
_ON_A_PAGE: Final = 100
#: The errors that are told by their names.
_NAMED: Final[dict[str, Verdict]] = {
    "AuthenticationRequired": Stop(
        "the handle or the app password was not accepted", hint="write it as handle:app-password"
    ),
    "AuthFactorTokenRequired": Stop("the account asks for a code", hint="use an app password, not the account's own"),
    "AccountTakedown": Stop("the account was taken down by Bluesky"),
    "ExpiredToken": Stop("the session is over", hint="pull again"),
    "BlockedActor": Skip("the account is blocked by yours"),
    "BlockedByActor": Skip("the account blocks yours"),
}
#: Of feeds; there is no name for it.
_NO_ACCOUNT: Final = "Profile not found"


class Bluesky(Api):
    """Posts in which all words occur, the newest first, and all that accounts wrote or reposted."""

    name: ClassVar[str] = "bluesky"
    platform: ClassVar[str] = "bluesky"
    home: ClassVar[str] = "https://bsky.social"
    credential: ClassVar[str] = "handle:app-password"
    guide: ClassVar[str] = (
        "Posts in which all words of a query occur, and all that the subjects' accounts wrote or reposted "
        "(`bluesky:@HANDLE`, `bluesky:did:plc:...`). Below `sources`, `bluesky:HANDLE` follows another account. The "
        "search knows no OR, so each alternative of a query is a search of its own. 3,000 requests in five minutes are "
        "allowed; Bluesky asks not to use the search for all that is written."
    )

    def sign_in(self, secret: str, http: Http) -> Signed:
        """A session of some hours."""
        handle, _, password = secret.rpartition(":")
        who = {"identifier": handle.removeprefix("@"), "password": password}
        found = http.json(f"{_ROOT}com.atproto.server.createSession", method="POST", json=who, signed=False)
        return super().sign_in(found["accessJwt"], http)

    def jobs(self, wanted: Wanted) -> list[Job]:
        """One search for each set of words, and one feed for each account."""
        return [
            *(Job(f"search {text}", {"q": text, "sort": "latest"}) for text in searches(wanted.queries, quoted)),
            *(Job(f"account {name}", {"actor": name}, searched=False) for name in wanted.names),
        ]

    def page(self, job: Job, cursor: str | None, http: Http) -> Page:
        """A page of a search or of a feed."""
        searches = "q" in job.params
        since = {"since": iso(job.since)} if searches and job.since else {}
        place = {"cursor": cursor} if cursor else {}
        asked = {**job.params, **since, **place, "limit": str(_ON_A_PAGE)}
        found = http.json(f"{_ROOT}{_SEARCH if searches else _FEED}", asked)
        if not isinstance(found, dict) or ("posts" if searches else "feed") not in found:
            raise Refusal(OTHER)
        return Page(unfolded(self.name, found), found.get("cursor"))

    def judge(self, response: httpx.Response) -> Verdict:
        """By the name of the error, else by the status, with Bluesky's own words."""
        verdict = judged(response)
        found = said(response) if not response.is_success else {}
        name, message = str(found.get("error")), str(found.get("message") or "")
        if name in _NAMED:
            return _NAMED[name]
        if message == _NO_ACCOUNT:
            return Skip("there is no such account")
        return Fail(f"{verdict.reason}: {message}") if isinstance(verdict, Fail) and message else verdict
