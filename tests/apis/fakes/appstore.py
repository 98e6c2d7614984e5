"""The App Store's feeds of reviews in two countries: XML with times, five on a page, no more pages than Apple shows."""

import re
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

import httpx

from tests.apis.kit import FakeApi, Router

SIZE = 5
APP = "741292507"
WATCHLIST = f"""name: Apps
sources: ["appstore:us/{APP}", "appstore:cn/{APP}"]
subjects:
  - {{name: Lumora, query: lumora}}
"""
ADDRESS = re.compile(r"/([a-z]{2})/rss/customerreviews/page=(\d+)/id=(\d+)/sortby=mostrecent/(xml|json)")


def review(country: str, number: int, text: str) -> dict[str, Any]:
    return {"country": country, "id": str(9_000_000 + number), "day": number, "text": text}


ITEMS = (
    *(review("us", number, f"Fine & quick {number}") for number in range(27, 14, -1)),
    *(review("cn", number, f"很好用 {number}") for number in range(12, 4, -1)),
)


def router(items: Sequence[dict[str, Any]]) -> Router:
    def answer(request: httpx.Request) -> httpx.Response:
        asked = ADDRESS.search(request.url.path)
        assert asked, request.url
        country, number, app = asked[1], int(asked[2]), asked[3]
        if number > 10:
            return httpx.Response(400, text="CustomerReviews RSS page depth is limited to 10")
        here = [item for item in items if item["country"] == country]
        pages = min(10, -(-len(here) // SIZE))
        shown = here[(number - 1) * SIZE : number * SIZE]
        return httpx.Response(200, content=feed(country, number, app, shown, pages).encode())

    return answer


def feed(country: str, number: int, app: str, reviews: Sequence[dict[str, Any]], pages: int) -> str:
    page = f"https://itunes.apple.com/{country}/rss/customerreviews/page={{}}/id={app}/sortby=mostrecent/xml"
    entries = "".join(
        f"<entry><updated>2025-01-{one['day']:02}T10:00:00-07:00</updated><id>{one['id']}</id><title>So</title>"
        f"<content type='text'>{escape(one['text'])}</content><im:rating>4</im:rating><im:version>1</im:version>"
        f"<author><name>Ann</name><uri>https://itunes.apple.com/{country}/reviews/id77</uri></author></entry>"
        for one in reviews
    )
    last = page.format(pages) if reviews else ""
    return (
        f"<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom' xmlns:im='http://itunes.apple.com/rss'>"
        f"<id>{page.format(number)}</id><link rel='self' href='{page.format(number)}'/><link rel='last' href='{last}'/>"
        f"{entries}</feed>"
    )


FAKE = FakeApi(watchlist=WATCHLIST, items=ITEMS, router=router, stored=frozenset(item["id"] for item in ITEMS))
