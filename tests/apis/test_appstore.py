"""Reviews are asked for country by country, and what Apple withholds at random is asked for again."""

from dataclasses import replace
from datetime import datetime

import httpx
import pytest

from listeners.apis.appstore import AppStore, in_countries
from sentiment import Scorer
from tests.apis.conftest import Puller, puller
from tests.apis.fakes.appstore import APP, FAKE, ITEMS, feed, router
from tests.apis.kit import Clock, Router
from tingfeng.store import Store

OF_CHINA = sorted(item["id"] for item in ITEMS if item["country"] == "cn")
AS_JSON = {
    "id": {"label": "7"},
    "title": {"label": "So"},
    "content": {"label": "Fine"},
    "im:rating": {"label": "5"},
    "author": {"name": {"label": "Ann"}},
}


@pytest.fixture
def pulling(store: Store, scorer: Scorer) -> Puller:
    return puller(AppStore(), FAKE, store, scorer)


def in_america(answer: Router) -> Router:
    right = router(ITEMS)
    return lambda request: answer(request) if request.url.path.startswith("/us/") else right(request)


def test_an_app_is_followed_in_the_usual_countries_or_in_one():
    assert in_countries(["741292507"])[:3] == [("us", APP), ("cn", APP), ("gb", APP)]
    assert in_countries(["CN/741292507", "cn/741292507"]) == [("cn", APP)]


def test_reviews_have_their_time_country_and_app(pulling: Puller, store: Store):
    pulling(FAKE.route())
    row = store.rows("SELECT id, region, root_id, published_at, rating, kind FROM mentions ORDER BY id LIMIT 1")[0]
    assert row == {
        "id": "9000005",
        "region": "CN",
        "root_id": APP,
        "published_at": datetime(2025, 1, 5, 17),
        "rating": 4.0,
        "kind": "review",
    }


def test_no_more_pages_are_asked_for_than_there_are(pulling: Puller):
    assert pulling(FAKE.route())["requests"] == 5
    assert pulling(FAKE.route())["requests"] == 4, "the last page of one country is older than what is asked for again"


def test_what_comes_empty_at_random_is_asked_for_again(pulling: Puller):
    seen: set[str] = set()

    def moody(request: httpx.Request) -> httpx.Response:
        first = request.url.path not in seen
        seen.add(request.url.path)
        return httpx.Response(200, text=feed("us", 1, APP, (), 0)) if first else router(ITEMS)(request)

    result = pulling(moody)
    assert (result["complete"], result["skipped"]) == (True, [])
    assert pulling.ids() == sorted(FAKE.stored)


def test_a_country_without_reviews_is_left_out_with_a_word(pulling: Puller):
    result = pulling(in_america(lambda _: httpx.Response(200, text=feed("us", 1, APP, (), 0))))
    assert result["skipped"] == [{"job": f"reviews us/{APP}", "what": "no reviews are shown in this country"}]
    assert result["complete"]
    assert pulling.ids() == OF_CHINA


@pytest.mark.parametrize("xml", [httpx.Response(404), httpx.Response(400, text="no"), httpx.Response(200, json={})])
def test_json_is_taken_where_there_is_no_xml(xml: httpx.Response, pulling: Puller, store: Store):
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/xml"):
            return xml
        return httpx.Response(
            200, json={"feed": {"id": {"label": "x"}, "entry": AS_JSON}} if "=1/" in str(request.url) else {"feed": {}}
        )

    result = pulling(in_america(answer))
    assert result["new"] == len(OF_CHINA) + 1
    assert store.rows("SELECT region, root_id, published_at FROM mentions WHERE id = '7'") == [
        {"region": "US", "root_id": APP, "published_at": None}
    ]


def test_who_asks_too_often_waits(pulling: Puller):
    clock, seen = Clock(), []

    def busy(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(403) if len(seen) == 2 else router(ITEMS)(request)

    assert pulling(busy, clock)["complete"]
    assert 60 in clock.waited


def test_what_is_no_app_is_not_asked_for(store: Store, scorer: Scorer):
    fake = replace(FAKE, watchlist=FAKE.watchlist.replace(f"us/{APP}", "us/../id"))
    result = puller(AppStore(), fake, store, scorer)(FAKE.route())
    assert result["requests"] == 2
    assert "followed by its number" in result["error"]["what"]
