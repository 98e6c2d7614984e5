"""What is special to TikTok's Research API: queries as conditions, windows of 30 days, its codes."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from listeners.apis.contract import Fail, Fine, Stop, Wait
from listeners.apis.registry import apis
from listeners.apis.tiktok import conditions
from sentiment import Scorer
from tests.apis.conftest import puller
from tests.apis.fakes.tiktok import FAKE, SECRET, TOKEN, error
from tingfeng.queries import parse
from tingfeng.store import Store

TIKTOK = apis()["tiktok"]


def words(query: str) -> dict[str, Any] | None:
    """The words of the conditions that a query becomes."""
    found = conditions(parse(query))
    return found and {name: [one["field_values"] for one in listed] for name, listed in found.items()}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("lumora", {"and": [["lumora"]]}),
        (
            "(露茉 OR lumora) (cream OR gel) NOT giveaway",
            {"and": [["露茉", "lumora"], ["cream", "gel"]], "not": [["giveaway"]]},
        ),
        ('"river song" NOT (ad OR promo)', {"and": [["river song"]], "not": [["ad", "promo"]]}),
        ("lumora OR (velune cream)", {"and": [["lumora", "velune"]]}),
        ("lumora NEAR/5 (cream OR gel)", {"and": [["lumora"], ["cream", "gel"]]}),
        ("lumora NOT raw:Apple", {"and": [["lumora"]]}),
        ("lumora NOT give*", {"and": [["lumora"]]}),
        ("lumora NOT (a b)", {"and": [["lumora"]]}),
        ("lumora language:en likes:>10", {"and": [["lumora"]]}),
        ("NOT lumora", None),
    ],
)
def test_a_query_becomes_conditions_that_are_never_narrower(query: str, expected: dict[str, Any] | None):
    assert words(query) == expected


@pytest.mark.parametrize(
    ("response", "verdict"),
    [
        (httpx.Response(200, json={"data": {}, "error": {"code": "ok", "message": ""}}), Fine()),
        (error("rate_limit_exceeded", 429), Wait("the server answered 429 Too Many Requests")),
        (error("invalid_params", 400, "end_date"), Fail("TikTok refused this: end_date")),
        (error("internal_error", 500), Wait("the server answered 500 Internal Server Error")),
    ],
)
def test_codes_in_plain_words(response: httpx.Response, verdict: object):
    assert TIKTOK.judge(response) == verdict


def test_what_is_not_allowed_stops_and_says_what_to_do():
    for response in (error("scope_not_authorized", 401), httpx.Response(400, json={"error": "invalid_client"})):
        verdict = TIKTOK.judge(response)
        assert isinstance(verdict, Stop)
        assert "developers.tiktok.com" in verdict.hint


def test_the_quota_of_a_day_puts_the_pull_off_until_midnight():
    verdict = TIKTOK.judge(error("daily_quota_limit_exceeded", 429))
    assert isinstance(verdict, Wait)
    midnight = datetime.now(UTC) + timedelta(seconds=verdict.seconds or 0)
    assert (midnight + timedelta(seconds=30)).time().hour == 0


def test_a_longer_time_is_asked_for_in_windows(store: Store, scorer: Scorer):
    asked: list[dict[str, Any]] = []

    def router(request: httpx.Request) -> httpx.Response:
        if "query" in request.url.path:
            asked.append(json.loads(request.content))
        return FAKE.route()(request)

    today = datetime.now(UTC).replace(tzinfo=None)
    result = puller(TIKTOK, FAKE, store, scorer)(router, since=today - timedelta(days=70))
    assert (result["complete"], result["new"]) == (True, len(FAKE.stored))
    windows = [(one["start_date"], one["end_date"]) for one in asked if "not" in one["query"]]
    days = [f"{today - timedelta(days=n):%Y%m%d}" for n in (0, 30, 60, 70)]
    newest = (days[1], days[0])
    assert windows == [newest, newest, newest, (days[2], days[1]), (days[3], days[2])]
    assert asked[0]["query"]["not"] == [{"operation": "IN", "field_name": "keyword", "field_values": ["giveaway"]}]


def test_neither_secret_nor_token_is_seen(store: Store, scorer: Scorer, everything_logged: pytest.LogCaptureFixture):
    result = puller(TIKTOK, FAKE, store, scorer)(FAKE.route(), limit=7)
    tables = [row["table_name"] for row in store.rows("SELECT table_name FROM duckdb_tables()")]
    rows = [str(store.rows(f"SELECT * FROM {table}")) for table in tables]
    everything = "\n".join([json.dumps(result), everything_logged.text, *rows])
    assert result["cursor"] is not None
    assert TOKEN not in everything
    assert SECRET not in everything
