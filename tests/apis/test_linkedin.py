"""What is special to LinkedIn's API: urns in addresses, its bodies, and comments that name another number."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from listeners.apis.contract import Fail, Skip, Stop, Wait
from listeners.apis.registry import apis
from sentiment import Scorer
from tests.apis.conftest import puller
from tests.apis.fakes.linkedin import FAKE, error
from tingfeng.store import Store

LINKEDIN = apis()["linkedin"]


@pytest.mark.parametrize(
    ("response", "verdict"),
    [
        (
            error(403, "ACCESS_DENIED", "Not enough permissions"),
            Fail("the token may not read this: Not enough permissions (ACCESS_DENIED)"),
        ),
        (error(404, "NOT_FOUND", "No social actions"), Skip("not found")),
        (error(400, "ILLEGAL_ARGUMENT", "bad urn"), Fail("LinkedIn refused this: bad urn (ILLEGAL_ARGUMENT)")),
        (httpx.Response(429, headers={"retry-after": "9"}), Wait("the server answered 429 Too Many Requests", 9)),
        (httpx.Response(500), Wait("the server answered 500 Internal Server Error")),
    ],
)
def test_bodies_in_plain_words(response: httpx.Response, verdict: object):
    assert LINKEDIN.judge(response) == verdict


def test_a_token_that_expired_and_a_version_that_is_gone_say_what_to_do():
    expired = LINKEDIN.judge(error(401, "EXPIRED_ACCESS_TOKEN", "The token used in the request has expired", 65601))
    assert isinstance(expired, Stop)
    assert (expired.seconds, "make a new one" in expired.hint) == (None, True)
    gone = LINKEDIN.judge(error(426, "NONEXISTENT_VERSION", "Requested version 20200101 is not active"))
    assert isinstance(gone, Fail)
    assert "update Tingfeng" in gone.reason


def test_the_limit_of_a_day_puts_the_pull_off_until_midnight():
    verdict = LINKEDIN.judge(error(429, "TOO_MANY_REQUESTS", "Resource level throttle limit is reached", 101))
    assert isinstance(verdict, Wait)
    midnight = datetime.now(UTC) + timedelta(seconds=verdict.seconds or 0)
    assert (midnight + timedelta(seconds=30)).time().hour == 0


def test_urns_are_written_in_full_and_comments_hang_below_the_stored_post(store: Store, scorer: Scorer):
    asked: list[str] = []

    def router(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.raw_path.decode())
        return FAKE.route()(request)

    result = puller(LINKEDIN, FAKE, store, scorer)(router)
    assert asked[0].startswith("/rest/posts?q=author&author=urn%3Ali%3Aorganization%3A107&sortBy=CREATED&start=0")
    assert asked[1] == "/rest/socialActions/urn%3Ali%3Ashare%3A719/comments?start=0&count=100"
    reply = "/rest/socialActions/urn%3Ali%3Acomment%3A%28urn%3Ali%3Aactivity%3A900%2C71%29/comments?start=0&count=100"
    assert reply in asked
    assert result["skipped"][0] == {"job": "comments urn:li:share:718", "what": "not found"}
    rows = store.rows("SELECT text, parent_id, root_id FROM mentions WHERE kind = 'comment' ORDER BY text")
    first = "urn:li:comment:(urn:li:activity:900,71)"
    post = "urn:li:share:719"
    assert [(row["parent_id"], row["root_id"]) for row in rows] == [(post, post)] * 3 + [(first, post)]
