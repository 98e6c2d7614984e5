"""What is special to the Graph APIs: Meta's codes, tokens in addresses, and what is asked."""

import json

import httpx
import pytest

from listeners.apis.contract import Fail, Skip, Stop, Wait
from listeners.apis.meta import judge_graph
from listeners.apis.registry import apis
from sentiment import Scorer
from tests.apis.conftest import puller
from tests.apis.fakes import facebook
from tests.apis.fakes.meta import TOKEN, error
from tests.apis.kit import Router
from tingfeng.store import Store

USAGE = {"x-business-use-case-usage": json.dumps({"107": [{"type": "pages", "estimated_time_to_regain_access": 4}]})}


def asked(router: Router, log: list[httpx.Request]) -> Router:
    """`router`, its requests noted."""
    return lambda request: (log.append(request), router(request))[1]


@pytest.mark.parametrize(
    ("response", "verdict"),
    [
        (error(4, "Application request limit reached"), Wait("the calls that Meta allows are used up", 3600)),
        (error(80001, "too many calls to this Page account"), Wait("the calls that Meta allows are used up", 3600)),
        (error(200, "pages_read_engagement"), Fail("a permission is missing: (#200) pages_read_engagement (code 200)")),
        (error(2, "Service down", 500), Wait("Meta could not answer: (#2) Service down (code 2)")),
        (error(100, "No such object", error_subcode=33), Skip("it is gone, or the token may not see it")),
        (error(100, "needs an app token"), Fail("Meta refused this: (#100) needs an app token (code 100)")),
        (httpx.Response(429, headers={"retry-after": "9"}), Wait("the server answered 429 Too Many Requests", 9)),
    ],
)
def test_codes_in_plain_words(response: httpx.Response, verdict: object):
    assert judge_graph(response) == verdict


@pytest.mark.parametrize("code", [4, 17, 32, 613])
def test_the_header_on_usage_says_when_calls_are_allowed_again(code: int):
    limited = error(code, "limit", 403)
    limited.headers.update(USAGE)
    assert judge_graph(limited) == Wait("the calls that Meta allows are used up", 240)
    limited.headers["x-business-use-case-usage"] = "{broken"
    assert judge_graph(limited) == Wait("the calls that Meta allows are used up", 3600)


def test_a_token_that_expired_stops_with_what_to_do():
    verdict = judge_graph(error(190, "Session has expired", 401))
    assert isinstance(verdict, Stop)
    assert (verdict.seconds, "make a new one" in verdict.hint) == (None, True)


def test_facebook_asks_for_newer_posts_and_each_posts_comments(store: Store, scorer: Scorer):
    pulling = puller(apis()["facebook"], facebook.FAKE, store, scorer)
    log: list[httpx.Request] = []
    assert pulling(asked(facebook.FAKE.route(), log))["complete"]
    paths = [request.url.path for request in log]
    assert paths.count("/v25.0/lumora.skin/feed") == 3
    assert [path for path in paths if path.endswith("/comments")] == 2 * ["/v25.0/107_512/comments"] + [
        "/v25.0/108_511/comments"
    ]
    log.clear()
    assert pulling(asked(facebook.FAKE.route(), log))["complete"]
    # The newest post is of 2025-01-20 10:00; a week before that.
    assert {request.url.params.get("since") for request in log if "lumora" in request.url.path} == {"1736762400"}


def test_replies_hang_below_comments_and_comments_below_posts(store: Store, scorer: Scorer):
    pulling = puller(apis()["facebook"], facebook.FAKE, store, scorer)
    pulling(facebook.FAKE.route())
    rows = store.rows("SELECT id, kind, parent_id, root_id, comments FROM mentions WHERE id IN ('82', '511', '95')")
    assert {row["id"]: (row["kind"], row["parent_id"], row["root_id"], row["comments"]) for row in rows} == {
        "82": ("comment", "81", "511", 0),
        "95": ("comment", "512", "512", 0),
        "511": ("post", None, None, 2),
    }


def test_a_page_that_may_not_be_read_does_not_stop_the_others(store: Store, scorer: Scorer):
    def router(request: httpx.Request) -> httpx.Response:
        return error(10, "needs approval") if "lumora" in request.url.path else facebook.FAKE.route()(request)

    result = puller(apis()["facebook"], facebook.FAKE, store, scorer)(router)
    assert [entry["job"] for entry in result["errors"]] == ["page lumora.skin"]
    assert result["new"] == 4


@pytest.mark.parametrize("source", ["facebook"])
def test_no_token_is_seen(source: str, store: Store, scorer: Scorer, everything_logged: pytest.LogCaptureFixture):
    fake = facebook.FAKE
    pulling = puller(apis()[source], fake, store, scorer)
    result = pulling(fake.route(), limit=5)
    assert result["cursor"] is not None
    tables = [row["table_name"] for row in store.rows("SELECT table_name FROM duckdb_tables()")]
    rows = [str(store.rows(f"SELECT * FROM {table}")) for table in tables]
    assert TOKEN not in "\n".join([json.dumps(result), everything_logged.text, *rows])
