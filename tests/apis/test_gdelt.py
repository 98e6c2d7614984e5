"""GDELT is asked in the words that it takes, and its mistakes are understood."""

from dataclasses import replace
from itertools import pairwise

import httpx
import pytest

from listeners.apis.contract import Wanted
from listeners.apis.gdelt import Gdelt
from sentiment import Scorer
from tests.apis.conftest import Puller, puller
from tests.apis.fakes.gdelt import FAKE, ITEMS
from tests.apis.kit import Clock
from tingfeng.queries import parse
from tingfeng.store import Store


@pytest.fixture
def pulling(store: Store, scorer: Scorer) -> Puller:
    return puller(Gdelt(), replace(FAKE, watchlist="{name: A, subjects: [{name: L, query: lumora}]}"), store, scorer)


def asked(query: str) -> list[str]:
    return [job.params["query"] for job in Gdelt().jobs(Wanted(queries=(parse(query),)))]


def test_words_are_asked_for_in_one_bracket_and_sets_of_words_one_by_one():
    assert asked('(lumora OR "lumora skin" OR lu OR 露茉) NOT sale') == ['(lumora OR "lumora skin")', "lu", "露茉"]
    assert asked("(lumora OR velune) cream") == ["cream lumora", "cream velune"]
    assert asked("L'Oréal OR lumora*") == ["lumora", '"L\'Oréal"']


def test_many_words_are_asked_for_in_several_brackets():
    searches = asked(" OR ".join(f"brandname{number}" for number in range(30)))
    assert all(len(search) <= 250 for search in searches)
    assert " ".join(searches).count("brandname") == 30
    assert len(searches) == 2


def test_time_is_cut_where_there_are_too_many_and_the_next_pull_begins_where_this_one_did(pulling: Puller):
    log: list[httpx.QueryParams] = []

    def logged(request: httpx.Request) -> httpx.Response:
        log.append(request.url.params)
        return FAKE.route()(request)

    result = pulling(logged)
    assert (result["requests"], result["new"], result["errors"]) == (3, 258, [])
    assert log[1]["startdatetime"] == log[2]["enddatetime"]
    assert (log[2]["startdatetime"], log[1]["enddatetime"]) == (log[0]["startdatetime"], log[0]["enddatetime"])
    assert pulling(logged)["unchanged"] == 4, "those of the last day"


def test_what_cannot_be_cut_any_more_is_told(pulling: Puller):
    crowd = [{**ITEMS[0], "url": f"https://news.example/{number}"} for number in range(1000, 1300)]
    result = pulling(FAKE.router(crowd))
    assert (result["new"], result["complete"]) == (250, True)
    assert "only 250 articles" in result["partial"][0]["what"]


def test_escapes_that_are_none_are_read(pulling: Puller, store: Store):
    right = FAKE.router(ITEMS[:1])

    def broken(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=right(request).content.replace(b"shop 1", b"shop \\' 1"))

    assert pulling(broken)["new"] == 1
    assert store.rows("SELECT title, region FROM mentions") == [
        {"title": "Lumora opens shop ' 1 in Paris", "region": "France"}
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("The specified phrase is too short.", ("skipped", "The specified phrase is too short.")),
        ("One or more of your keywords were illegal.\n", ("errors", "GDELT says: One or more")),
    ],
)
def test_an_error_as_text_is_understood(text: str, says: tuple[str, str], pulling: Puller):
    result = pulling(lambda _: httpx.Response(200, html=text))
    assert says[1] in result[says[0]][0]["what"]
    assert result["requests"] == 1


@pytest.mark.parametrize("status", [200, 429])
def test_one_request_in_five_seconds(status: int, pulling: Puller):
    clock, seen = Clock(), []
    text = "Please limit requests to one every 5 seconds or contact the author for larger queries."

    def busy(request: httpx.Request) -> httpx.Response:
        seen.append(clock.seconds)
        return httpx.Response(status, text=text) if len(seen) == 2 else FAKE.route()(request)

    assert pulling(busy, clock)["complete"]
    assert all(after - before >= 5 for before, after in pairwise(seen))
