"""TikTok's Research API: a sign-in, videos by conditions and days, and comments; five in an answer."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs
from zlib import crc32

import httpx

from tests.apis.kit import FakeApi, Router

SIZE = 5
SECRET = "canary5f3a9cTikTokSecret"
TOKEN = "clt.canary5f3a9cTikTokToken"
WATCHLIST = """name: Skin care
subjects:
  - {name: Lumora, query: '(lumora OR "velune cream") NOT giveaway', accounts: ['tiktok:@lumora.skin']}
"""
_NOW = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)


def video(number: int, text: str, *, author: str = "mei", hours: int = 0, comments: int = 0) -> dict[str, Any]:
    return {
        "id": 7460000000000000000 + number,
        "video_description": text,
        "create_time": int((_NOW - timedelta(hours=hours or 100 - number)).timestamp()),
        "region_code": "US",
        "username": author,
        "like_count": number,
        "comment_count": comments,
        "hashtag_names": ["tea"],
        "_comments": [comment(number, n) for n in range(comments)],
    }


def comment(of: int, number: int) -> dict[str, Any]:
    video_id = 7460000000000000000 + of
    return {
        "id": 7470000000000000000 + number,
        "video_id": video_id,
        "text": f"where to buy? {number}",
        "create_time": int((_NOW - timedelta(hours=1)).timestamp()),
        "like_count": 2,
        "reply_count": 0,
        "parent_comment_id": video_id,
    }


ITEMS = (
    video(60, "our winter", author="lumora.skin", comments=2),
    *(video(number, f"Lumora, take {number}") for number in range(59, 48, -1)),
    video(45, "lumora giveaway"),
    video(44, "the velune cream"),
    video(43, "nothing of interest"),
)


def error(code: str, status: int, message: str = "") -> httpx.Response:
    return httpx.Response(status, json={"data": {}, "error": {"code": code, "message": message, "log_id": "2026"}})


def router(items: Sequence[dict[str, Any]]) -> Router:
    def answer(request: httpx.Request) -> httpx.Response:
        assert request.method == "POST"
        if request.url.path == "/v2/oauth/token/":
            form = {name: value[0] for name, value in parse_qs(request.content.decode()).items()}
            if form != {"client_key": "aw1", "client_secret": SECRET, "grant_type": "client_credentials"}:
                return httpx.Response(401, json={"error": "invalid_client", "error_description": "", "log_id": "1"})
            return httpx.Response(200, json={"access_token": TOKEN, "expires_in": 7200, "token_type": "Bearer"})
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return error("access_token_invalid", 401, "The access token is invalid")
        body = json.loads(request.content)
        if request.url.path == "/v2/research/video/comment/list/":
            below = next(one["_comments"] for one in items if str(one["id"]) == body["video_id"])
            return _page(body, "comments", below)
        assert (request.url.path, "hashtag_names" in request.url.params["fields"]) == (
            "/v2/research/video/query/",
            True,
        )
        return _page(body, "videos", [one for one in items if _fits(one, body)])

    return answer


def _page(body: dict[str, Any], what: str, found: Sequence[dict[str, Any]]) -> httpx.Response:
    """The page that is asked for; a cursor is only good for its own search."""
    start = body.get("cursor", 0)
    search = str(crc32(json.dumps(body.get("query", what)).encode()))
    if start and (start >= len(found) or (what == "videos" and body.get("search_id") != search)):
        return error("invalid_params", 400, "cursor or search id is invalid")
    shown = [{k: v for k, v in one.items() if not k.startswith("_")} for one in found[start : start + SIZE]]
    data = {what: shown, "cursor": start + SIZE, "search_id": search, "has_more": start + SIZE < len(found)}
    return httpx.Response(200, json={"data": data, "error": {"code": "ok", "message": "", "log_id": "2026"}})


def _fits(item: dict[str, Any], body: dict[str, Any]) -> bool:
    first, last = (datetime.strptime(body[name], "%Y%m%d").replace(tzinfo=UTC) for name in ("start_date", "end_date"))
    assert timedelta(0) <= last - first <= timedelta(days=30)
    created = datetime.fromtimestamp(item["create_time"], UTC)
    of = body["query"]
    wanted = all(_meets(item, one) for one in of["and"]) and not any(_meets(item, one) for one in of.get("not", []))
    return wanted and first <= created < last + timedelta(days=1)


def _meets(item: dict[str, Any], condition: dict[str, Any]) -> bool:
    if condition["field_name"] == "username":
        return item["username"] in condition["field_values"]
    return any(word.lower() in item["video_description"].lower() for word in condition["field_values"])


FAKE = FakeApi(
    watchlist=WATCHLIST,
    items=ITEMS,
    router=router,
    stored=frozenset(
        [
            *(str(7460000000000000000 + number) for number in (60, *range(49, 60), 44)),
            *(str(7470000000000000000 + number) for number in range(2)),
        ]
    ),
    secret=f"aw1:{SECRET}",
)
