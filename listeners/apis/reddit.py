"""Reddit: posts by words, of subreddits and of accounts, and the comments on them."""

from typing import Any, ClassVar, Final

import httpx

from listeners.apis.bodies import said
from listeners.apis.client import Http, Refusal
from listeners.apis.contract import Api, Job, Page, Signed, Skip, Stop, Verdict, Wanted
from listeners.apis.judging import OTHER, judged
from listeners.apis.terms import expressions
from listeners.apis.times import epoch
from listeners.nested import Document, Wrong, items
from listeners.registry import unfolded

_ROOT: Final = "https://oauth.reddit.com"
_LONGEST: Final = 512
_ON_A_PAGE: Final = 100
#: Of one tree; the others are named by stubs.
_COMMENTS: Final = 500
_SHUT: Final = {
    "private": "the subreddit is private",
    "banned": "the subreddit is banned",
    "quarantined": "the subreddit is under quarantine",
    "gold_only": "the subreddit is for members only",
}


class Reddit(Api):
    """Listings, the newest first; each page of posts leads to the trees of comments on them.

    A cursor is the name of the last post; of a tree it is the ids of the comments that it left out.
    """

    name: ClassVar[str] = "reddit"
    platform: ClassVar[str] = "reddit"
    home: ClassVar[str] = _ROOT
    also: ClassVar[tuple[str, ...]] = ("https://www.reddit.com",)
    credential: ClassVar[str] = "id:secret of an app"
    pace: ClassVar[float] = 0.7
    guide: ClassVar[str] = (
        "Posts by words, and those comments on them that a query selects; all that the subjects' accounts wrote, with "
        "the comments on it (`reddit:@NAME`). Below `sources`, `reddit:r/NAME` follows a subreddit with all its "
        "comments, `reddit:u/NAME` another account. A listing shows about 1,000 posts. 100 requests a minute are free."
    )

    def sign_in(self, secret: str, http: Http) -> Signed:
        """The app signs in for itself, without an account: it reads what is public."""
        name, _, password = secret.partition(":")
        url, grant = f"{self.also[0]}/api/v1/access_token", {"grant_type": "client_credentials"}
        found = http.json(url, method="POST", data=grant, auth=(name, password), signed=False)
        if "access_token" not in found:
            raise Refusal(
                Stop("the credential was not accepted", hint="write it as id:secret of an app of type script")
            )
        return super().sign_in(found["access_token"], http)

    def jobs(self, wanted: Wanted) -> list[Job]:
        """One listing for each part of a query, each account, and each subreddit."""
        searches = [text for query in wanted.queries for text in expressions(query, _LONGEST)]
        users = [name.removeprefix("@") for name in wanted.accounts]
        users += [name.removeprefix("u/") for name in wanted.follow if name.startswith("u/")]
        subreddits = [name.removeprefix("r/") for name in wanted.follow if not name.startswith("u/")]
        followed = {f"account {one}": {"path": f"/user/{one}/overview", "sort": "new"} for one in users}
        followed |= {f"subreddit {one}": {"path": f"/r/{one}/new"} for one in subreddits}
        search = {"path": "/search", "type": "link", "sort": "new"}
        return [
            *(Job(key, params, searched=False) for key, params in followed.items()),
            *(Job(f"search {text}", {**search, "q": text}) for text in dict.fromkeys(searches)),
        ]

    def page(self, job: Job, cursor: str | None, http: Http) -> Page:
        """A page of a listing, or of a tree of comments."""
        if "link_id" in job.params:
            return _tree(job.params["link_id"], cursor, http)
        asked = {key: value for key, value in job.params.items() if key != "path"}
        after = {"after": cursor} if cursor else {}
        found = _asked(http, job.params["path"], {**asked, **after, "limit": str(_ON_A_PAGE)})
        if not isinstance(found, dict) or "data" not in found:
            raise Refusal(OTHER)
        trees = [
            Job(f"comments {post['id']}", {"link_id": f"t3_{post['id']}"}, job.searched, newest_first=False)
            for thing in items(found, "data", "children")
            if (post := thing.get("data")) and thing.get("kind") == "t3" and _has_new_comments(post, job)
        ]
        return Page(unfolded(self.name, found), found["data"].get("after"), jobs=tuple(trees))

    def judge(self, response: httpx.Response) -> Verdict:
        """A subreddit that is shut is none to read; a web page means that Reddit does not like who asks."""
        if response.status_code not in {403, 404}:
            return judged(response)
        reason = str(said(response).get("reason"))
        if reason in _SHUT:
            return Skip(_SHUT[reason])
        if response.status_code == httpx.codes.FORBIDDEN and "html" in response.headers.get("content-type", ""):
            return Stop(
                "Reddit blocks requests from here", hint="check that the app is approved, and try another network"
            )
        return judged(response)


def _asked(http: Http, path: str, asked: dict[str, Any]) -> Any:
    """What Reddit answers, with `&` as such and not as `&amp;`."""
    return http.json(f"{_ROOT}{path}", {**asked, "raw_json": "1"})


def _has_new_comments(post: Document, job: Job) -> bool:
    since = epoch(job.since) if job.since else 0
    return bool(post.get("num_comments")) and float(post.get("created_utc") or 0) >= since


def _tree(post: str, cursor: str | None, http: Http) -> Page:
    """The comments on a post, and in further pages those that the tree left out."""
    if cursor is None:
        asked = {"limit": str(_COMMENTS), "sort": "new"}
        found = _asked(http, f"/comments/{post.removeprefix('t3_')}", asked)
        if not isinstance(found, list) or len(found) < len(("post", "comments")):
            raise Refusal(OTHER)
        tree, left = found[1], []
    else:
        named = cursor.split(",")
        here, left = named[:_ON_A_PAGE], named[_ON_A_PAGE:]
        tree = _asked(http, "/api/morechildren", {"api_type": "json", "link_id": post, "children": ",".join(here)})
    records = unfolded("reddit", tree)
    stubs = [one.record for one in records if isinstance(one, Wrong) and one.record.get("kind") == "more"]
    left += [identity for stub in stubs for identity in stub.get("data", {}).get("children", [])]
    kept = [one for one in records if not isinstance(one, Wrong) or one.record not in stubs]
    return Page(kept, ",".join(dict.fromkeys(left)) or None)
