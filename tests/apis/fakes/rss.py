"""Two sites with a feed each, one RSS and one Atom, which know whether they changed."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any
from xml.sax.saxutils import escape

import httpx

from tests.apis.kit import FakeApi, Router

RSS = "https://news.example.org/feed.xml"
ATOM = "https://blog.example.com/atom?tag=tea"
WATCHLIST = f"""name: Press
sources: ["rss:{RSS}", "rss:{ATOM}"]
subjects:
  - {{name: Lumora, query: lumora}}
"""


def entry(feed: str, number: int, title: str) -> dict[str, Any]:
    host = httpx.URL(feed).host
    return {"feed": feed, "id": f"https://{host}/{number}", "title": title, "day": number}


ITEMS = (
    *(entry(RSS, number, f"Lumora & tea {number}") for number in range(1, 8)),
    *(entry(ATOM, number, f"Something <else> {number}") for number in range(11, 15)),
)


def router(items: Sequence[dict[str, Any]]) -> Router:
    def answer(request: httpx.Request) -> httpx.Response:
        entries = [item for item in items if item["feed"] == str(request.url)]
        if not entries:
            return httpx.Response(404)
        body = (_atom if str(request.url) == ATOM else _rss)(entries)
        tag = f'"{sha256(body.encode()).hexdigest()[:16]}"'
        if request.headers.get("if-none-match") == tag:
            return httpx.Response(304, headers={"etag": tag})
        return httpx.Response(200, headers={"etag": tag, "content-type": "application/xml"}, content=body.encode())

    return answer


def _rss(entries: Sequence[dict[str, Any]]) -> str:
    written = "".join(
        f"<item><title>{escape(one['title'])}</title><link>{one['id']}</link><guid>{one['id']}</guid>"
        f"<pubDate>{one['day']:02} Jan 2025 10:00:00 GMT</pubDate></item>"
        for one in entries
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{written}</channel></rss>'


def _atom(entries: Sequence[dict[str, Any]]) -> str:
    written = "".join(
        f"<entry><id>{one['id']}</id><title>{escape(one['title'])}</title><link href='{one['id']}'/>"
        f"<updated>2025-01-{one['day']:02}T10:00:00Z</updated></entry>"
        for one in entries
    )
    return f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Blog</title>{written}</feed>'


FAKE = FakeApi(watchlist=WATCHLIST, items=ITEMS, router=router, stored=frozenset(item["id"] for item in ITEMS))
