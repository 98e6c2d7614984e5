"""What is special about X: short queries, seven days, a cap, and errors beside what is there."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from listeners.apis.contract import Job, Stop, Verdict, Wanted
from listeners.apis.registry import apis
from sentiment import Scorer
from tests.apis.conftest import puller
from tests.apis.fakes.x import FAKE, problem
from tests.apis.kit import http
from tingfeng.queries import parse
from tingfeng.store import Store

X = apis()["x"]
NO_POSTS = {"meta": {"result_count": 0}}


def searches(query: str) -> list[str]:
    return [job.params["query"] for job in X.jobs(Wanted(queries=(parse(query),)))]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('(露茉 OR "river song") NOT giveaway', ['露茉 OR "river song"']),
        ("(lumora OR kova) NEAR/4 cream", ["(lumora OR kova) cream"]),
        ("lumora-x language:en", ['"lumora-x"']),
    ],
)
def test_queries_in_its_own_words(query: str, expected: list[str]):
    assert searches(query) == expected


def test_long_queries_are_asked_in_parts():
    parts = searches(" OR ".join(f"brand{number:03}" for number in range(100)))
    assert [len(part) for part in parts] == [512, 512, 164]
    assert " OR ".join(parts).count("brand") == 100


def test_an_account_is_what_it_wrote_and_was_answered():
    jobs = X.jobs(Wanted(accounts=("@AnnB",), follow=("AnnB", "kova")))
    assert [(job.params["query"], job.searched) for job in jobs] == [
        ("from:AnnB OR to:AnnB", False),
        ("from:kova OR to:kova", False),
    ]


@pytest.mark.parametrize(("days", "named"), [(2, True), (6.99, True), (7, False), (30, False)])
def test_more_than_seven_days_are_not_asked_for(days: float, named: bool):
    asked: list[httpx.QueryParams] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.params)
        return httpx.Response(200, json=NO_POSTS)

    since = (datetime.now(UTC) - timedelta(days=days)).replace(tzinfo=None)
    page = X.page(Job("search kova", {"query": "kova"}, since=since), "b26v5", http(X, answer))
    assert (page.records, page.next) == ([], None)
    assert ("start_time" in asked[0]) is named
    assert (asked[0]["next_token"], asked[0]["max_results"]) == ("b26v5", "100")


def test_an_author_who_is_gone_is_told_and_the_post_is_there(store: Store, scorer: Scorer):
    result = puller(X, FAKE, store, scorer)(FAKE.route())
    assert result["partial"][0]["what"] == "Could not find user with author_id: [99]."
    assert result["complete"]
    rows = store.rows("SELECT author_name, text FROM mentions WHERE author_id = '99'")
    assert rows == [{"author_name": None, "text": "lumora & tea"}]


def test_errors_without_any_post_are_no_failure():
    gone = {"title": "Not Found Error", "detail": "no user", "type": "https://api.x.com/2/problems/resource-not-found"}
    page = X.page(
        Job("a", {"query": "a"}), None, http(X, lambda _: httpx.Response(200, json={**NO_POSTS, "errors": [gone]}))
    )
    assert (page.records, page.errors) == ([], ("no user",))


def test_the_wait_is_until_the_window_opens_again():
    date = "Mon, 13 Jan 2025 18:00:00 GMT"
    response = problem(429, "about:blank", "Too Many Requests", "Too Many Requests")
    response.headers.update({"date": date, "x-rate-limit-reset": "1736791440"})
    assert getattr(X.judge(response), "seconds", None) == 240


@pytest.mark.parametrize(
    ("status", "kind", "reason"),
    [
        (429, "https://api.twitter.com/2/problems/usage-capped", "the posts that the plan allows are used up"),
        (402, "https://api.x.com/2/problems/credits", "the credits are used up"),
        (403, "https://api.twitter.com/2/problems/client-forbidden", "the app may not search"),
        (401, "about:blank", "the credential was not accepted"),
    ],
)
def test_what_needs_a_person_stops(status: int, kind: str, reason: str):
    verdict: Verdict = X.judge(problem(status, kind, "Some title", "Some detail"))
    assert isinstance(verdict, Stop)
    assert (verdict.reason, verdict.seconds) == (reason, None)


def test_a_wrong_query_is_told_in_its_own_words():
    verdict = X.judge(
        httpx.Response(400, json={"errors": [{"message": "no viable alternative at 'x'"}], "title": "Bad"})
    )
    assert getattr(verdict, "reason", "") == "the server answered 400 Bad Request: no viable alternative at 'x'"
