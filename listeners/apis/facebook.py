"""Facebook by the Graph API: the posts on pages, and the comments below them. Nobody can search posts there."""

from datetime import timedelta
from typing import Any, ClassVar, Final
from urllib.parse import quote

import httpx

from listeners.apis.client import Http
from listeners.apis.contract import Api, Job, Page, Verdict, Wanted
from listeners.apis.meta import GRAPH, after, judge_graph, records
from listeners.apis.times import epoch
from listeners.nested import Document, items

_POST: Final = (
    "id,message,story,created_time,permalink_url,status_type,from,shares,attachments{description,media_type},"
    "reactions.limit(0).summary(true),comments.limit(0).summary(true)"
)
_COMMENT: Final = "id,message,created_time,permalink_url,from,like_count,comment_count,parent{id}"
#: More posts with all their fields are too much for one answer.
_POSTS: Final = "50"
_COMMENTS: Final = "100"


class Facebook(Api):
    """What pages and their visitors posted, and all comments and replies below it. A cursor is Meta's own."""

    name: ClassVar[str] = "facebook"
    platform: ClassVar[str] = "facebook"
    home: ClassVar[str] = "https://graph.facebook.com"
    credential: ClassVar[str] = "a page access token"
    parameter: ClassVar[str] = "access_token"
    #: Comments still come when a post is some days old.
    overlap: ClassVar[timedelta] = timedelta(days=7)
    guide: ClassVar[str] = (
        "All posts on the pages of the subjects' accounts (`facebook:@NAME` or `facebook:ID`) and on pages that "
        "`sources` follows (`facebook:NAME` or `facebook:ID`), with the comments below those of the last week. Posts "
        "cannot be searched for by words: Facebook offers no such API. Pages of others need the feature Page Public "
        "Content Access. Each user of the app allows 200 calls an hour; when they are used up, the pull goes on later "
        "where it stopped."
    )

    def jobs(self, wanted: Wanted) -> list[Job]:
        """One job for each page."""
        return [
            Job(f"page {name}", {"of": name, "edge": "feed", "fields": _POST}, searched=False) for name in wanted.names
        ]

    def page(self, job: Job, cursor: str | None, http: Http) -> Page:
        """Posts of a page, which lead to their comments; or comments of a post, the newest first."""
        feed = job.params["edge"] == "feed"
        how = {"limit": _POSTS} if feed else {"limit": _COMMENTS, "filter": "stream", "order": "reverse_chronological"}
        found: Document = http.json(
            f"{GRAPH}/{quote(job.params['of'], safe='')}/{job.params['edge']}",
            {
                "fields": job.params["fields"],
                **how,
                **({"since": str(epoch(job.since))} if feed and job.since else {}),
                **({"after": cursor} if cursor else {}),
            },
        )
        led_to = tuple(_comments(post) for post in items(found, "data") if _has_comments(post)) if feed else ()
        return Page(records(self.name, found), after(found), jobs=led_to)

    def judge(self, response: httpx.Response) -> Verdict:
        """By Meta's codes."""
        return judge_graph(response)


def _has_comments(post: Document) -> bool:
    """Whether it is worth asking; where the page does not say how many there are, it is."""
    shown: Any = post.get("comments")
    count = shown.get("summary", {}).get("total_count") if isinstance(shown, dict) else None
    return bool(post.get("id")) and count != 0


def _comments(post: Document) -> Job:
    params = {"of": str(post["id"]), "edge": "comments", "fields": _COMMENT}
    return Job(f"comments {post['id']}", params, searched=False)
