"""What is special about Reddit: a sign-in of its own, listings, and trees that leave comments out."""

import httpx
import pytest

from listeners.apis.contract import Skip, Stop, Verdict, Wanted
from listeners.apis.registry import apis
from sentiment import Scorer
from tests.apis.conftest import puller
from tests.apis.fakes.reddit import FAKE, TOKEN, denied
from tests.apis.kit import http
from tingfeng.queries import parse
from tingfeng.store import Store

REDDIT = apis()["reddit"]


def test_jobs_are_searches_accounts_and_subreddits():
    wanted = Wanted(queries=(parse("(kova OR 露茉) NOT x"),), accounts=("@AnnB",), follow=("r/tea", "u/bo", "skin"))
    assert [(job.key, job.params.get("path"), job.searched) for job in REDDIT.jobs(wanted)] == [
        ("account AnnB", "/user/AnnB/overview", False),
        ("account bo", "/user/bo/overview", False),
        ("subreddit tea", "/r/tea/new", False),
        ("subreddit skin", "/r/skin/new", False),
        ("search kova OR 露茉", "/search", True),
    ]


def test_the_app_signs_in_and_the_token_is_what_is_sent(store: Store, scorer: Scorer):
    asked: list[httpx.Request] = []
    route = FAKE.route()

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return route(request)

    result = puller(REDDIT, FAKE, store, scorer)(answer)
    assert (str(asked[0].url), asked[0].method) == ("https://www.reddit.com/api/v1/access_token", "POST")
    assert asked[0].content == b"grant_type=client_credentials"
    assert {request.headers["authorization"] for request in asked[1:]} == {f"Bearer {TOKEN}"}
    assert all("Tingfeng/" in request.headers["user-agent"] for request in asked)
    assert result["skipped"] == [{"job": "subreddit Hidden", "what": "the subreddit is private"}]
    assert [request.url.params["children"] for request in asked if "morechildren" in request.url.path] == [
        "m7kova05,m7kova06"
    ]


def test_what_a_tree_left_out_is_no_reject(store: Store, scorer: Scorer):
    assert puller(REDDIT, FAKE, store, scorer)(FAKE.route())["rejected"] == 0


def test_a_token_that_ended_is_asked_for_anew(store: Store, scorer: Scorer):
    asked: list[str] = []
    route = FAKE.route()

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        return denied(401) if len(asked) == 4 else route(request)

    assert puller(REDDIT, FAKE, store, scorer)(answer)["complete"]
    assert [number for number, path in enumerate(asked) if path.endswith("access_token")] == [0, 4]


def test_a_wrong_secret_stops():
    client = http(REDDIT, FAKE.route(), secret="kovaAppId:wrong-secret")
    with pytest.raises(Exception, match="the credential was not accepted"):
        client.json("https://oauth.reddit.com/r/tea/new", {"raw_json": "1"})


@pytest.mark.parametrize(
    ("response", "verdict"),
    [
        (denied(403, "private"), Skip("the subreddit is private")),
        (denied(404, "banned"), Skip("the subreddit is banned")),
        (denied(404), Skip("not found")),
        (denied(403), Stop("access was refused")),
        (httpx.Response(403, html="<p>whoa there, pardner!</p>"), Stop("Reddit blocks requests from here")),
    ],
)
def test_what_is_shut_is_left_out(response: httpx.Response, verdict: Verdict):
    found = REDDIT.judge(response)
    assert (type(found), getattr(found, "reason", "")) == (type(verdict), getattr(verdict, "reason", ""))
