"""Feeds are asked for only when they changed, and one that is broken does not spoil the others."""

import gzip
from datetime import datetime

import httpx
import pytest

from listeners.apis.client import LARGEST_ANSWER
from listeners.apis.rss import Rss
from sentiment import Scorer
from tests.apis.conftest import Puller, puller
from tests.apis.fakes.rss import ATOM, FAKE, ITEMS, RSS, router
from tests.apis.kit import Cut, FakeApi, Router
from tingfeng.store import Store

OF_ATOM = sorted(item["id"] for item in ITEMS if item["feed"] == ATOM)
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Tea",
    "items": [{"id": "https://tea.example/1", "content_text": "Lumora", "date_published": "2025-01-03T10:00:00Z"}],
}


@pytest.fixture
def pulling(store: Store, scorer: Scorer) -> Puller:
    return puller(Rss(), FAKE, store, scorer)


def one(url: str, store: Store, scorer: Scorer) -> Puller:
    """Pulls of the feed at `url` alone."""
    watchlist = f'{{name: One, sources: ["rss:{url}"], subjects: [{{name: Lumora, query: lumora}}]}}'
    return puller(Rss(), FakeApi(watchlist, (), router, frozenset()), store, scorer)


def instead(url: str, response: httpx.Response) -> Router:
    """The feeds, one of which answers something else."""
    right = router(ITEMS)
    return lambda request: response if str(request.url) == url else right(request)


def test_a_feed_that_did_not_change_is_not_sent_again(pulling: Puller):
    pulling(FAKE.route())
    again = pulling(FAKE.route())
    assert (again["requests"], again["read"], again["complete"]) == (2, 0, True)
    more = ({**ITEMS[0], "id": "https://news.example.org/9", "day": 9}, *ITEMS)
    later = pulling(router(more))
    assert (later["read"], later["new"], later["unchanged"]) == (8, 1, 7)


def test_a_part_of_a_feed_is_not_remembered_as_the_whole(pulling: Puller):
    part = pulling(FAKE.route(), since=datetime(2025, 1, 12))
    assert (part["new"], part["complete"]) == (3, True)
    assert pulling(FAKE.route())["new"] == len(ITEMS) - 3


def test_of_a_feed_that_breaks_off_the_last_entry_is_left_out_until_it_comes_whole(pulling: Puller):
    right = router(ITEMS)(httpx.Request("GET", RSS))
    headers = {"etag": right.headers["etag"]}
    pulling(instead(RSS, httpx.Response(200, headers=headers, content=right.content[:-100])))
    assert pulling.ids() == sorted(FAKE.stored - {"https://news.example.org/7"})
    assert pulling(FAKE.route())["complete"]
    assert pulling.ids() == sorted(FAKE.stored)


@pytest.mark.parametrize(
    ("response", "says"),
    [
        (httpx.Response(404), "no feed at this address"),
        (httpx.Response(403), "access was refused"),
        (httpx.Response(429, headers={"retry-after": "7200"}), "429 Too Many Requests"),
        (httpx.Response(200, html="\n<!DOCTYPE HTML><p>Welcome"), "a web page instead of a feed"),
        (httpx.Response(200, text="<sitemap/>"), "no feed"),
        (httpx.Response(200, json={"error": "none"}), "no feed"),
        (httpx.Response(302, headers={"location": "http://news.example.org/"}), "not encrypted"),
        (httpx.Response(302, headers={"location": RSS}), "on and on"),
        (httpx.Response(200, content=b"<rss>" + b" " * LARGEST_ANSWER), "larger than 32 MB"),
    ],
)
def test_a_feed_that_cannot_be_read_says_why_and_the_others_are_read(
    response: httpx.Response, says: str, pulling: Puller
):
    result = pulling(instead(RSS, response))
    assert says in result["error"]["what"]
    assert result["error"]["where"] == f"feed {RSS}"
    assert pulling.ids() == OF_ATOM


def test_a_redirection_is_followed_and_a_packed_body_unpacked(pulling: Puller):
    moved = "https://cdn.example.net/feed"
    body = router(ITEMS)(httpx.Request("GET", RSS)).content
    packed = httpx.Response(200, headers={"content-encoding": "gzip"}, content=gzip.compress(body))
    right = instead(RSS, httpx.Response(301, headers={"location": moved}))
    assert pulling(lambda request: packed if str(request.url) == moved else right(request))["complete"]
    assert pulling.ids() == sorted(FAKE.stored)


@pytest.mark.parametrize(
    "near",
    [
        "localhost",
        "LOCALHOST.",
        "a.localhost",
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0",
        "10.0.0.8",
        "169.254.169.254",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[fd00::1]",
    ],
)
def test_nobody_is_sent_on_into_this_network(near: str, pulling: Puller):
    asked: list[str] = []
    right = instead(RSS, httpx.Response(302, headers={"location": f"https://{near}:8000/admin"}))

    def router(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.host)
        return right(request)

    assert "into this network" in pulling(router)["error"]["what"]
    assert set(asked) == {httpx.URL(RSS).host, httpx.URL(ATOM).host}


