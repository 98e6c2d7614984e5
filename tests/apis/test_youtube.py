"""What is special about YouTube: scarce searches, and errors whose reason says more than their status."""

from datetime import datetime
from typing import Any

import httpx
import pytest

from listeners.apis.contract import Fail, Job, Skip, Stop, Verdict, Wait, Wanted
from listeners.apis.registry import apis
from sentiment import Scorer
from tests.apis.conftest import puller
from tests.apis.fakes.youtube import CHANNEL, FAKE, error
from tests.apis.kit import Router, http
from tingfeng.queries import parse
from tingfeng.store import Store

YOUTUBE = apis()["youtube"]


@pytest.mark.parametrize(
    ("query", "searches"),
    [
        ("lumora", ["lumora"]),
        ('露茉 OR lumora OR "lumora skin"', ['露茉|lumora|"lumora skin"']),
        ("lumora (cream OR gel) NOT giveaway", ["lumora cream", "lumora gel"]),
        ("kova OR lumora NEAR/3 cream", ["kova", "lumora cream"]),
    ],
)
def test_alternatives_are_one_search(query: str, searches: list[str]):
    assert [job.params["q"] for job in YOUTUBE.jobs(Wanted(queries=(parse(query),)))] == searches


def test_what_is_followed_comes_first_and_costs_no_search():
    wanted = Wanted(queries=(parse("kova"),), accounts=("@kova",), follow=(CHANNEL, "UCshort8901"))
    assert [(dict(job.params), job.searched, job.units) for job in YOUTUBE.jobs(wanted)] == [
        ({"forHandle": "@kova"}, False, 0),
        ({"id": CHANNEL}, False, 0),
        ({"video": "UCshort8901"}, False, 0),
        ({"q": "kova"}, True, 1),
    ]


def test_a_search_asks_for_what_was_published_since():
    asked: list[httpx.QueryParams] = []
    job = Job("search kova", {"q": "kova"}, since=datetime(2025, 1, 15))
    YOUTUBE.page(job, "CA3", http(YOUTUBE, _noting(asked), secret=FAKE.secret))
    assert dict(asked[0]) == {
        "key": FAKE.secret,
        "part": "snippet",
        "type": "video",
        "order": "date",
        "q": "kova",
        "publishedAfter": "2025-01-15T00:00:00Z",
        "maxResults": "50",
        "pageToken": "CA3",
    }


def test_comments_are_only_asked_for_where_there_are_any_and_a_whole_search_costs_what_it_says(
    store: Store, scorer: Scorer
):
    asked: list[httpx.QueryParams] = []
    result = puller(YOUTUBE, FAKE, store, scorer)(_noting(asked))
    assert [one["videoId"] for one in asked if "videoId" in one and "pageToken" not in one] == [
        "kovaTour004",
        "kovaQuiet00",
        "lumoraTest1",
    ]
    assert result["skipped"] == [{"job": "comments kovaQuiet00", "what": "comments are switched off"}]
    assert result["cost"] == {"units": 3, "unit": "searches of 100 a day"}


def test_a_reply_is_below_the_comment_and_the_video(store: Store, scorer: Scorer):
    puller(YOUTUBE, FAKE, store, scorer)(FAKE.route())
    rows = store.rows("SELECT parent_id, root_id FROM mentions WHERE id = 'UgA2.r5'")
    assert rows == [{"parent_id": "UgA2", "root_id": "kovaTour004"}]


def _noting(asked: list[httpx.QueryParams]) -> Router:
    route = FAKE.route()

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.params)
        return route(request)

    return answer


def _judged(status: int, reason: str, message: str = "", **headers: str) -> Verdict:
    response: Any = error(status, reason, message)
    response.headers.update(headers)
    return YOUTUBE.judge(response)


@pytest.mark.parametrize(
    ("date", "hours"),
    [
        # Eight hours behind UTC in winter, seven in summer.
        ("Mon, 13 Jan 2025 18:00:00 GMT", 14),
        ("Mon, 14 Jul 2025 18:00:00 GMT", 13),
    ],
)
def test_a_used_up_quota_is_back_at_midnight_in_california(date: str, hours: int):
    stop = Stop("the quota of the day is used up", hours * 3600.0)
    assert _judged(403, "quotaExceeded", "You have exceeded your quota.", date=date) == stop
    words = "Quota exceeded for quota metric 'Search Queries' and limit 'Search Queries per day' of service 'youtube'."
    assert _judged(429, "rateLimitExceeded", words, date=date) == stop


@pytest.mark.parametrize(
    ("status", "reason", "message", "verdict"),
    [
        (403, "rateLimitExceeded", "Too many", Wait("too many requests in a short time", 7)),
        (400, "processingFailure", "", Wait("too many requests in a short time", 7)),
        (403, "commentsDisabled", "", Skip("comments are switched off")),
        (404, "videoNotFound", "", Skip("the video is gone")),
        (403, "accessNotConfigured", "", Stop("the API is not switched on")),
        (400, "badRequest", "API key not valid.", Stop("the key was not accepted")),
        (400, "invalidPageToken", "", Fail("the server answered 400 Bad Request")),
    ],
)
def test_reasons_decide(status: int, reason: str, message: str, verdict: Verdict):
    found = _judged(status, reason, message, **{"retry-after": "7"})
    assert type(found) is type(verdict)
    assert (getattr(found, "reason", ""), getattr(found, "seconds", None)) == (
        getattr(verdict, "reason", ""),
        getattr(verdict, "seconds", None),
    )
