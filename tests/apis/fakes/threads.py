"""The Threads API: posts by words and profiles, the newest first, five in an answer."""

from collections.abc import Sequence
from typing import Any

import httpx

from tests.apis.fakes.meta import TOKEN, error, page, refused
from tests.apis.kit import FakeApi, Router

SIZE = 5
WATCHLIST = """name: Skin care
subjects:
  - {name: Lumora, query: '(lumora OR "velune cream") NOT giveaway', accounts: ['threads:@lumora.skin']}
"""


def post(number: int, text: str, *, author: str = "mei", **more: Any) -> dict[str, Any]:
    return {
        "id": str(18050000000000000 + number),
        "text": text,
        "media_type": "TEXT_POST",
        "permalink": f"https://www.threads.com/@{author}/post/D{number}",
        "timestamp": f"2025-01-{number:02}T10:00:00+0000",
        "username": author,
        "is_reply": False,
        "has_replies": False,
        **more,
    }


ITEMS = (
    post(27, "winter is here", author="lumora.skin"),
    post(26, "lumora giveaway"),
    *(post(number, f"Lumora on day {number}") for number in range(25, 14, -1)),
    post(14, "velune is a cream", is_reply=True),
    post(13, "the velune cream", is_reply=True, replied_to={"id": "5"}, root_post={"id": "4"}),
)


def router(items: Sequence[dict[str, Any]]) -> Router:
    def answer(request: httpx.Request) -> httpx.Response:
        if wrong := refused(request):
            return wrong
        asked = request.url.params
        assert "replied_to" in asked["fields"]
        if request.url.path == "/v1.0/profile_posts":
            found = [one for one in items if one["username"] == asked["username"]]
            return page(request, found, SIZE) if found else error(100, "no such profile", error_subcode=33)
        assert (request.url.path, asked["search_type"]) == ("/v1.0/keyword_search", "RECENT")
        words = asked["q"].lower().split()
        return page(request, [one for one in items if all(word in one["text"].lower() for word in words)], SIZE)

    return answer


FAKE = FakeApi(
    watchlist=WATCHLIST,
    items=ITEMS,
    router=router,
    stored=frozenset(str(18050000000000000 + number) for number in (27, *range(15, 26), 13)),
    secret=TOKEN,
)
