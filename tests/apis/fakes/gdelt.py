"""GDELT's search: the newest headlines of a span of time, 250 at most."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from tests.apis.kit import FakeApi, Router

WATCHLIST = """name: News
subjects:
  - {name: Lumora, query: 'lumora NOT giveaway'}
  - {name: Velune, query: '"velune cream" NEAR/5 serum'}
"""
NOW = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
MOST = 250


def article(number: int, title: str, hours: float) -> dict[str, Any]:
    return {
        "url": f"https://news.example/{number}",
        "url_mobile": "",
        "title": title,
        "seendate": (NOW - timedelta(hours=hours)).strftime("%Y%m%dT%H%M%SZ"),
        "socialimage": "",
        "domain": "news.example",
        "language": "English",
        "sourcecountry": "France",
    }


ITEMS = (
    *(article(number, f"Lumora opens shop {number} in Paris", 6 * number + 1) for number in range(1, 258)),
    article(300, "Lumora giveaway , click here", 3),
    article(301, "Velune cream and serum", 4),
    article(302, "Cream of Velune and serum", 5),
)


def router(items: Sequence[dict[str, Any]]) -> Router:
    def answer(request: httpx.Request) -> httpx.Response:
        asked = request.url.params
        assert (asked["mode"], asked["format"], int(asked["maxrecords"])) == ("artlist", "json", MOST)
        words = asked["query"].lower().replace('"', "").split()
        start, end = (datetime.strptime(asked[name], "%Y%m%d%H%M%S") for name in ("startdatetime", "enddatetime"))
        found = [
            item
            for item in items
            if all(word in item["title"].lower() for word in words)
            and start <= datetime.strptime(item["seendate"], "%Y%m%dT%H%M%SZ") <= end
        ]
        newest = sorted(found, key=lambda item: item["seendate"], reverse=True)[:MOST]
        return httpx.Response(200, json={"articles": newest} if newest else {})

    return answer


FAKE = FakeApi(
    watchlist=WATCHLIST,
    items=ITEMS,
    router=router,
    stored=frozenset(
        item["url"] for item in ITEMS if "giveaway" not in item["title"] and "Cream of" not in item["title"]
    ),
)
