"""Mastodon: timelines of hashtags, the search of a server for those who sign in, and accounts."""

import re
from collections.abc import Iterable
from typing import Any, ClassVar, Final

import httpx

from listeners.apis.client import Http, Refusal
from listeners.apis.contract import Api, Job, Page, Skip, Stop, Verdict, Wanted
from listeners.apis.judging import OTHER, judged
from listeners.apis.terms import alternatives, plain, quoted, searches
from listeners.nested import Document
from listeners.registry import unfolded
from tingfeng.queries.tree import Term

_HOME: Final = "https://mastodon.social"
_ON_A_PAGE: Final = 40
_SERVER: Final = re.compile(r"[\w-]+(?:\.[\w-]+)+(?::\d+)?")
_TAG: Final = re.compile(r"\w+")


class Mastodon(Api):
    """What servers show under hashtags; each server knows only what somebody on it follows.

    A cursor is a status id, of a search how many it gave, of an account `ID STATUS`.
    """

    name: ClassVar[str] = "mastodon"
    platform: ClassVar[str] = "mastodon"
    home: ClassVar[str] = _HOME
    credential: ClassVar[str] = "an access token"
    credential_optional: ClassVar[bool] = True
    guide: ClassVar[str] = (
        "The timelines of hashtags: each word and phrase of a query as one (`velune cream` is #velunecream). With a "
        "token, also the search of your server, and all posts of accounts (`mastodon:@NAME@SERVER`) that it knows. "
        "Below `sources`, `mastodon:SERVER` asks the hashtags of another server too, `mastodon:@NAME@SERVER` follows "
        "another account. Your server is mastodon.social unless `$TINGFENG_MASTODON_URL` says otherwise; then all "
        "requests go there. 300 requests in five minutes are allowed."
    )

    def jobs(self, wanted: Wanted) -> list[Job]:
        """One timeline for each tag and server, one search for each set of words, one list for each account."""
        sets = [words for query in wanted.queries for words in alternatives(query)]
        tags = dict.fromkeys(tag for words in sets if (tag := _tag(words)))
        servers = [_HOME, *(f"https://{one}" for one in wanted.follow if _SERVER.fullmatch(one))]
        followed = [one for one in wanted.follow if not _SERVER.fullmatch(one)]
        names = dict.fromkeys(name.removeprefix("@") for name in (*wanted.accounts, *followed))
        return [
            *(Job(f"tag {tag} {_host(one)}", {"server": one, "tag": tag}) for one in servers for tag in tags),
            *(Job(f"account {name}", {"acct": name}, searched=False) for name in names),
            *(Job(f"search {text}", {"q": text}) for text in searches(wanted.queries, quoted)),
        ]

    def page(self, job: Job, cursor: str | None, http: Http) -> Page:
        """A page of a timeline, a search or an account."""
        if "tag" in job.params:
            return _listed(f"{job.params['server']}/api/v1/timelines/tag/{job.params['tag']}", cursor, http)
        if "q" in job.params:
            return _searched(job.params["q"], int(cursor or 0), http)
        account, _, status = (cursor or _account(job.params["acct"], http)).partition(" ")
        found = _listed(f"{_HOME}/api/v1/accounts/{account}/statuses", status or None, http)
        return Page(found.records, f"{account} {found.next}" if found.next else None)

    def judge(self, response: httpx.Response) -> Verdict:
        """What a server shows to its members only is left out, where nobody signs in."""
        verdict = judged(response)
        unsigned = "authorization" not in response.request.headers
        if response.status_code == httpx.codes.UNPROCESSABLE_ENTITY or (unsigned and isinstance(verdict, Stop)):
            return Skip("the server shows this only to those who sign in")
        return verdict


def _tag(words: Iterable[Term]) -> str | None:
    """The first word or phrase as a hashtag, None where none can be one."""
    tags = (plain(term).removeprefix("#").replace(" ", "").replace("-", "") for term in words)
    return next((tag.lower() for tag in tags if _TAG.fullmatch(tag)), None)


def _host(address: str) -> str:
    return address.removeprefix("https://")


def _listed(url: str, before: str | None, http: Http) -> Page:
    """Statuses, and the last one's id as the server names it in its link to the next page."""
    place = {"max_id": before} if before else {}
    found, response = http.json_and_headers(url, {**place, "limit": str(_ON_A_PAGE)})
    if not isinstance(found, list):
        raise Refusal(OTHER)
    following = response.links.get("next", {}).get("url", "")
    return Page(_unfolded(found), httpx.URL(following).params.get("max_id") if found and following else None)


def _searched(words: str, start: int, http: Http) -> Page:
    """What the server's own index has, the newest first."""
    if not http.signs:
        raise Refusal(Skip("the search is only for those who sign in"))
    asked = {"q": words, "type": "statuses", "offset": str(start), "limit": str(_ON_A_PAGE)}
    found = http.json(f"{_HOME}/api/v2/search", asked)
    if not isinstance(found, dict) or not isinstance(found.get("statuses"), list):
        raise Refusal(OTHER)
    statuses = found["statuses"]
    return Page(_unfolded(statuses), str(start + len(statuses)) if statuses else None)


def _account(name: str, http: Http) -> str:
    """The id that the server gave to an account."""
    found = http.json(f"{_HOME}/api/v1/accounts/lookup", {"acct": name})
    if not isinstance(found, dict) or "id" not in found:
        raise Refusal(OTHER)
    return str(found["id"])


def _unfolded(statuses: list[Document]) -> list[Any]:
    return unfolded("mastodon", {"statuses": statuses})
