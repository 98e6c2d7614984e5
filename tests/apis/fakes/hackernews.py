"""Hacker News as Algolia's search: planted stories and comments, newest first, five on a page."""

import json
from collections.abc import Sequence
from typing import Any

import httpx

from tests.apis.kit import FakeApi, Router

SIZE = 5
WATCHLIST = """name: Launches
subjects:
  - {name: Lumora, query: '(lumora OR "velune cream") NOT giveaway'}
  - {name: Ann, kind: kol, accounts: ['hackernews:@AnnB']}
"""


def hit(number: int, text: str, *, author: str = "bo", story: int | None = None) -> dict[str, Any]:
    """A comment on `story`, or without one a story of its own."""
    shared = {
        "objectID": str(number),
        "author": author,
        "created_at_i": 1_736_726_400 + number * 3600,
        "created_at": "2025-01-13T00:00:00Z",
        "story_id": story or number,
    }
    if story:
        return shared | {
            "comment_text": text,
            "parent_id": story,
            "story_title": "Lumora ships",
            "points": None,
            "_tags": ["comment", f"author_{author}", f"story_{story}"],
        }
    return shared | {"title": text, "points": number, "num_comments": 2, "_tags": ["story", f"author_{author}"]}


ITEMS = tuple(
    sorted(
        [
            *(hit(number, f"Lumora ships version {number}") for number in range(1, 8)),
            *(hit(number, f"<p>I like lumora &amp; tea {number}", story=3) for number in range(11, 18)),
            hit(21, "Velune has a cream", story=3),
            hit(22, "The velune cream is fine", story=3),
            hit(23, "lumora giveaway, click here", story=3),
            hit(24, "Ask HN: what do you read?", author="AnnB"),
            hit(25, "Nothing of interest"),
        ],
        key=lambda one: -one["created_at_i"],
    )
)


def router(items: Sequence[dict[str, Any]]) -> Router:
    def answer(request: httpx.Request) -> httpx.Response:
        assert request.url.path.endswith("/api/v1/search_by_date")
        asked = request.url.params
        found = [item for item in items if _selected(item, asked)]
        page = int(asked.get("page", 0))
        hits = found[page * SIZE : (page + 1) * SIZE]
        pages = -(-len(found) // SIZE)
        return httpx.Response(
            200, json={"hits": hits, "nbHits": len(found), "page": page, "nbPages": pages, "hitsPerPage": SIZE}
        )

    return answer


def _selected(item: dict[str, Any], asked: httpx.QueryParams) -> bool:
    text = json.dumps(item).lower()
    words = asked.get("query", "").lower().split()
    author = asked["tags"].rpartition("author_")[2] if "author_" in asked["tags"] else item["author"]
    after = [int(one[len("created_at_i>") :]) for one in asked.get("numericFilters", "").split(",") if ">" in one]
    return all(word in text for word in words) and author == item["author"] and item["created_at_i"] > max([0, *after])


FAKE = FakeApi(
    watchlist=WATCHLIST,
    items=ITEMS,
    router=router,
    stored=frozenset(str(number) for number in (*range(1, 8), *range(11, 18), 22, 24)),
)
