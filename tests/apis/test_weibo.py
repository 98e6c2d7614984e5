"""What is special to Weibo's API: its codes, a search that may be closed, and accounts by number or name."""

import httpx
import pytest

from listeners.apis.contract import Fail, Skip, Stop, Wait
from listeners.apis.registry import apis
from sentiment import Scorer
from tests.apis.conftest import puller
from tests.apis.fakes.weibo import FAKE, error, post
from tingfeng.store import Store

WEIBO = apis()["weibo"]
MENTIONS = "https://api.weibo.com/2/statuses/mentions.json"
TOPICS = "https://api.weibo.com/2/search/topics.json"


def judged(response: httpx.Response, url: str = MENTIONS) -> object:
    response.request = httpx.Request("GET", url)
    return WEIBO.judge(response)


@pytest.mark.parametrize("code", [10022, 10023, 10024])
def test_a_rate_puts_the_pull_off_by_an_hour(code: int):
    limited = error(code, "User requests out of rate limit!")
    assert judged(limited) == Wait("the calls of this hour are used up", 3600)
    as_text = httpx.Response(403, json={"error": "limit", "error_code": str(code)}, headers={"retry-after": "9"})
    assert judged(as_text) == Wait("the calls of this hour are used up", 9)


@pytest.mark.parametrize("code", [21327, 21332, 21315])
def test_a_token_that_expired_says_what_to_do(code: int):
    verdict = judged(error(code, "expired_token", 401))
    assert isinstance(verdict, Stop)
    assert "anew" in verdict.hint


def test_other_codes_in_plain_words():
    closed = "Weibo has not opened the search for topics to this application"
    assert judged(error(10014, "Insufficient app permissions!"), TOPICS) == Skip(closed)
    missing = "a permission is missing: Insufficient app permissions! (10014)"
    assert judged(error(10014, "Insufficient app permissions!")) == Fail(missing)
    assert judged(error(20101, "target weibo does not exist!", 400)) == Skip("it is gone, or hidden")
    assert judged(error(10009, "system is busy")) == Wait("Weibo could not answer: system is busy (10009)")
    assert judged(error(20003, "User does not exists!", 400)) == Fail(
        "Weibo refused this: User does not exists! (20003)"
    )


def test_accounts_by_number_and_name_and_comments_of_their_posts(store: Store, scorer: Scorer):
    asked: list[httpx.URL] = []

    def router(request: httpx.Request) -> httpx.Response:
        asked.append(request.url)
        return FAKE.route()(request)

    result = puller(WEIBO, FAKE, store, scorer)(router)
    assert [url.params.get("page") for url in asked if "mentions" in url.path] == ["1", "2", "3"]
    lines = [url.params for url in asked if "user_timeline" in url.path]
    assert [(one.get("uid"), one.get("screen_name")) for one in lines] == [("5100000001", None), (None, "露茉旗舰店")]
    assert [url.params["id"] for url in asked if "comments" in url.path] == ["5122656743456040"]
    assert [entry["job"] for entry in result["skipped"]] == ["topic 露茉"]
    rows = store.rows("SELECT parent_id FROM mentions WHERE kind = 'comment'")
    assert {row["parent_id"] for row in rows} == {"5122656743456040"}


def test_topics_are_asked_where_the_search_is_open(store: Store, scorer: Scorer):
    def router(request: httpx.Request) -> httpx.Response:
        if "search/topics" not in request.url.path:
            return FAKE.route()(request)
        assert request.url.params["q"] == "露茉"
        found = [{k: v for k, v in post(7, "#露茉#好用").items() if k != "_comments"}]
        return httpx.Response(200, json={"statuses": found, "total_number": 1})

    result = puller(WEIBO, FAKE, store, scorer)(router)
    assert (result["complete"], result["skipped"], result["new"]) == (True, [], len(FAKE.stored) + 1)
