from datetime import datetime
from typing import Any

import polars as pl

from tests.store.bringing import Feeling, bring, feel, frame, matched, put
from tingfeng.store import Store
from tingfeng.watchlists import read

LISTS = """name: W
languages: [en, zh]
subjects:
  - {name: Kova, kind: brand, query: kova}
  - {name: Praise, kind: topic, query: 'label:positive'}
  - {name: River, kind: kol, accounts: [weibo:river]}
"""
COLUMNS = ("platform", "id", "title", "text", "hashtags", "folded", "language", "label", "engine_label")


def other(text: str | None) -> Feeling:
    """What the next version says: the contrary."""
    said = feel(text)
    names = {"positive": "negative", "negative": "positive", "neutral": "neutral", None: None}
    return said._replace(label=names[said.label], score=-(said.score or 0.0), confidence=0.8)


def filled(store: Store) -> None:
    store.save_watchlist(read(LISTS))
    bring(
        store,
        frame(
            {"id": "1", "text": "kova is good", "published_at": datetime(2025, 1, 1)},
            {"id": "2", "text": "kova is bad", "published_at": datetime(2025, 1, 3)},
            {"id": "3", "text": "good", "published_at": None},
            {"id": "4", "text": "bad", "published_at": datetime(2025, 1, 2)},
        ),
    )


def again(store: Store, limit: int = 10, engine: str = "test 2") -> bool:
    batch = store.waiting(engine, (*COLUMNS, "engine_score", "engine_confidence"), limit)
    scored = batch.scored([other(text) for text in batch.frame["text"]], engine)
    return store.rescore(batch, scored, matched(store, scored))


def labels(store: Store) -> dict[str, tuple[Any, ...]]:
    rows = store.rows("SELECT id, engine, engine_label, label, score, confidence, corrected FROM mentions")
    return {row.pop("id"): tuple(row.values()) for row in rows}


def matches(store: Store) -> set[tuple[Any, ...]]:
    rows = store.rows(
        """SELECT t.subject, m.id, t.via, t.label, t.score, t.corrected FROM matches t
        JOIN mentions m ON m.number = t.mention"""
    )
    return {tuple(row.values()) for row in rows}


def test_what_another_version_read_waits_and_what_another_engine_read_does_not(store: Store) -> None:
    filled(store)
    assert [store.count_waiting(engine) for engine in ("test 1", "test 2", "test 1 + a1b2c3", "tes 1")] == [0, 4, 4, 0]
    assert store.count_waiting("tingfeng 1", others=True) == 4
    assert store.count_waiting("test 1", others=True) == 0


def test_the_newest_published_come_first_and_undated_ones_last(store: Store) -> None:
    filled(store)
    order = []
    while (read_ := store.waiting("test 2", COLUMNS, 1).frame).height:
        order += read_["id"].to_list()
        assert again(store, 1)
    assert order == ["2", "4", "1", "3"]


def test_the_new_sentiment_and_its_matches_take_the_place_of_the_old_ones(store: Store) -> None:
    filled(store)
    before = store.generation
    assert again(store)
    assert store.generation == before + 1
    assert labels(store) == {
        "1": ("test 2", "negative", "negative", -0.5, 0.8, False),
        "2": ("test 2", "positive", "positive", 0.5, 0.8, False),
        "3": ("test 2", "negative", "negative", -0.5, 0.8, False),
        "4": ("test 2", "positive", "positive", 0.5, 0.8, False),
    }
    assert matches(store) == {
        ("Kova", "1", "text", "negative", -0.5, False),
        ("Kova", "2", "text", "positive", 0.5, False),
        ("Praise", "2", "text", "positive", 0.5, False),
        ("Praise", "4", "text", "positive", 0.5, False),
    }
    assert store.count_waiting("test 2") == 0


