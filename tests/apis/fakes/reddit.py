"""Reddit: planted posts and trees of comments, newest first, three on a page; a tree shows two and names the others."""

from base64 import b64encode
from collections.abc import Sequence
from typing import Any

import httpx

from tests.apis.kit import FakeApi, Router

SIZE, SHOWN = 3, 2
SECRET = "kovaAppId:kova-4d9e27"
TOKEN = "session-of-kova-app"
WATCHLIST = """name: Launches
sources: ['reddit:r/TeaTime', 'reddit:r/Hidden']
subjects:
  - {name: Lumora, query: '(lumora OR "velune cream") NOT giveaway'}
  - {name: Ann, kind: kol, accounts: ['reddit:@AnnB']}
"""


def post(
    number: int, title: str, *, subreddit: str = "beauty", author: str = "mia", comments: int = 0
) -> dict[str, Any]:
    data = {
        "subreddit": subreddit,
        "id": f"1kova{number:02}",
        "name": f"t3_1kova{number:02}",
        "title": title,
        "selftext": "",
        "author": author,
        "score": number,
        "num_comments": comments,
        "created_utc": 1_736_726_400.0 + number * 3600,
        "permalink": f"/r/{subreddit}/comments/1kova{number:02}/t/",
    }
    return {"kind": "t3", "data": data}


def comment(number: int, text: str, below: int, replies: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    data = {
        "subreddit": "beauty",
        "id": f"m7kova{number:02}",
        "name": f"t1_m7kova{number:02}",
        "link_id": f"t3_1kova{below:02}",
        "parent_id": f"t3_1kova{below:02}",
        "body": text,
        "author": "bo",
        "score": 3,
        "created_utc": 1_736_726_400.0 + (below + number) * 3600,
        "permalink": f"/r/beauty/comments/1kova{below:02}/t/m7kova{number:02}/",
        "replies": listing(replies) if replies else "",
    }
    return {"kind": "t1", "data": data}


def listing(children: Sequence[dict[str, Any]], after: str | None = None) -> dict[str, Any]:
    return {"kind": "Listing", "data": {"after": after, "children": list(children)}}


ITEMS = (
    post(40, "What tea is this?", subreddit="TeaTime", comments=1),
    post(39, "Green tea with lumora", subreddit="TeaTime"),
    post(38, "Black tea", subreddit="TeaTime"),
    post(37, "White tea", subreddit="TeaTime"),
    *(post(number, "I read a lot", author="AnnB") for number in (33, 32, 31, 30)),
    *(post(number, f"Lumora &amp; I, part {number}", comments=5 if number == 3 else 0) for number in range(6, 0, -1)),
    post(0, "The velune cream is fine"),
    comment(1, "Oolong", 40),
    comment(2, "my lumora broke", 3, [comment(3, "did your lumora break?", 3)]),
    comment(4, "nothing to say", 3),
    comment(5, "lumora all the way", 3),
    comment(6, "a lumora giveaway", 3),
)


def router(items: Sequence[dict[str, Any]]) -> Router:
    posts = [item for item in items if item["kind"] == "t3"]
    trees = [item for item in items if item["kind"] == "t1"]

    def answer(request: httpx.Request) -> httpx.Response:
        path, asked = request.url.path, request.url.params
        if path.endswith("/api/v1/access_token"):
            basic = b64encode(SECRET.encode()).decode()
            known = request.headers["authorization"] == f"Basic {basic}"
            return httpx.Response(200, json={"access_token": TOKEN}) if known else denied(401)
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return denied(401)
        assert asked["raw_json"] == "1"
        if "/r/Hidden/" in path:
            return denied(403, "private")
        if path.endswith("/api/morechildren"):
            named = asked["children"].split(",")
            things = [one for one in trees if one["data"]["id"] in named]
            return httpx.Response(200, json={"json": {"errors": [], "data": {"things": things}}})
        if "/comments/" in path:
            identity = path.rpartition("/")[2]
            tree = [one for one in trees if one["data"]["link_id"] == f"t3_{identity}"]
            left = [one["data"]["id"] for one in tree[SHOWN:]]
            more = [{"kind": "more", "data": {"id": left[0], "count": len(left), "children": left}}] if left else []
            here = [one for one in posts if one["data"]["id"] == identity]
            return httpx.Response(200, json=[listing(here), listing([*tree[:SHOWN], *more])])
        found = [one for one in posts if _selected(one["data"], path, asked)]
        start = int(asked.get("after", "t3_0")[3:])
        after = f"t3_{start + SIZE}" if start + SIZE < len(found) else None
        return httpx.Response(200, json=listing(found[start : start + SIZE], after))

    return answer


def _selected(item: dict[str, Any], path: str, asked: httpx.QueryParams) -> bool:
    if path.endswith("/search"):
        return any(part.strip('"') in item["title"].lower() for part in asked["q"].split(" OR "))
    return f"/r/{item['subreddit']}/" in path or f"/user/{item['author']}/" in path


def denied(status: int, reason: str | None = None) -> httpx.Response:
    return httpx.Response(status, json={"message": "No", "error": status, **({"reason": reason} if reason else {})})


POSTS = (40, 39, 38, 37, 33, 32, 31, 30, *range(7))
FAKE = FakeApi(
    watchlist=WATCHLIST,
    items=ITEMS,
    router=router,
    stored=frozenset((*(f"1kova{number:02}" for number in POSTS), *(f"m7kova{number:02}" for number in (1, 2, 3, 5)))),
    secret=SECRET,
)
