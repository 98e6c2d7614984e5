"""What is special about Bluesky: a session, a search without OR, and errors with names."""

from datetime import datetime

import httpx
import pytest

from listeners.apis.contract import Fail, Job, Skip, Stop, Verdict, Wait, Wanted
from listeners.apis.registry import apis
from sentiment import Scorer
from tests.apis.conftest import puller
from tests.apis.fakes.bluesky import FAKE, TOKEN, error
from tests.apis.kit import http
from tingfeng.queries import parse
from tingfeng.store import Store

BLUESKY = apis()["bluesky"]


def test_each_alternative_is_a_search_and_each_account_a_feed():
    wanted = Wanted(
        queries=(parse('露茉 OR "river song" tea'),), accounts=("@annb.example.com",), follow=("did:plc:bo",)
    )
    assert [(job.key, job.searched) for job in BLUESKY.jobs(wanted)] == [
        ("search 露茉", True),
        ('search "river song" tea', True),
        ("account annb.example.com", False),
        ("account did:plc:bo", False),
    ]


def test_a_search_asks_for_the_latest_since():
    asked: list[httpx.Request] = []
    route = FAKE.route()

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return route(request)

    job = Job("search kova", {"q": "kova", "sort": "latest"}, since=datetime(2025, 1, 15))
    assert BLUESKY.page(job, "4", http(BLUESKY, answer, secret=FAKE.secret)).records == []
    assert str(asked[0].url) == "https://bsky.social/xrpc/com.atproto.server.createSession"
    assert asked[1].url.path == "/xrpc/app.bsky.feed.searchPosts"
    assert asked[1].headers["authorization"] == f"Bearer {TOKEN}"
    assert dict(asked[1].url.params) == {
        "q": "kova",
        "sort": "latest",
        "since": "2025-01-15T00:00:00Z",
        "cursor": "4",
        "limit": "100",
    }


def test_a_session_that_is_over_is_begun_anew(store: Store, scorer: Scorer):
    asked: list[str] = []
    route = FAKE.route()

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path.rpartition(".")[2])
        return error(400, "ExpiredToken", "Token has expired") if len(asked) == 3 else route(request)

    assert puller(BLUESKY, FAKE, store, scorer)(answer)["complete"]
    assert asked[:5] == ["createSession", "searchPosts", "searchPosts", "createSession", "searchPosts"]


@pytest.mark.parametrize(
    ("response", "verdict"),
    [
        (error(401, "AuthenticationRequired", "Invalid"), Stop("the handle or the app password was not accepted")),
        (error(401, "AuthFactorTokenRequired", "A sign in code"), Stop("the account asks for a code")),
        (error(403, "AuthMissing", "Authentication Required"), Stop("access was refused")),
        (error(400, "InvalidRequest", "Profile not found"), Skip("there is no such account")),
        (error(400, "BlockedByActor", "Requester is blocked"), Skip("the account blocks yours")),
        (error(400, "BadQueryString", "bad quote"), Fail("the server answered 400 Bad Request: bad quote")),
        (error(502, "UpstreamFailure", "Upstream"), Wait("the server answered 502 Bad Gateway")),
        (httpx.Response(403, html="<p>Forbidden</p>"), Stop("access was refused")),
    ],
)
def test_errors_have_names(response: httpx.Response, verdict: Verdict):
    found = BLUESKY.judge(response)
    assert (type(found), getattr(found, "reason", "")) == (type(verdict), getattr(verdict, "reason", ""))
