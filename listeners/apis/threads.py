"""Threads by Meta's API: public posts by words, the newest first, and the posts of public profiles."""

from typing import ClassVar, Final

import httpx

from listeners.apis.client import Http
from listeners.apis.contract import Api, Job, Page, Verdict, Wanted
from listeners.apis.meta import after, judge_graph, records
from listeners.apis.terms import plain, searches
from listeners.apis.times import epoch

_API: Final = "https://graph.threads.net/v1.0"
_FIELDS: Final = (
    "id,text,media_type,permalink,timestamp,username,topic_tag,is_reply,has_replies,is_quote_post,"
    "replied_to,root_post,reposted_post"
)
_LIMIT: Final = "100"
#: Earlier times are refused.
_FIRST: Final = 1_688_540_400


class Threads(Api):
    """Posts and replies by words, and all of a profile. A cursor is Meta's own."""

    name: ClassVar[str] = "threads"
    platform: ClassVar[str] = "threads"
    home: ClassVar[str] = "https://graph.threads.net"
    credential: ClassVar[str] = "an access token"
    parameter: ClassVar[str] = "access_token"
    unit: ClassVar[str] = "searches of 2,200 in 24 hours"
    guide: ClassVar[str] = (
        "Public posts and replies in which all words of a query occur, the newest first, and everything that the "
        "subjects' accounts wrote (`threads:@NAME`; `threads:NAME` below `sources` follows somebody else). A user may "
        "search 2,200 times in 24 hours; searches without a result are free. Until Meta has reviewed the app, a search "
        "finds only your own posts, and words that Meta holds to be sensitive find nothing. Profiles need the "
        "permission `threads_profile_discovery`. Other people's likes and views are never told."
    )

    def jobs(self, wanted: Wanted) -> list[Job]:
        """One job for each set of words, and one for each profile."""
        how = {"search_type": "RECENT", "search_mode": "KEYWORD"}
        return [
            *(Job(f"search {text}", {"q": text, **how}) for text in searches(wanted.queries, plain)),
            *(Job(f"profile {name}", {"username": name}, searched=False, units=0) for name in wanted.names),
        ]

    def page(self, job: Job, cursor: str | None, http: Http) -> Page:
        """A page of posts."""
        edge = "keyword_search" if "q" in job.params else "profile_posts"
        found = http.json(
            f"{_API}/{edge}",
            {
                **job.params,
                "fields": _FIELDS,
                "limit": _LIMIT,
                **({"since": str(max(epoch(job.since), _FIRST))} if job.since else {}),
                **({"after": cursor} if cursor else {}),
            },
        )
        return Page(records(self.name, found), after(found))

    def judge(self, response: httpx.Response) -> Verdict:
        """By Meta's codes."""
        return judge_graph(response)
