"""Facebook's Graph API: two pages with posts, five in an answer, and comments, three in an answer."""

from collections.abc import Sequence
from typing import Any

import httpx

from tests.apis.fakes.meta import TOKEN, error, page, refused
from tests.apis.kit import FakeApi, Router

SIZE = 5
WATCHLIST = """name: Skin care
sources: ['facebook:108']
subjects:
  - {name: Lumora, query: lumora, accounts: ['facebook:@lumora.skin']}
"""


def comment(number: int, post: int, parent: int | None = None) -> dict[str, Any]:
    found = {
        "id": f"{post}_{number}",
        "message": f"Where can I buy it? {number}",
        "created_time": f"2025-01-{13 + number % 10}T08:00:00+0000",
        "permalink_url": f"https://www.facebook.com/108/posts/{post}/?comment_id={number}",
        "like_count": number,
        "comment_count": 0,
    }
    return found | ({"parent": {"id": f"{post}_{parent}"}} if parent else {})


def post(number: int, page_id: int, comments: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    return {
        "id": f"{page_id}_{number}",
        "message": f"A new cream for the winter {number}",
        "created_time": f"2025-01-{number % 20 + 1:02}T10:00:00+0000",
        "permalink_url": f"https://www.facebook.com/{page_id}/posts/{number}",
        "from": {"id": str(page_id), "name": "Lumora"},
        "status_type": "added_photos",
        "reactions": {"data": [], "summary": {"total_count": 7}},
        "comments": {"data": [], "summary": {"total_count": len(comments)}},
        "_page": str(page_id),
        "_comments": comments,
    }


ITEMS = (
    *(post(number, 107) for number in range(523, 512, -1)),
    post(512, 107, [comment(number, 512) for number in range(95, 91, -1)]),
    post(511, 108, [comment(82, 511, 81), comment(81, 511)]),
    post(510, 108),
)
#: A page is known by its name and by its id.
PAGES = {"lumora.skin": "107", "107": "107", "108": "108"}


def router(items: Sequence[dict[str, Any]]) -> Router:
    def answer(request: httpx.Request) -> httpx.Response:
        if wrong := refused(request):
            return wrong
        _, of, edge = request.url.path.rsplit("/", 2)
        fields = request.url.params["fields"]
        if edge == "feed" and of in PAGES:
            assert "comments.limit(0).summary(true)" in fields
            posts = [one for one in items if one["_page"] == PAGES[of]]
            return page(request, posts, SIZE)
        below = next((one["_comments"] for one in items if one["id"] == of), None)
        if edge == "comments" and below is not None:
            assert (request.url.params["filter"], "parent{id}" in fields) == ("stream", True)
            return page(request, below, 3)
        return error(803, f"Some of the aliases you requested do not exist: {of}", 404)

    return answer


FAKE = FakeApi(
    watchlist=WATCHLIST,
    items=ITEMS,
    router=router,
    stored=frozenset(str(number) for number in (*range(510, 524), *range(92, 96), 81, 82)),
    secret=TOKEN,
)
