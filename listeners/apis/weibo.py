"""Weibo by its open API: posts that mention your account, topics where search is allowed, accounts and comments."""

from datetime import timedelta
from typing import Any, ClassVar, Final

import httpx

from listeners.apis.bodies import number, said
from listeners.apis.client import Http
from listeners.apis.contract import Api, Fail, Job, Page, Skip, Stop, Verdict, Wait, Wanted
from listeners.apis.judging import judged, seconds_to_wait
from listeners.apis.terms import alternatives, plain
from listeners.nested import Document, items
from listeners.registry import unfolded

_API: Final = "https://api.weibo.com/2"
_SEARCH: Final = "search/topics"
_ON_A_PAGE: Final = "50"
#: Calls are counted by the hour.
_HOUR: Final = 3600.0
_USED_UP: Final = frozenset({10004, 10022, 10023, 10024})
_PASSING: Final = frozenset({10001, 10002, 10003, 10009, 10010, 10011})
_TOKEN: Final = frozenset({21301, 21314, 21315, 21316, 21317, 21319, 21327, 21332, 21501})
_PERMISSION: Final = frozenset({10005, 10014, 20111, 21335})
_GONE: Final = frozenset({20101, 20112, 20201})


class Weibo(Api):
    """Posts and comments, the newest first. A cursor is `PAGE LAST SEEN`: the last id before PAGE, and how many came.

    New posts may push all of a page to the next one (LAST is then marked `*`); what comes a third time is no new page.
    """

    name: ClassVar[str] = "weibo"
    platform: ClassVar[str] = "weibo"
    home: ClassVar[str] = "https://api.weibo.com"
    credential: ClassVar[str] = "an access token"
    parameter: ClassVar[str] = "access_token"
    #: Comments still come when a post is some days old.
    overlap: ClassVar[timedelta] = timedelta(days=7)
    guide: ClassVar[str] = (
        "Posts that mention the account of the token and fit a query; posts of the topic (#...#) of each word of a "
        "query, where Weibo has opened `search/topics` to your application (it does so for partners; otherwise these "
        "searches are skipped, and said to be). The posts of the subjects' accounts (`weibo:UID` or `weibo:@NAME`) and "
        "of those that `sources` follows come with their comments; Weibo gives ordinary applications only the posts of "
        "the account that authorised them. 150 calls an hour are usual for a user; when they are used up, the pull "
        "goes on an hour later."
    )

    def jobs(self, wanted: Wanted) -> list[Job]:
        """One job for the mentions, one for each topic and one for each account."""
        sets = [map(plain, terms) for query in wanted.queries for terms in alternatives(query)]
        words = [max(words, key=len) for words in sets]
        names = dict.fromkeys((*wanted.accounts, *wanted.follow))
        return [
            *([Job("mentions", {"of": "statuses/mentions"})] if wanted.queries else []),
            *(Job(f"account {name}", {"of": "statuses/user_timeline", **_who(name)}, searched=False) for name in names),
            *(Job(f"topic {word}", {"of": _SEARCH, "q": word}) for word in dict.fromkeys(words)),
        ]

    def page(self, job: Job, cursor: str | None, http: Http) -> Page:
        """A page of posts or comments. An account's posts lead to their comments."""
        asked = {name: value for name, value in job.params.items() if name != "of"}
        page, last, before = (cursor or "1  0").split(" ")
        found = http.json(f"{_API}/{job.params['of']}.json", {**asked, "page": page, "count": _ON_A_PAGE})
        shown = items(found, "statuses") or items(found, "comments")
        if not shown:
            return Page([])
        led_to = [_comments(one) for one in shown if "user_timeline" in job.params["of"] and one.get("comments_count")]
        oldest, total = _id(shown[-1]), number(found.get("total_number")) or 0
        same, seen = oldest == last.removesuffix("*"), int(before) + len(shown)
        following = f"{int(page) + 1} {oldest}{'*' if same else ''} {seen}" if same or seen < total else None
        if same and last.endswith("*"):
            following = cursor
        return Page(unfolded(self.name, found), following, jobs=tuple(led_to))

    def judge(self, response: httpx.Response) -> Verdict:
        """By Weibo's codes, which stand in the body."""
        body = said(response)
        code = number(body.get("error_code"))
        if code is None:
            return judged(response)
        message = f"{body.get('error')} ({code})"
        if code in _USED_UP:
            seconds = seconds_to_wait(response.headers)
            return Wait("the calls of this hour are used up", _HOUR if seconds is None else seconds)
        if code in _PASSING:
            return Wait(f"Weibo could not answer: {message}")
        if code in _TOKEN:
            return Stop(
                "the token has expired or was withdrawn", hint="authorise the application anew at open.weibo.com"
            )
        return _of_job(code, message, response.request.url.path)


def _of_job(code: int, message: str, path: str) -> Verdict:
    """What only holds for what was asked for."""
    if code in _PERMISSION and _SEARCH in path:
        return Skip("Weibo has not opened the search for topics to this application")
    if code in _PERMISSION:
        return Fail(f"a permission is missing: {message}")
    return Skip("it is gone, or hidden") if code in _GONE else Fail(f"Weibo refused this: {message}")


def _who(name: str) -> dict[str, str]:
    return {"uid": name} if name.isdigit() else {"screen_name": name.removeprefix("@")}


def _id(item: Document) -> str:
    found: Any = item.get("idstr") or item.get("id")
    return str(found)


def _comments(post: Document) -> Job:
    return Job(f"comments {_id(post)}", {"of": "comments/show", "id": _id(post)}, searched=False)
