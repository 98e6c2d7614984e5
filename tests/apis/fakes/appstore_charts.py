"""Apple's charts of one country: two, of which one app is in both."""

from collections.abc import Sequence
from typing import Any

import httpx

from tests.apis.kit import FakeApi, Router

APP = "741292507"
WATCHLIST = f"""name: Apps
sources: ["appstore:cn/{APP}"]
subjects:
  - {{name: Lumora, query: lumora}}
"""


def app(chart: str, number: str, name: str) -> dict[str, Any]:
    return {"chart": chart, "id": number, "name": name, "artistName": "Somebody", "kind": "apps"}


ITEMS = (
    *(app("top-free", str(600_000_000 + number), f"App {number}") for number in range(1, 7)),
    app("top-free", APP, "小红书"),
    app("top-paid", "600000099", "Paid"),
    app("top-paid", APP, "小红书"),
)


def router(items: Sequence[dict[str, Any]], day: str = "Wed, 15 Jan 2025 03:10:35 +0000") -> Router:
    def answer(request: httpx.Request) -> httpx.Response:
        assert request.url.path.endswith("/100/apps.json")
        *_, chart, _, _ = request.url.path.split("/")
        results = [
            {key: value for key, value in item.items() if key != "chart"} for item in items if item["chart"] == chart
        ]
        return httpx.Response(200, json={"feed": {"country": "cn", "updated": day, "results": results}})

    return answer


FAKE = FakeApi(
    watchlist=WATCHLIST,
    items=ITEMS,
    router=router,
    stored=frozenset(f"CN/{item['chart']}/{item['id']}" for item in ITEMS),
)
