"""What is special about Mastodon: many servers, hashtags, links to the next page, and what only members see."""

import httpx
import pytest

from listeners.apis.client import Refusal
from listeners.apis.contract import Job, Skip, Stop, Verdict, Wait, Wanted
from listeners.apis.registry import apis
from tests.apis.fakes.mastodon import FAKE, ITEMS
from tests.apis.kit import http
from tingfeng.queries import parse

MASTODON = apis()["mastodon"]


def jobs(query: str, **wanted: tuple[str, ...]) -> list[str]:
    return [job.key for job in MASTODON.jobs(Wanted(queries=(parse(query),), **wanted))]


def test_words_and_phrases_are_tags_and_searches():
    assert jobs('露茉 OR "Lumora Skin" OR #kova OR (tea cream)') == [
        "tag 露茉 mastodon.social",
        "tag lumoraskin mastodon.social",
        "tag kova mastodon.social",
        "tag tea mastodon.social",
        "search 露茉",
        'search "Lumora Skin"',
        "search #kova",
        "search tea cream",
    ]


def test_other_servers_are_asked_for_tags_and_accounts_are_followed():
    found = jobs("kova", accounts=("@ann@rain.example",), follow=("tea.example", "@bo@tea.example"))
    assert found == [
        "tag kova mastodon.social",
        "tag kova tea.example",
        "account ann@rain.example",
        "account bo@tea.example",
        "search kova",
    ]


def test_the_link_says_where_it_goes_on_and_an_empty_page_ends_it():
    job = Job("tag lumora", {"server": "https://mastodon.social", "tag": "lumora"})
    client = http(MASTODON, FAKE.route(), secret=FAKE.secret)
    lumora = [item["id"] for item in ITEMS if item["tags"] == [{"name": "lumora"}] and item["server"] != "tea.example"]
    first = MASTODON.page(job, None, client)
    assert first.next == lumora[3]
    assert [len(MASTODON.page(job, cursor, client).records) for cursor in (lumora[3], lumora[-2], lumora[-1])] == [
        3,
        1,
        0,
    ]
    assert MASTODON.page(job, lumora[-1], client).next is None


def test_without_a_token_nothing_is_searched():
    with pytest.raises(Refusal, match="only for those who sign in"):
        MASTODON.page(Job("search kova", {"q": "kova"}), None, http(MASTODON, FAKE.route()))


@pytest.mark.parametrize(
    ("status", "signed", "verdict"),
    [
        (401, False, Skip("the server shows this only to those who sign in")),
        (403, False, Skip("the server shows this only to those who sign in")),
        (422, False, Skip("the server shows this only to those who sign in")),
        (401, True, Stop("the credential was not accepted")),
        (404, True, Skip("not found")),
        (429, True, Wait("the server answered 429 Too Many Requests", 150)),
    ],
)
def test_what_only_members_see_is_left_out(status: int, signed: bool, verdict: Verdict):
    headers = {"date": "Mon, 13 Jan 2025 18:00:00 GMT", "x-ratelimit-reset": "2025-01-13T18:02:30.123456Z"}
    request = httpx.Request("GET", "https://tea.example", headers={"authorization": "Bearer x"} if signed else {})
    found = MASTODON.judge(httpx.Response(status, headers=headers, json={"error": "no"}, request=request))
    assert (type(found), getattr(found, "reason", "")) == (type(verdict), getattr(verdict, "reason", ""))
    if isinstance(found, Wait):
        assert found.seconds == pytest.approx(150, abs=1)