def test_corrections_tags_and_hiding_stay(store: Store) -> None:
    filled(store)
    store.correct("weibo", "1", "positive")
    store.correct("weibo", "2", "neutral", "Kova")
    store.tag("weibo", "1", ["vip"])
    store.hide("weibo", "2")
    assert again(store)
    assert labels(store)["1"] == ("test 2", "negative", "positive", 1.0, 1.0, True)
    found = matches(store)
    assert {("Kova", "2", "text", "neutral", 0.0, True), ("Praise", "1", "text", "negative", -0.5, False)} <= found
    assert ("Kova", "1", "text", "negative", -0.5, False) in found  # it matches two subjects, each its own
    assert store.rows("SELECT id FROM mentions WHERE hidden") == [{"id": "2"}]
    assert store.rows("SELECT id, tags FROM mentions WHERE tags IS NOT NULL") == [{"id": "1", "tags": "vip"}]


def test_a_batch_is_left_alone_when_one_of_its_mentions_or_a_watchlist_changed(store: Store) -> None:
    changes = [
        lambda: store.correct("weibo", "1", "neutral"),
        lambda: store.correct("weibo", "3", "positive"),  # what the engine said as well
        lambda: store.tag("weibo", "4", ["vip"]),
        lambda: bring(store, frame({"id": "2", "text": "kova is good now", "published_at": datetime(2025, 1, 3)})),
        lambda: store.save_watchlist(read(LISTS)),
        lambda: store.undo_import(1),
    ]
    filled(store)
    for change in changes:
        batch = store.waiting("test 2", (*COLUMNS, "engine_score", "engine_confidence"), 10)
        scored = batch.scored([other(text) for text in batch.frame["text"]], "test 2")
        change()
        before = labels(store), matches(store)
        assert not store.rescore(batch, scored, matched(store, scored))
        assert (labels(store), matches(store)) == before


def test_an_import_that_was_staged_before_is_staged_again(store: Store) -> None:
    filled(store)
    number = store.begin_import(["b.csv"])
    staged = store.stage(frame({"id": "1", "text": "kova is good", "likes": 5, "published_at": datetime(2025, 1, 1)}))
    assert again(store)
    assert not put(store, staged, number)
    assert put(
        store,
        store.stage(frame({"id": "1", "text": "kova is good", "likes": 5, "published_at": datetime(2025, 1, 1)})),
        number,
    )
    assert labels(store)["1"][:2] == ("test 2", "negative")


def test_what_an_undone_import_gives_back_waits_again(store: Store) -> None:
    filled(store)
    likes = frame({"id": "1", "text": "kova is good", "likes": 5, "published_at": datetime(2025, 1, 1)})
    number = bring(store, likes)
    assert again(store)
    undone = store.undo_import(number, lambda rows: matched(store, rows))
    assert undone["restored"] == 1
    assert labels(store)["1"] == ("test 1", "positive", "positive", 0.5, 0.9, False)
    assert ("Kova", "1", "text", "positive", 0.5, False) in matches(store)
    assert store.count_waiting("test 2") == 1
    assert again(store)
    assert labels(store)["1"] == ("test 2", "negative", "negative", -0.5, 0.8, False)
    assert ("Kova", "1", "text", "negative", -0.5, False) in matches(store)


def test_replies_keep_their_matches_with_their_own_sentiment(store: Store) -> None:
    store.save_watchlist(read(LISTS))
    bring(
        store,
        frame(
            {"id": "1", "text": "hello", "author_id": "river"},
            {"id": "2", "text": "bad", "kind": "comment", "parent_id": "1"},
        ),
    )
    accounts = pl.DataFrame({"watchlist": ["W"], "subject": ["River"], "platform": ["weibo"], "account": ["river"]})
    assert store.join_replies(accounts) == 1
    batch = store.waiting("test 2", (*COLUMNS, "author_id", "engine_score", "engine_confidence"), 10)
    scored = batch.scored([other(text) for text in batch.frame["text"]], "test 2")
    assert store.rescore(batch, scored, matched(store, scored))
    assert matches(store) == {
        ("River", "1", "account", "neutral", 0.0, False),
        ("River", "2", "reply", "positive", 0.5, False),
        ("Praise", "2", "text", "positive", 0.5, False),
    }
