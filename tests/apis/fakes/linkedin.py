"""LinkedIn's Posts and Comments APIs: posts of two organisations, five in an answer, and comments, two in one."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import unquote

import httpx

from tests.apis.kit import FakeApi, Router

SIZE = 5
TOKEN = "AQXcanary5f3a9cLinkedInToken"
WATCHLIST = """name: Skin care
subjects:
  - {name: Lumora, query: lumora, accounts: ['linkedin:107']}
"""
DAY = 86_400_000


def post(number: int, organization: int, comments: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    return {
        "id": f"urn:li:share:{number}",
        "author": f"urn:li:organization:{organization}",
        "commentary": rf"A new cream \({number}\)",
        "createdAt": 1_736_000_000_000 + number % 100 * DAY,
        "publishedAt": 1_736_000_000_000 + number % 100 * DAY,
        "lifecycleState": "PUBLISHED",
        "visibility": "PUBLIC",
        "_comments": comments,
    }


def comment(number: int, activity: int, replies: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": str(number),
        "commentUrn": f"urn:li:comment:(urn:li:activity:{activity},{number})",
        "object": f"urn:li:activity:{activity}",
        "actor": "urn:li:person:xyz",
        "created": {"actor": "urn:li:person:xyz", "time": 1_737_000_000_000 + number},
        "message": {"attributes": [], "text": f"Where to buy? {number}"},
        "_comments": replies,
    }
    return found | ({"commentsSummary": {"totalFirstLevelComments": len(replies)}} if replies else {})


REPLY = {**comment(74, 900), "parentComment": "urn:li:comment:(urn:li:activity:900,71)"}
ITEMS = (
    post(719, 107, [comment(71, 900, [REPLY]), comment(72, 900), comment(73, 900)]),
    *(post(number, 107) for number in range(718, 713, -1)),
    post(713, 108),
)


def error(status: int, code: str, message: str, service: int = 100) -> httpx.Response:
    body = {"status": status, "serviceErrorCode": service, "code": code, "message": message}
    return httpx.Response(status, json=body)


def router(items: Sequence[dict[str, Any]]) -> Router:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return error(401, "INVALID_ACCESS_TOKEN", "Invalid access token", 65600)
        assert len(request.headers["linkedin-version"]) == 6
        assert request.headers["x-restli-protocol-version"] == "2.0.0"
        path = request.url.raw_path.decode().partition("?")[0]
        if path == "/rest/posts":
            assert request.url.params["q"] == "author"
            found = [one for one in items if one["author"] == request.url.params["author"]]
            return _page(request, found, SIZE)
        below = unquote(path.removeprefix("/rest/socialActions/").removesuffix("/comments"))
        assert ":" not in path
        inside = (*items, *(one for item in items for one in item["_comments"]))
        found = next(one["_comments"] for one in inside if below in {one["id"], one.get("commentUrn")})
        return _page(request, found, 2) if found else error(404, "NOT_FOUND", "No social actions")

    return answer


def _page(request: httpx.Request, found: Sequence[dict[str, Any]], size: int) -> httpx.Response:
    start = int(request.url.params["start"])
    if start and start >= len(found):
        return error(400, "ILLEGAL_ARGUMENT", "start is out of range")
    shown = [{k: v for k, v in one.items() if not k.startswith("_")} for one in found[start : start + size]]
    href = request.url.copy_merge_params({"start": str(start + size)})
    following = [{"rel": "next", "href": str(href.raw_path.decode()), "type": "application/json"}]
    links = following if start + size < len(found) else []
    return httpx.Response(200, json={"paging": {"start": start, "count": 100, "links": links}, "elements": shown})


FAKE = FakeApi(
    watchlist=WATCHLIST,
    items=ITEMS,
    router=router,
    stored=frozenset(
        [
            *(f"urn:li:share:{number}" for number in range(714, 720)),
            *(f"urn:li:comment:(urn:li:activity:900,{number})" for number in range(71, 75)),
        ]
    ),
    secret=TOKEN,
)
