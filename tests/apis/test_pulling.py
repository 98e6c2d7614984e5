"""Where a pull begins, goes on and ends."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from listeners.apis.client import Ended, Http
from listeners.apis.contract import Job, Page
from listeners.apis.registry import apis
from sentiment import Scorer
from tests.apis.conftest import Puller, puller
from tests.apis.fakes.hackernews import FAKE, ITEMS, hit
from tests.apis.kit import Clock, FakeApi, Killed, Router, killing
from tests.apis.toy import CANARY, Threads, Toy, threads_router, toy_router
from tingfeng.intake.pulling import forecast, wanted
from tingfeng.intake.taking import Taker
from tingfeng.store import Store
from tingfeng.watchlists import read

PAGES = -(-len(ITEMS) // 5)


@pytest.fixture
def toy(store: Store, scorer: Scorer) -> Puller:
    fake = FakeApi(FAKE.watchlist, FAKE.items, toy_router, FAKE.stored, CANARY)
    return puller(Toy(), fake, store, scorer)


def answering(router: Router, at: Callable[[httpx.Request], bool], response: Callable[[], httpx.Response]) -> Router:
    return lambda request: response() if at(request) else router(request)


def asked(router: Router, log: list[httpx.Request]) -> Router:
    def answer(request: httpx.Request) -> httpx.Response:
        log.append(request)
        return router(request)

    return answer


def after(cursor: str) -> Callable[[httpx.Request], bool]:
    return lambda request: request.url.params.get("after") == cursor


def test_a_killed_pull_asks_only_for_what_is_left(toy: Puller):
    with pytest.raises(Killed):
        toy(killing(toy_router(), 4))
    log: list[httpx.Request] = []
    assert toy(asked(toy_router(), log))["complete"]
    assert [request.url.params.get("after") for request in log] == ["15"]


def test_a_pull_broken_off_long_ago_goes_on_and_then_begins_anew(toy: Puller):
    with pytest.raises(Killed):
        toy(killing(toy_router(), 4))
    toy.now = datetime(2026, 6, 3)
    later = [hit(900, "Lumora again"), *ITEMS]
    assert toy(toy_router(later))["complete"]
    assert "900" in toy.ids()


def test_a_cursor_that_the_api_forgot_means_from_the_start(toy: Puller):
    with pytest.raises(Killed):
        toy(killing(toy_router(), 3))
    forgotten = answering(toy_router(), after("10"), lambda: httpx.Response(400))
    seen: list[httpx.Request] = []
    result = toy(asked(forgotten, seen))
    assert [request.url.params.get("after") for request in seen] == ["10", None, "5", "10"]
    assert result["error"]["what"].endswith("the server answered 400 Bad Request")


def test_a_limit_is_kept_and_the_next_pull_goes_on(toy: Puller):
    first = toy(toy_router(), limit=7)
    assert (first["read"], first["complete"], first["cursor"]) == (7, False, "5, 2 records in")
    second = toy(toy_router(), limit=3)
    assert (second["read"], second["new"], second["cursor"]) == (3, 3, "10")
    last = toy(toy_router())
    assert (last["complete"], last["new"]) == (True, len(ITEMS) - 10)


def test_the_next_pull_begins_some_days_before_the_newest_mention(store: Store, scorer: Scorer):
    pulling = puller(apis()["hackernews"], FAKE, store, scorer)
    pulling(FAKE.route())
    log: list[httpx.Request] = []
    pulling(asked(FAKE.route(), log))
    filters = {
        request.url.params["query"]: request.url.params["numericFilters"]
        for request in log
        if "query" in request.url.params
    }
    newest = 1_736_726_400 + 23 * 3600  # a giveaway, which was dropped, but was seen
    assert filters["lumora"] == f"created_at_i>{newest - 3 * 86400 - 1}"


def test_a_time_that_was_asked_for_is_kept_to(toy: Puller):
    result = toy(toy_router(), since=datetime(2025, 1, 13, 20))
    assert result["complete"]
    assert toy.ids() == sorted(str(item["objectID"]) for item in ITEMS if item["created_at_i"] >= 1_736_798_400)
    assert result["requests"] < PAGES, "pages older than that are not asked for"


def test_a_quota_stops_the_source_and_says_until_when(toy: Puller):
    quota = answering(toy_router(), after("5"), lambda: httpx.Response(429, headers={"retry-after": "7200"}))
    clock = Clock()
    result = toy(quota, clock)
    assert (result["complete"], result["cursor"], result["next_run"]) == (False, "5", "2026-06-01T14:30:00Z")
    assert "error" not in result
    assert sum(clock.waited) < 60
    assert toy(toy_router())["complete"]
    assert len(toy.ids()) == len(ITEMS)


def test_a_refused_credential_is_an_error_that_says_what_to_do(toy: Puller, store: Store):
    result = toy(lambda _: httpx.Response(401, json={"error": "no"}))
    assert result["error"]["hint"] == "check it, or make a new one"
    assert (result["import"], result["requests"], result["new"]) == (None, 2, 0)
    assert store.imports() == []
    assert store.source_health()[0]["last_error"].startswith("toy could not be pulled: the credential was not accepted")


def test_a_session_that_ended_is_begun_anew(store: Store, scorer: Scorer):
    fake = FakeApi(FAKE.watchlist, FAKE.items, toy_router, FAKE.stored, CANARY)
    toy = puller(Toy("session"), fake, store, scorer)
    seen: list[httpx.Request] = []
    ended = answering(toy_router(), lambda request: len(seen) == 4, lambda: httpx.Response(401))
    assert toy(asked(ended, seen))["complete"]
    assert sum(request.url.path == "/token" for request in seen) == 2


def test_sessions_that_end_again_and_again_are_begun_anew_each_time(store: Store, scorer: Scorer):
    fake = FakeApi(FAKE.watchlist, FAKE.items, toy_router, FAKE.stored, CANARY)
    toy = puller(Toy("session"), fake, store, scorer)
    served: list[str] = []

    def short(request: httpx.Request) -> httpx.Response:
        served.append(request.url.path)
        return httpx.Response(401) if served[-2:] == ["/v1/items"] * 2 else toy_router()(request)

    assert toy(short)["complete"]
    assert served.count("/token") == PAGES
    assert len(toy.ids()) == len(ITEMS)


def test_what_is_gone_is_skipped_and_no_failure(toy: Puller):
    result = toy(lambda _: httpx.Response(404))
    assert (result["complete"], result["skipped"]) == (True, [{"job": "all", "what": "not found"}])


def test_credentials_do_not_follow_to_another_host(toy: Puller):
    elsewhere: list[httpx.Request] = []

    def router(request: httpx.Request) -> httpx.Response:
        if request.url.host != "toy.example":
            elsewhere.append(request)
        return httpx.Response(302, headers={"location": "https://evil.example/v1/items"})

    assert "another host" in toy(router)["error"]["what"]
    assert elsewhere == []


def test_an_endless_answer_is_given_up(toy: Puller, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("listeners.apis.client.LARGEST_ANSWER", 100)
    assert "larger than" in toy(toy_router())["error"]["what"]


def test_an_undone_pull_is_pulled_again_from_the_start(toy: Puller, store: Store, scorer: Scorer):
    number = toy(toy_router())["import"]
    store.undo_import(number, Taker(store, scorer).matches_of_stored)
    assert toy.ids() == []
    assert toy(toy_router())["new"] == len(ITEMS)


def test_one_job_that_fails_does_not_stop_the_others(store: Store, scorer: Scorer):
    pulling = puller(apis()["hackernews"], FAKE, store, scorer)
    broken = answering(FAKE.route(), lambda r: r.url.params.get("query") == "lumora", lambda: httpx.Response(400))
    result = pulling(broken)
    assert [entry["job"] for entry in result["errors"]] == ["search lumora"]
    assert pulling.ids() == ["22", "24"]


def test_a_server_that_is_down_is_not_asked_for_each_job_for_ever(store: Store, scorer: Scorer):
    pulling = puller(apis()["hackernews"], FAKE, store, scorer)
    result = pulling(lambda _: httpx.Response(500))
    assert result["requests"] == 2 * 5
    assert len(result["errors"]) == 3


def test_a_forecast_says_the_cost(store: Store):
    toy = Toy()
    cost: dict[str, Any] = forecast(toy, wanted(toy, [read(FAKE.watchlist)]))
    assert cost["cost"] == {"at_least": 2, "unit": "units of 100 a day"}


def test_what_a_watchlist_wants_of_a_source():
    text = (
        "name: W\nplatforms: [weibo]\nsources: ['hackernews:pg', 'rss:https://a.example/f.xml']\n" + FAKE.watchlist[15:]
    )
    wants = wanted(apis()["hackernews"], [read(text)])
    assert (wants.queries, wants.follow, wants.accounts) == ((), ("pg",), ())
    here = wanted(apis()["hackernews"], [read(FAKE.watchlist)])
    assert ([query.text for query in here.queries], here.accounts) == (
        ['(lumora OR "velune cream") NOT giveaway'],
        ("@AnnB",),
    )


class Closing(Clock):
    """The owner of the store is asked to end at the third wait."""

    def sleep(self, seconds: float) -> None:
        super().sleep(seconds)
        if len(self.waited) == 3:
            raise Ended("The process that owns the store ends")


def test_a_pull_whose_owner_ends_says_so_and_can_go_on(toy: Puller):
    result = toy(toy_router(), Closing())
    assert (result["ended"], result["complete"], result["read"], result["cursor"]) == (True, False, 10, "10")
    assert "error" not in result
    assert toy(toy_router())["new"] == len(ITEMS) - 10


class Remembering(Toy):
    """Feeds are asked with what their last answer was called."""

    def page(self, job: Job, cursor: str | None, http: Http) -> Page:
        headers = {"If-None-Match": job.memo} if job.memo else {}
        response = http.response("https://toy.example/feed", headers=headers)
        items = [] if response.status_code == 304 else json.loads(response.content)
        return Page(items, memo=response.headers.get("etag"))


def test_what_a_page_wants_remembered_comes_back_in_the_next_pull(store: Store, scorer: Scorer):
    def feed(request: httpx.Request) -> httpx.Response:
        if request.headers.get("if-none-match") == "v1":
            return httpx.Response(304)
        return httpx.Response(200, headers={"etag": "v1"}, json=list(ITEMS))

    pulling = puller(Remembering(), FakeApi(FAKE.watchlist, FAKE.items, lambda _: feed, FAKE.stored), store, scorer)
    assert pulling(feed)["new"] == len(ITEMS)
    for _ in range(2):
        assert (again := pulling(feed))["complete"]
        assert again["read"] == 0


@pytest.fixture
def threads(store: Store, scorer: Scorer) -> Puller:
    fake = FakeApi(FAKE.watchlist, FAKE.items, lambda _: threads_router, FAKE.stored)
    return puller(Threads(), fake, store, scorer)


def test_what_a_page_leads_to_is_pulled_as_well(threads: Puller):
    result = threads(threads_router)
    assert (result["complete"], result["new"]) == (True, len(ITEMS))
    assert result["skipped"] == [{"job": "comments 1", "what": "not found"}]


def test_a_limit_holds_for_what_pages_lead_to_and_nothing_is_lost(threads: Puller):
    total, pulls = 0, 0
    while not (result := threads(threads_router, limit=4))["complete"]:
        assert result["read"] == 4
        total += result["new"]
        pulls += 1
        assert pulls < 20
        threads.now -= timedelta(minutes=29)
    assert total + result["new"] == len(ITEMS)


def test_a_pull_killed_among_what_a_page_leads_to_loses_nothing(
    tmp_path_factory: pytest.TempPathFactory, scorer: Scorer, threads: Puller
):
    requests = threads(threads_router)["requests"]
    for at in range(1, requests + 1):
        with Store.open(tmp_path_factory.mktemp("killed") / "store.duckdb") as other:
            pulling = puller(Threads(), threads.fake, other, scorer)
            with pytest.raises(Killed):
                pulling(killing(threads_router, at))
            assert pulling(threads_router)["complete"]
            assert pulling.content() == threads.content()


@pytest.mark.parametrize(
    "answer",
    [[], {}, "posts", {"items": [], "next": 7}, {"items": [], "next": {"cursor": "a"}}],
    ids=json.dumps,
)
def test_an_answer_that_nobody_expected_fails_only_its_job_and_is_remembered(toy: Puller, store: Store, answer: Any):
    result = toy(lambda _: httpx.Response(200, json=answer))
    assert [entry["job"] for entry in result["errors"]] == ["all"]
    assert store.source_health()[0]["last_error"].startswith("toy could not be pulled whole")
    assert toy(toy_router())["complete"]
    assert len(toy.ids()) == len(ITEMS)


@pytest.mark.parametrize("items", [(), ITEMS[:5]], ids=["nothing", "the same"])
def test_pages_without_end_that_bring_nothing_new_are_left(toy: Puller, items: tuple[dict[str, Any], ...]):
    log: list[httpx.Request] = []
    endless = asked(lambda _: httpx.Response(200, json={"items": items, "next": str(1000 + len(log))}), log)
    assert "again and again" in toy(endless)["error"]["what"]
    assert 100 <= len(log) <= 101
    assert toy(toy_router())["complete"]
    assert len(toy.ids()) == len(ITEMS)


def newest(store: Store) -> datetime:
    [row] = store.rows("SELECT newest FROM pulls")
    return row["newest"]


def test_a_date_that_has_not_come_hides_no_other(toy: Puller, store: Store):
    toy(toy_router(ITEMS[:5]))
    plain = newest(store)
    future = {**hit(901, "Lumora of tomorrow"), "created_at_i": 4_102_444_800, "created_at": "2100-01-01T00:00:00Z"}
    later = {**hit(902, "Lumora of today"), "created_at_i": 1_780_000_000, "created_at": "2026-05-28T20:26:40Z"}
    toy(toy_router([future, later, *ITEMS[:3]]))
    assert plain < newest(store) == datetime(2026, 5, 28, 20, 26, 40)


def test_what_lies_before_a_time_that_was_asked_for_is_not_lost(toy: Puller, store: Store):
    toy(toy_router(ITEMS[-5:]))
    before = newest(store)
    assert toy(toy_router(), since=before + timedelta(minutes=1))["complete"]
    assert newest(store) == before, "the next pull begins where the last one without a gap ended"
    assert toy(toy_router())["complete"]
    assert len(toy.ids()) == len(ITEMS)
    assert newest(store) > before
