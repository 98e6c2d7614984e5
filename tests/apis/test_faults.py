"""Every API, and everything that may go wrong on the way: all that is there is stored, once, and no secret is seen."""

import pytest

from listeners.apis.registry import apis
from sentiment import Scorer
from tests.apis.conftest import puller
from tests.apis.kit import FAULTS, Clock, Fault, Killed, fakes, killing, looping
from tingfeng.store import Store

#: Every API goes through every fault; these four do so in each run, the others in the slow one.
OFTEN = {"hackernews", "youtube", "mastodon", "rss"}
SOURCES = pytest.mark.parametrize("source", apis())
FAULTY = pytest.mark.parametrize(
    "source", [name if name in OFTEN else pytest.param(name, marks=pytest.mark.slow) for name in apis()]
)
FAKES = fakes()


@SOURCES
def test_a_pull_stores_what_was_planted_and_a_second_one_adds_nothing(source: str, store: Store, scorer: Scorer):
    fake = FAKES[source]
    pulling = puller(apis()[source], fake, store, scorer)
    first = pulling(fake.route())
    assert (first["complete"], first["cursor"], first["errors"]) == (True, None, [])
    assert set(pulling.ids()) == fake.stored
    assert first["new"] == len(fake.stored)
    assert first["read"] == first["new"] + first["updated"] + first["unchanged"] + first["rejected"]
    content = pulling.content()
    second = pulling(fake.route())
    assert (second["complete"], second["new"], second["updated"]) == (True, 0, 0)
    assert second["requests"] <= first["requests"]
    assert pulling.content() == content


@FAULTY
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_loses_nothing(source: str, fault: Fault, store: Store, scorer: Scorer):
    fake, clock = FAKES[source], Clock()
    pulling = puller(apis()[source], fake, store, scorer)
    result = pulling(fault.wrap(fake.route(), clock), clock)
    assert result["complete"] is fault.heals
    if not fault.heals:
        assert result["error"]["what"]
        assert pulling(fake.route())["complete"]
    assert pulling.ids() == sorted(fake.stored)
    if "429" in fault.name:
        assert any(6.0 <= waited <= 8.5 for waited in clock.waited)


@FAULTY
def test_a_page_that_comes_twice_does_no_harm(source: str, store: Store, scorer: Scorer):
    fake = FAKES[source]
    pulling = puller(apis()[source], fake, store, scorer)
    assert pulling(fake.route_with_a_page_twice(5))["complete"]
    assert pulling.ids() == sorted(fake.stored)


@FAULTY
def test_an_api_that_runs_in_circles_is_left_with_a_plain_word(source: str, store: Store, scorer: Scorer):
    fake = FAKES[source]
    pulling = puller(apis()[source], fake, store, scorer)
    result = pulling(looping(fake.route()))
    if result["complete"]:
        assert result["requests"] < 3, "too few planted pages to run in circles"
    else:
        what = result["error"]["what"]
        assert "again and again" in what or "another question" in what
    assert pulling(fake.route())["complete"]
    assert pulling.ids() == sorted(fake.stored)


@FAULTY
def test_a_pull_killed_at_any_page_and_repeated_ends_in_the_same_store(
    source: str, tmp_path_factory: pytest.TempPathFactory, scorer: Scorer
):
    fake, api = FAKES[source], apis()[source]
    with Store.open(tmp_path_factory.mktemp("whole") / "store.duckdb") as store:
        whole = puller(api, fake, store, scorer)
        requests = whole(fake.route())["requests"]
        content = whole.content()
    for at in range(1, requests + 1):
        with Store.open(tmp_path_factory.mktemp("killed") / "store.duckdb") as store:
            pulling = puller(api, fake, store, scorer)
            with pytest.raises(Killed):
                pulling(killing(fake.route(), at))
            again = pulling(fake.route())
            assert again["complete"]
            assert pulling.content() == content
