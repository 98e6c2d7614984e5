"""TikTok by its Research API: videos by words, 30 days at a time, and accounts' videos with their comments."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, Final

import httpx

from listeners.apis.bodies import said
from listeners.apis.client import Http, Refusal
from listeners.apis.contract import Api, Fail, Job, Page, Signed, Stop, Verdict, Wait, Wanted
from listeners.apis.judging import judged, seconds_to_wait
from listeners.apis.terms import plain, searchable
from listeners.apis.times import until_midnight
from listeners.nested import Document, items
from listeners.registry import unfolded
from tingfeng.queries import Query
from tingfeng.queries.tree import And, Node, Not, Or, Term, children

_API: Final = "https://open.tiktokapis.com/v2"
_FIELDS: Final = (
    "id,video_description,create_time,region_code,username,like_count,comment_count,share_count,view_count,"
    "favorites_count,hashtag_names"
)
_COMMENT: Final = "id,video_id,text,like_count,reply_count,parent_comment_id,create_time"
_ON_A_PAGE: Final = 100
#: The longest period that one request may ask for, and how far back the first pull looks.
_WINDOW: Final = timedelta(days=30)
_DAY: Final = "%Y%m%d"
_PERMISSION: Final = frozenset({"scope_not_authorized", "scope_permission_missed"})
_SIGN_IN: Final = frozenset({"invalid_client", "invalid_request", "unauthorized_client", "invalid_grant"})


class TikTok(Api):
    """Videos, the newest first, in windows of 30 days. A cursor is `FIRST-LAST NUMBER SEARCH`: days, place, search."""

    name: ClassVar[str] = "tiktok"
    platform: ClassVar[str] = "tiktok"
    home: ClassVar[str] = "https://open.tiktokapis.com"
    credential: ClassVar[str] = "client_key:client_secret, or a client access token"
    unit: ClassVar[str] = "requests of 1,000 a day"
    guide: ClassVar[str] = (
        "Public videos whose description fits a query: its words, OR and NOT are asked of TikTok, the newest videos "
        "first, 30 days at a time; without `--since` the first pull looks 30 days back. The videos of the subjects' "
        "accounts (`tiktok:@NAME`) and of those that `sources` follows (`tiktok:NAME`) come with their comments. 1,000 "
        "requests a day are allowed, counted from midnight UTC; when they are used up, the pull goes on the next day. "
        "New videos appear in this API up to 48 hours late, and their counts later still."
    )

    def jobs(self, wanted: Wanted) -> list[Job]:
        """One job for each query, and one for each account."""
        asked = {query.text: conditions(query) for query in wanted.queries}
        return [
            *(Job(f"search {text}", {"query": query}) for text, query in asked.items() if query),
            *(Job(f"account {name}", {"query": _of(name), "comments": True}, searched=False) for name in wanted.names),
        ]

    def page(self, job: Job, cursor: str | None, http: Http) -> Page:
        """A page of videos, or of the comments of one."""
        if "video_id" in job.params:
            return self._comments(job, cursor, http)
        days, number, search = (cursor or f"{_window(datetime.now(UTC), job.since)} 0 ").split(" ")
        first, last = days.split("-")
        found = self._asked(
            http,
            "video/query",
            _FIELDS,
            {
                "query": job.params["query"],
                "start_date": first,
                "end_date": last,
                "max_count": _ON_A_PAGE,
                **({"cursor": int(number)} if number != "0" else {}),
                **({"search_id": search} if search else {}),
            },
        )
        shown = found["data"]
        further = f"{days} {shown.get('cursor')} {shown.get('search_id') or ''}" if shown.get("has_more") else None
        videos = items(found, "data", "videos")
        led_to = [_comments_of(one) for one in videos if job.params.get("comments") and one.get("comment_count") != 0]
        return Page(
            unfolded(self.name, found) if videos else [], further or _before(first, job.since), jobs=tuple(led_to)
        )

    def sign_in(self, secret: str, http: Http) -> Signed:
        """A token for two hours, by key and secret."""
        key, mark, password = secret.partition(":")
        if not mark:
            return super().sign_in(secret, http)
        asked = {"client_key": key, "client_secret": password, "grant_type": "client_credentials"}
        found = http.json(f"{_API}/oauth/token/", method="POST", data=asked, signed=False)
        return super().sign_in(str(found.get("access_token", "")), http)

    def judge(self, response: httpx.Response) -> Verdict:
        """By TikTok's codes, which stand in the body."""
        error = said(response).get("error")
        code = error.get("code") if isinstance(error, dict) else error
        if code in _SIGN_IN:
            return Stop("the client key or secret was not accepted", hint="copy both from developers.tiktok.com")
        if not isinstance(error, dict) or code in {None, "ok"}:
            return judged(response)
        if code == "daily_quota_limit_exceeded":
            seconds = seconds_to_wait(response.headers)
            free = until_midnight(datetime.now(UTC)) if seconds is None else seconds
            return Wait("the requests of this day are used up", free)
        if code in _PERMISSION:
            return Stop("the Research API is not open to this client", hint="apply for it on developers.tiktok.com")
        verdict = judged(response)
        return Fail(f"TikTok refused this: {error.get('message') or code}") if isinstance(verdict, Fail) else verdict

    def _asked(self, http: Http, what: str, fields: str, body: Mapping[str, Any]) -> Document:
        found: Document = http.json(f"{_API}/research/{what}/", {"fields": fields}, method="POST", json=body)
        if not isinstance(found.get("data"), dict):
            raise Refusal(Fail("TikTok's answer has no data"))
        return found

    def _comments(self, job: Job, cursor: str | None, http: Http) -> Page:
        body = {"video_id": job.params["video_id"], "max_count": _ON_A_PAGE, "cursor": int(cursor or 0)}
        found = self._asked(http, "video/comment/list", _COMMENT, body)
        following = str(found["data"].get("cursor")) if found["data"].get("has_more") else None
        return Page(unfolded(self.name, found) if items(found, "data", "comments") else [], following)


