"""What the demo invented, kept apart from a person's own mentions."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.tiny_store import add, filled, mention, watchlist
from tingfeng.store import Filters, Store
from tingfeng.watchlists import examples

OWN = watchlist("Kova")
DEMO = examples()[0]
SUBJECT = DEMO.subjects[0].name


def invented(identity: str) -> dict[str, object]:
    return mention(identity, "2025-01-13", text="kova", source="demo", label="positive", about={"Kova": "positive"})


@pytest.fixture
def store(tmp_path: Path):
    with filled(tmp_path, [OWN, DEMO], []) as store:
        number = store.begin_import(["demo"], demo=True)
        add(store, "Brands", [invented("1"), invented("2")], number)
        number = store.begin_import(["demo"], demo=True)
        add(store, DEMO.name, [invented("3") | {"about": {SUBJECT: "positive"}}], number)
        yield store


def counts(store: Store) -> list[int]:
    asked = (Filters("Brands"), Filters(DEMO.name), Filters(query="kova"), Filters(query="kova", own=True))
    return [store.count(filters) for filters in asked]


def test_beside_own_mentions_own_watchlists_and_the_examples_find_their_own_kind_only(store):
    assert counts(store) == [2, 1, 3, 3]
    assert [store.shows_demo(name) for name in ("Brands", DEMO.name, None)] == [True, True, True]
    row = mention("own", "2025-01-13", text="kova", label="negative")
    add(store, "Brands", [row | {"about": {"Kova": "negative"}}])
    add(store, DEMO.name, [row | {"id": "own 2", "about": {SUBJECT: "negative"}}])
    assert counts(store) == [1, 1, 5, 2]
    assert [store.shows_demo(name) for name in ("Brands", DEMO.name, None)] == [False, True, True]
    assert store.volume(Filters("Brands"))["mentions"].tolist() == [1]
    assert store.labels(Filters("Brands"), ["subject"])["positive"].tolist() == [0]
    assert store.mentions_page(Filters("Brands"))["id"].tolist() == ["own"]
    assert [row for batch in store.export_batches(Filters(DEMO.name)) for row in batch["id"]] == ["3"]


def test_an_edited_example_is_somebodys_own(store):
    add(store, "Brands", [mention("own", "2025-01-13", text="kova", about={"Kova": None})])
    store.save_watchlist(replace(DEMO, time_zone="UTC"))
    assert store.count(Filters(DEMO.name)) == 0
    assert not store.shows_demo(DEMO.name)


def test_an_export_of_the_demo_stays_invented_when_it_comes_back(store):
    number = store.begin_import(["export.csv"])
    add(store, "Brands", [invented("back")], number)
    add(store, "Brands", [mention("own", "2025-01-13", text="kova", about={"Kova": None})])
    assert store.mentions_page(Filters("Brands"))["id"].tolist() == ["own"]
    assert store.shows_demo(None)
