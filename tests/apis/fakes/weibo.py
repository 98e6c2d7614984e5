"""Weibo's open API: mentions, an account with comments, and a search that is closed to this application."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import httpx

from tests.apis.kit import FakeApi, Router

SIZE = 5
TOKEN = "2.00canary5f3a9cWeiboToken"
WATCHLIST = """name: 护肤
subjects:
  - {name: 露茉, query: '露茉 NOT 抽奖', accounts: ['weibo:5100000001', 'weibo:@露茉旗舰店']}
"""
ACCOUNTS = {"5100000001": "5100000001", "露茉旗舰店": "5100000002"}


def said(number: int, text: str, *, author: str = "5100000009", **more: Any) -> dict[str, Any]:
    """A post or a comment."""
    when = datetime(2025, 1, 10, 12) + timedelta(hours=number)
    return {
        "created_at": f"{when:%a %b %d %H:%M:%S} +0800 {when:%Y}",
        "id": 5122656743456000 + number,
        "idstr": str(5122656743456000 + number),
        "mid": str(5122656743456000 + number),
        "text": text,
        "user": {"id": int(author), "idstr": author, "screen_name": "小河", "followers_count": 12},
        **more,
    }


def post(number: int, text: str, *, author: str = "5100000009", comments: Sequence[int] = ()) -> dict[str, Any]:
    found = said(number, text, author=author, reposts_count=1, comments_count=len(comments), attitudes_count=2)
    status = {name: found[name] for name in ("id", "idstr", "mid", "text", "created_at", "user")}
    return {**found, "isLongText": False, "_comments": [said(one, "多少钱", status=status) for one in comments]}


ITEMS = (
    *(post(number, f"@露茉旗舰店 露茉很好用 {number}") for number in range(60, 48, -1)),
    post(48, "@露茉旗舰店 露茉抽奖"),
    post(40, "新品上市", author="5100000001", comments=[80, 79]),
    post(39, "冬天来了", author="5100000001"),
    post(30, "欢迎光临", author="5100000002"),
)


def error(code: int, message: str, status: int = 403) -> httpx.Response:
    return httpx.Response(status, json={"error": message, "error_code": code, "request": "/2/statuses/mentions.json"})


def router(items: Sequence[dict[str, Any]]) -> Router:
    def answer(request: httpx.Request) -> httpx.Response:
        asked = request.url.params
        if asked.get("access_token") != TOKEN:
            return error(21332, "invalid_access_token", 401)
        match request.url.path:
            case "/2/search/topics.json":
                return error(10014, "Insufficient app permissions!")
            case "/2/statuses/mentions.json":
                return _page(request, "statuses", [one for one in items if "@" in one["text"]])
            case "/2/statuses/user_timeline.json":
                author = ACCOUNTS[asked.get("uid") or asked["screen_name"]]
                return _page(request, "statuses", [one for one in items if one["user"]["idstr"] == author])
            case "/2/comments/show.json":
                below = next(one["_comments"] for one in items if one["idstr"] == asked["id"])
                return _page(request, "comments", below)
        return error(10020, "Request api not found", 404)

    return answer


def _page(request: httpx.Request, what: str, found: Sequence[dict[str, Any]]) -> httpx.Response:
    start = (int(request.url.params["page"]) - 1) * SIZE
    if start and start >= len(found):
        return error(10017, "Parameter (page)'s value invalid", 400)
    shown = [{k: v for k, v in one.items() if not k.startswith("_")} for one in found[start : start + SIZE]]
    return httpx.Response(200, json={what: shown, "total_number": len(found), "next_cursor": 0})


FAKE = FakeApi(
    watchlist=WATCHLIST,
    items=ITEMS,
    router=router,
    stored=frozenset(str(5122656743456000 + number) for number in (*range(49, 61), 40, 39, 30, 80, 79)),
    secret=TOKEN,
)
