"""Bluesky's search and feeds: planted posts, newest first, four on a page, for those who have a session."""

import json
from collections.abc import Sequence
from typing import Any

import httpx

from tests.apis.kit import FakeApi, Router

SIZE = 4
HANDLE, PASSWORD = "kova.example.com", "kova-71c4-9e2a-55d0"
TOKEN = "eyJrb3Zh.session"
WATCHLIST = """name: Launches
subjects:
  - {name: Lumora, query: '(lumora OR "velune cream") NOT giveaway'}
  - {name: Ann, kind: kol, accounts: ['bluesky:@annb.example.com']}
"""


def post(number: int, text: str, *, author: str = "mia") -> dict[str, Any]:
    did = f"did:plc:{author}"
    written = f"2025-01-{number // 24 + 1:02}T{number % 24:02}:00:00.000Z"
    return {
        "uri": f"at://{did}/app.bsky.feed.post/3kova{number:02}",
        "cid": f"bafy{number}",
        "author": {"did": did, "handle": f"{author}.example.com", "displayName": author.title()},
        "record": {"$type": "app.bsky.feed.post", "createdAt": written, "langs": ["en"], "text": text},
        "replyCount": 1,
        "repostCount": 2,
        "likeCount": number,
        "quoteCount": 0,
        "indexedAt": written,
    }


ITEMS = (
    post(40, "What do you read?", author="annb"),
    post(39, "The velune cream is fine"),
    post(38, "lumora giveaway, click here"),
    *(post(number, f"Lumora ships version {number}") for number in range(12, 0, -1)),
    post(0, "Of no interest"),
)


def router(items: Sequence[dict[str, Any]]) -> Router:
    def answer(request: httpx.Request) -> httpx.Response:
        method, asked = request.url.path.rpartition("/")[2], request.url.params
        if method == "com.atproto.server.createSession":
            known = json.loads(request.content) == {"identifier": HANDLE, "password": PASSWORD}
            session = {"did": "did:plc:kova", "handle": HANDLE, "accessJwt": TOKEN, "refreshJwt": f"{TOKEN}.r"}
            return httpx.Response(200, json=session) if known else error(401, "AuthenticationRequired", "Invalid")
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return error(403, "AuthMissing", "Authentication Required")
        searches = method == "app.bsky.feed.searchPosts"
        found = [item for item in items if _selected(item, asked)]
        start = int(asked.get("cursor", 0))
        shown = found[start : start + SIZE]
        more = {"cursor": str(start + SIZE)} if start + SIZE < len(found) else {}
        page = {"posts": shown, "hitsTotal": len(found)} if searches else {"feed": [{"post": one} for one in shown]}
        return httpx.Response(200, json={**page, **more})

    return answer


def _selected(item: dict[str, Any], asked: httpx.QueryParams) -> bool:
    if "actor" in asked:
        return bool(item["author"]["handle"] == asked["actor"])
    return asked["q"].strip('"') in item["record"]["text"].lower() and item["indexedAt"] >= asked.get("since", "")


def error(status: int, name: str, message: str) -> httpx.Response:
    return httpx.Response(status, json={"error": name, "message": message})


FAKE = FakeApi(
    watchlist=WATCHLIST,
    items=ITEMS,
    router=router,
    stored=frozenset(
        ["at://did:plc:annb/app.bsky.feed.post/3kova40", *(post(number, "")["uri"] for number in (39, *range(1, 13)))]
    ),
    secret=f"{HANDLE}:{PASSWORD}",
)
