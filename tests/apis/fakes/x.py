"""X's recent search: planted posts, newest first, five on a page, and a note about an author who is gone."""

from collections.abc import Sequence
from typing import Any

import httpx

from tests.apis.kit import FakeApi, Router

SIZE = 5
SECRET = "AAAAkova-71c4%3D"
WATCHLIST = """name: Launches
subjects:
  - {name: Lumora, query: '(lumora OR "velune cream") NOT giveaway'}
  - {name: Ann, kind: kol, accounts: ['x:@AnnB']}
"""
USERS = {"11": "mia", "12": "AnnB"}
GONE = "99"


def post(number: int, text: str, *, author: str = "11", answers: int | None = None) -> dict[str, Any]:
    identity = str(1_878_743_791_825_846_272 + number)
    answered = str(1_878_743_791_825_846_272 + answers) if answers is not None else None
    return {
        "id": identity,
        "text": text,
        "author_id": author,
        "created_at": f"2025-01-14T{number:02}:00:00.000Z",
        "conversation_id": answered or identity,
        "edit_history_tweet_ids": [identity],
        "public_metrics": {"retweet_count": 1, "reply_count": 2, "like_count": 3, "impression_count": 400},
        **({"referenced_tweets": [{"type": "replied_to", "id": answered}]} if answered else {}),
    }


ITEMS = (
    post(22, "lumora &amp; tea", author=GONE),
    post(21, "@AnnB what for?", answers=20),
    post(20, "What do you read?", author="12"),
    post(19, "The velune cream is fine"),
    post(18, "lumora giveaway, click here"),
    *(post(number, f"Lumora ships version {number}") for number in range(12, 0, -1)),
    post(0, "Nothing of interest"),
)


def router(items: Sequence[dict[str, Any]]) -> Router:
    def answer(request: httpx.Request) -> httpx.Response:
        assert request.url.path.endswith("/2/tweets/search/recent")
        if request.headers.get("authorization") != f"Bearer {SECRET}":
            return problem(401, "about:blank", "Unauthorized", "Unauthorized")
        asked = request.url.params
        found = [item for item in items if _selected(item, asked["query"])]
        start = int(asked.get("next_token", "b26v0")[4:])
        shown = found[start : start + SIZE]
        more = {"next_token": f"b26v{start + SIZE}"} if start + SIZE < len(found) else {}
        users = [{"id": one, "name": name, "username": name} for one, name in USERS.items()]
        body: dict[str, Any] = {
            "data": shown,
            "includes": {"users": users},
            "meta": {"result_count": len(shown), **more},
        }
        if any(one["author_id"] == GONE for one in shown):
            body["errors"] = [
                {
                    "value": GONE,
                    "detail": f"Could not find user with author_id: [{GONE}].",
                    "title": "Not Found Error",
                    "resource_type": "user",
                    "parameter": "author_id",
                    "type": "https://api.twitter.com/2/problems/resource-not-found",
                }
            ]
        return httpx.Response(200, json=body if shown else {"meta": {"result_count": 0}})

    return answer


def _selected(item: dict[str, Any], query: str) -> bool:
    if query.startswith("from:"):
        return item["author_id"] == "12" or item["text"].startswith("@AnnB")
    return any(part.strip('"') in item["text"].lower() for part in query.split(" OR "))


def problem(status: int, kind: str, title: str, detail: str) -> httpx.Response:
    return httpx.Response(status, json={"title": title, "detail": detail, "type": kind, "status": status})


STORED = (22, 21, 20, 19, *range(1, 13))
FAKE = FakeApi(
    watchlist=WATCHLIST,
    items=ITEMS,
    router=router,
    stored=frozenset(post(number, "")["id"] for number in STORED),
    secret=SECRET,
)