def conditions(query: Query) -> dict[str, Any] | None:
    """`query` in TikTok's terms, never narrower: some word of each of its clauses, and none of what it excludes."""
    root = query.root
    parts = root.children if isinstance(root, And) else (root,)
    wanted = [clause for part in parts if (node := searchable(part)) for clause in _clauses(node)]
    excluded = [word for part in parts if isinstance(part, Not) for word in _excluded(part.child)]
    if not wanted:
        return None
    keywords = [_keyword(clause) for clause in wanted]
    return {"and": keywords, **({"not": [_keyword(excluded)]} if excluded else {})}


def _clauses(node: Node) -> list[list[str]]:
    """Sets of words; of each set one must occur."""
    if isinstance(node, And):
        return [clause for child in node.children for clause in _clauses(child)]
    if isinstance(node, Or):
        # Of an alternative that has several clauses one is kept, so that more is found.
        return [[word for child in node.children for word in min(_clauses(child), key=len)]]
    return [[plain(node)]] if isinstance(node, Term) else []


def _excluded(node: Node) -> list[str]:
    """Words each of which excludes a video; TikTok heeds no case, so what does cannot be said."""
    if isinstance(node, Or):
        return [word for child in children(node) for word in _excluded(child)]
    return [plain(node)] if isinstance(node, Term) and not node.raw and not node.prefix else []


def _keyword(words: list[str]) -> dict[str, Any]:
    return {"operation": "IN", "field_name": "keyword", "field_values": list(dict.fromkeys(words))}


def _of(name: str) -> dict[str, Any]:
    return {"and": [{"operation": "EQ", "field_name": "username", "field_values": [name]}]}


def _comments_of(video: Document) -> Job:
    params = {"video_id": str(video["id"])}
    return Job(f"comments {video['id']}", params, searched=False, newest_first=False)


def _window(end: datetime, since: datetime | None) -> str:
    """The 30 days until `end`, or fewer when `since` is later."""
    last = end.replace(tzinfo=None)
    first = last - _WINDOW
    return f"{max(first, since or first):{_DAY}}-{last:{_DAY}}"


def _before(first: str, since: datetime | None) -> str | None:
    """The window before the one that began on `first`, which shares that day; None where `since` lies in that one."""
    began = datetime.strptime(first, _DAY)
    return f"{_window(began, since)} 0 " if since and since < began else None
