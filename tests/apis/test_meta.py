"""What is special to the Graph APIs: Meta's codes, tokens in addresses, and what is asked."""

import json
from dataclasses import replace

import httpx
import pytest

from listeners.apis.contract import Fail, Skip, Stop, Wait
from listeners.apis.instagram import hashtags
from listeners.apis.meta import judge_graph
from listeners.apis.registry import apis
from sentiment import Scorer
from tests.apis.conftest import puller
from tests.apis.fakes import facebook, instagram
from tests.apis.fakes.meta import TOKEN, error
from tests.apis.kit import FakeApi, Router
from tingfeng.queries import parse
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


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("(露茉 OR lumora) NOT giveaway", ["露茉", "lumora"]),
        ('"river song" OR R&D', ["riversong", "rd"]),
        ("tea (cream OR serum)", ["cream", "serum"]),
        ("lumora OR hashtag:#LumoraSkin", ["lumora", "lumoraskin"]),
        ("lumora NOT hashtag:ad", ["lumora"]),
        ("2025 OR ☀️", []),
    ],
)
def test_hashtags_of_a_query(query: str, expected: list[str]):
    assert hashtags(parse(query)) == expected


def test_a_hashtag_is_looked_up_once_and_asked_for_times(store: Store, scorer: Scorer):
    pulling = puller(apis()["instagram"], instagram.FAKE, store, scorer)
    log: list[httpx.Request] = []
    result = pulling(asked(instagram.FAKE.route(), log))
    unheard = "Instagram knows no such hashtag, or does not show it"
    assert result["skipped"] == [{"job": f"hashtag unheard {one}", "what": unheard} for one in ("recent", "top")]
    lookups = [request.url.params["q"] for request in log if "hashtag_search" in request.url.path]
    assert lookups == ["lumora", "lumora", "lumoraskin", "lumoraskin", "unheard", "unheard"]
    log.clear()
    pulling(asked(instagram.FAKE.route(), log))
    lookups = [request.url.params["q"] for request in log if "hashtag_search" in request.url.path]
    assert lookups == ["unheard", "unheard"]


def test_a_cursor_that_never_changes_leads_on(store: Store, scorer: Scorer):
    """As Meta documents it for hashtags: the cursor is always the same, and gives the next page all the same."""
    pages = iter([[instagram.medium(n, "lumora", where="")] for n in (1, 2, 3)])

    def router(request: httpx.Request) -> httpx.Response:
        if not request.url.path.endswith("/recent_media"):
            data = [{"id": "5"}] if "hashtag_search" in request.url.path else []
            return httpx.Response(200, json={"data": data})
        body = {"data": next(pages)}
        more = {"paging": {"cursors": {"after": "same"}, "next": "https://graph.facebook.com/..."}}
        return httpx.Response(200, json=body | (more if not body["data"][0]["id"].endswith("3") else {}))

    fake = FakeApi("{name: W, subjects: [{name: L, query: lumora}]}", (), lambda _: router, frozenset(), "1:token-x")
    result = puller(apis()["instagram"], fake, store, scorer)(router)
    assert (result["complete"], result["new"]) == (True, 3)


def test_a_hashtag_too_many_does_not_stop_the_rest(store: Store, scorer: Scorer):
    def router(request: httpx.Request) -> httpx.Response:
        full = request.url.params.get("q") == "lumoraskin"
        return error(18, "too many hashtags") if full else instagram.FAKE.route()(request)

    result = puller(apis()["instagram"], instagram.FAKE, store, scorer)(router)
    assert [entry["job"] for entry in result["errors"]] == ["hashtag lumoraskin recent", "hashtag lumoraskin top"]
    assert "30 other hashtags" in result["error"]["what"]
    assert result["new"] == len(instagram.FAKE.stored) - 1


def test_a_credential_without_its_account_is_named(store: Store, scorer: Scorer):
    fake = replace(instagram.FAKE, secret=TOKEN)
    result = puller(apis()["instagram"], fake, store, scorer)(fake.route())
    assert (result["requests"], "user_id:token" in result["error"]["hint"]) == (0, True)


@pytest.mark.parametrize("fake", [facebook.FAKE, instagram.FAKE], ids=["facebook", "instagram"])
def test_no_token_is_seen(fake: FakeApi, store: Store, scorer: Scorer, everything_logged: pytest.LogCaptureFixture):
    pulling = puller(apis()["facebook" if fake is facebook.FAKE else "instagram"], fake, store, scorer)
    result = pulling(fake.route(), limit=5)
    assert result["cursor"] is not None
    tables = [row["table_name"] for row in store.rows("SELECT table_name FROM duckdb_tables()")]
    rows = [str(store.rows(f"SELECT * FROM {table}")) for table in tables]
    assert TOKEN not in "\n".join([json.dumps(result), everything_logged.text, *rows])
