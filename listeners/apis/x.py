"""X by the recent search of its API v2: the last seven days, the newest first."""

from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, Final

import httpx

from listeners.apis.bodies import said
from listeners.apis.client import Http
from listeners.apis.contract import Api, Fail, Job, Page, Stop, Verdict, Wanted
from listeners.apis.judging import judged
from listeners.apis.terms import expressions, plain, quoted
from listeners.apis.times import iso
from listeners.nested import Document, items
from listeners.registry import unfolded
from tingfeng.queries.tree import Term

_SEARCH: Final = "https://api.x.com/2/tweets/search/recent"
_LONGEST: Final = 512
_ON_A_PAGE: Final = 100
#: A little less than seven days, which are over while the request travels.
_REACH: Final = timedelta(days=7) - timedelta(minutes=5)
_FIELDS: Final = {
    "tweet.fields": "created_at,public_metrics,author_id,conversation_id,referenced_tweets,entities,note_tweet,geo",
    "expansions": "author_id,referenced_tweets.id,geo.place_id",
    "user.fields": "name,username,public_metrics",
    "place.fields": "country",
    "sort_order": "recency",
    "max_results": str(_ON_A_PAGE),
}
#: By the last part of the address that names the kind of a problem.
_PROBLEMS: Final = {
    "usage-capped": Stop(
        "the posts that the plan allows are used up",
        hint="wait for the next period, or raise the cap at developer.x.com",
    ),
    "credits": Stop("the credits are used up", hint="buy some at developer.x.com"),
    "client-forbidden": Stop(
        "the app may not search", hint="at developer.x.com, put the app into a project whose plan allows it"
    ),
}


class X(Api):
    """Posts of the last seven days by words, and all that accounts wrote or were answered."""

    name: ClassVar[str] = "x"
    platform: ClassVar[str] = "x"
    home: ClassVar[str] = "https://api.x.com"
    credential: ClassVar[str] = "a bearer token"
    unit: ClassVar[str] = "posts at most, which count against the plan"
    guide: ClassVar[str] = (
        "Posts, replies and reposts of the last seven days by words, and those of the subjects' accounts with the "
        "replies to them (`x:@NAME`, `x:ID`). Below `sources`, `x:NAME` follows another account. A query of more than "
        "512 characters is asked in parts; a word with a star is searched without it. Each post that is read counts "
        "against the cap, or the credits, of the plan; how often one may ask depends on the plan too."
    )

    def jobs(self, wanted: Wanted) -> list[Job]:
        """One search for each part of a query, and one for each account."""
        searches = [text for query in wanted.queries for text in expressions(query, _LONGEST, _word)]
        return [
            *(Job(f"search {text}", {"query": text}, units=_ON_A_PAGE) for text in dict.fromkeys(searches)),
            *(
                Job(f"account {name}", {"query": f"from:{name} OR to:{name}"}, searched=False, units=_ON_A_PAGE)
                for name in wanted.names
            ),
        ]

    def page(self, job: Job, cursor: str | None, http: Http) -> Page:
        """A page of posts; what is missing beside them is no failure."""
        # An older time is an error, and seven days are what is given without one.
        recent = job.since and job.since.replace(tzinfo=UTC) > datetime.now(UTC) - _REACH
        since = {"start_time": iso(job.since)} if job.since and recent else {}
        token = {"next_token": cursor} if cursor else {}
        found: Document = http.json(_SEARCH, {**_FIELDS, **job.params, **since, **token})
        missing = dict.fromkeys(str(error.get("detail") or error.get("title")) for error in items(found, "errors"))
        meta: dict[str, Any] = found.get("meta") or {}
        return Page(unfolded(self.name, found) if found.get("data") else [], meta.get("next_token"), tuple(missing))

    def judge(self, response: httpx.Response) -> Verdict:
        """By the problem that the API names, else by the status, with the API's own words."""
        if response.is_success:
            return judged(response)
        problem = said(response)
        kind = str(problem.get("type")).rpartition("/")[2]
        if kind in _PROBLEMS:
            return _PROBLEMS[kind]
        verdict = judged(response)
        why = next((one.get("message") for one in items(problem, "errors")), None) or problem.get("detail")
        return Fail(f"{verdict.reason}: {why}") if isinstance(verdict, Fail) and why else verdict


def _word(term: Term) -> str:
    """A term in quotes where it holds what X reads as an operator."""
    words = plain(term)
    return quoted(term) if words.lstrip("#@$").isalnum() or " " in words else f'"{words}"'