def test_feeds_of_this_network_are_read_where_a_watchlist_names_them(store: Store, scorer: Scorer):
    moved = httpx.Response(302, headers={"location": "http://10.0.0.8/feed"})
    pulling = one("http://192.168.0.2/feed", store, scorer)
    fine = httpx.Response(200, json=JSON_FEED)
    assert pulling(lambda request: moved if request.url.host == "192.168.0.2" else fine)["new"] == 1


@pytest.mark.parametrize("packing", ["gzip, gzip", "gzip,deflate", "br", "zstd"])
def test_what_may_unpack_without_end_is_not_unpacked(packing: str, pulling: Puller):
    body = gzip.compress(gzip.compress(b"<rss>" + b" " * 1000))
    bomb = httpx.Response(200, headers={"content-encoding": packing}, stream=Cut(body))
    assert "packed in a way" in pulling(instead(RSS, bomb))["error"]["what"]
    assert pulling.ids() == OF_ATOM


def test_what_opens_a_private_feed_is_not_seen(store: Store, scorer: Scorer):
    pulling = one("https://ann:tea-and-rain@a.example/feed?token=5f3a9c71", store, scorer)
    said: list[object] = []
    result = pulling(lambda _: httpx.Response(404), on_progress=said.append)
    assert result["errors"][0]["job"] == "feed https://***@a.example/feed?token=***"
    known = f"{result} {said} {store.source_health()}"
    assert "tea-and-rain" not in known
    assert "5f3a9c71" not in known
    assert pulling(lambda _: httpx.Response(200, json=JSON_FEED), on_progress=said.append)["new"] == 1
    assert said
    assert "5f3a9c71" not in str(said)


def test_json_feeds_and_empty_ones_are_feeds(store: Store, scorer: Scorer):
    pulling = one("https://tea.example/feed.json", store, scorer)
    assert pulling(lambda _: httpx.Response(200, json={**JSON_FEED, "items": []}))["complete"]
    assert pulling(lambda _: httpx.Response(200, json=JSON_FEED))["new"] == 1
    assert pulling(lambda _: httpx.Response(200, text="<rss version='2.0'><channel/></rss>"))["complete"]
    assert pulling.ids() == ["https://tea.example/1"]


def test_the_encoding_that_only_the_server_names_is_taken(store: Store, scorer: Scorer):
    body = "\n<rss version='2.0'><channel><item><guid>g:1</guid><title>露茉</title></item></channel></rss>"
    response = httpx.Response(200, headers={"content-type": "text/xml; charset=gbk"}, content=body.encode("gbk"))
    one("https://cn.example/feed", store, scorer)(lambda _: response)
    assert store.rows("SELECT title FROM mentions") == [{"title": "露茉"}]


def test_a_channel_of_youtube_brings_videos(store: Store, scorer: Scorer):
    body = (
        "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:yt='http://www.youtube.com/xml/schemas/2015'><entry>"
        "<yt:videoId>abcdefghijk</yt:videoId><yt:channelId>UC1</yt:channelId><title>Lumora</title></entry></feed>"
    )
    one("https://www.youtube.com/feeds/videos.xml?channel_id=UC1", store, scorer)(
        lambda _: httpx.Response(200, text=body)
    )
    assert store.rows("SELECT platform, kind, id FROM mentions") == [
        {"platform": "youtube", "kind": "video", "id": "abcdefghijk"}
    ]


def test_other_addresses_are_not_asked(store: Store, scorer: Scorer):
    result = one("file:///etc/passwd", store, scorer)(FAKE.route())
    assert result["requests"] == 0
    assert "begins with https" in result["error"]["what"]


def test_a_feed_whose_version_is_no_ascii_is_read_again_and_again(pulling: Puller):
    right = router(ITEMS)(httpx.Request("GET", RSS))
    named = httpx.Response(200, headers=[(b"etag", '"v\u00e9"'.encode())], content=right.content)
    for _ in range(2):
        result = pulling(instead(RSS, named))
        assert (result["complete"], result["errors"]) == (True, [])
    assert pulling.ids() == sorted(FAKE.stored)


def test_an_address_that_is_none_does_not_spoil_the_other_feeds(store: Store, scorer: Scorer):
    watchlist = (
        f'{{name: Two, sources: ["rss:https://a.example:port/", "rss:{ATOM}"], subjects: [{{name: L, query: lumora}}]}}'
    )
    pulling = puller(Rss(), FakeApi(watchlist, (), router, frozenset()), store, scorer)
    result = pulling(FAKE.route())
    assert [entry["job"] for entry in result["errors"]] == ["feed https://a.example:port/"]
    assert pulling.ids() == OF_ATOM
