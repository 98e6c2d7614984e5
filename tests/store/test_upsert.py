"""Batches on their way into the store."""

from datetime import datetime, timedelta
from threading import Thread
from typing import Any

import duckdb
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.bringing import Row, bring, feel, frame, matched, put, stored
from tingfeng.errors import DiskFullError
from tingfeng.mentions.merge import merge
from tingfeng.mentions.record import SCHEMA
from tingfeng.mentions.text import BORDER
from tingfeng.store import Store, StoreError, upsert
from tingfeng.store.schema import FINGERPRINT
from tingfeng.watchlists import read

NOON = datetime(2025, 1, 13, 12)
SKIN = """
name: Skin
subjects:
  - {name: Lumora, query: lumora}
  - {name: Busy, query: 'likes:>100'}
"""


def wrong_fingerprints(store: Store) -> list[Row]:
    return store.rows(f"SELECT id FROM mentions WHERE fingerprint IS DISTINCT FROM {FINGERPRINT}")


rows = st.fixed_dictionaries(
    {
        "id": st.sampled_from("1234"),
        "text": st.none() | st.sampled_from(["good", "bad", "露茉"]),
        "likes": st.none() | st.integers(0, 3),
        "collected_at": st.none() | st.integers(0, 3).map(lambda hour: NOON + timedelta(hours=hour)),
    }
)


@settings(max_examples=15)
@given(batches=st.lists(st.lists(rows, max_size=6), max_size=4))
def test_the_store_holds_what_merging_all_batches_in_memory_gives(
    batches: list[list[Row]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    expected = pl.DataFrame(schema=SCHEMA)
    with Store.open(tmp_path_factory.mktemp("upsert") / "s.duckdb") as store:
        number = store.begin_import(["a.csv"])
        for batch in batches:
            staged, merged = store.stage(frame(*batch)), merge(expected, frame(*batch))
            assert staged.verdicts == merged.counts
            assert put(store, staged, number)
            untouched = expected.join(merged.frame, on=["platform", "id"], how="anti")
            expected = pl.concat([untouched, merged.frame.select(*SCHEMA)])
        found = stored(store)
        assert wrong_fingerprints(store) == []
        scored = {row["id"]: row["engine_label"] for row in store.rows("SELECT id, engine_label FROM mentions")}
    assert found == {(row["platform"], row["id"]): row for row in expected.iter_rows(named=True)}
    assert scored == {key[1]: feel(row["text"]).label for key, row in found.items()}


def test_rows_that_say_what_is_stored_are_told_without_merging(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = {"text": "good", "likes": 1}, {"id": "2", "text": "bad"}
    bring(store, frame(one, other))
    merged: list[int] = []
    monkeypatch.setattr(upsert, "merge", lambda old, new: merged.append(new.height) or merge(old, new))
    assert store.stage(frame(one, other, one)).verdicts == {"new": 0, "updated": 0, "unchanged": 3}
    # A row counts after those before it, so all rows of a mention are merged where one is new.
    changing = frame(one | {"likes": 2}, other, one)
    assert store.stage(changing).verdicts == {"new": 0, "updated": 2, "unchanged": 1}
    assert merged == [0, 2]
    assert set(store.stage(changing).keys["id"]) == {"1", "2"}


def test_fingerprints_follow_what_is_touched_and_undone(store: Store) -> None:
    bring(store, frame({"text": "good", "collected_at": NOON}))
    later = bring(store, frame({"text": "bad", "likes": 1, "collected_at": NOON + timedelta(hours=1)}))
    bring(store, frame({"text": "bad", "likes": 1, "collected_at": NOON + timedelta(hours=2)}))
    assert wrong_fingerprints(store) == []
    store.undo_import(later + 1)
    store.undo_import(later)
    assert wrong_fingerprints(store) == []
    assert store.stage(frame({"text": "good", "collected_at": NOON})).verdicts["unchanged"] == 1


def test_only_new_texts_are_scored_and_only_changed_rows_are_written(store: Store) -> None:
    bring(store, frame({"text": "good", "likes": 1}, {"id": "2", "text": "bad"}))
    staged = store.stage(frame({"text": "good", "likes": 2}, {"id": "2", "text": "good"}, {"id": "3", "text": "new"}))
    assert staged.frame["id"].to_list() == ["1", "2", "3"]
    assert staged.to_score.to_list() == [False, True, True]
    assert staged.verdicts == {"new": 1, "updated": 2, "unchanged": 0}
    assert put(store, staged, store.begin_import([]))
    found = store.rows("SELECT id, likes, label, language, engine FROM mentions ORDER BY id")
    assert [row["label"] for row in found] == ["positive", "positive", "neutral"]
    assert {row["engine"] for row in found} == {"test 1"}
    assert found[0]["likes"] == 2


def test_folded_text_follows_title_text_and_hashtags(store: Store) -> None:
    bring(store, frame({"title": "Lumora 面膜", "text": "ＧＯＯＤ", "hashtags": "護膚"}))
    assert store.mention("weibo", "1")["folded"] == BORDER.join(["lumora 面膜", "good", "护肤"])
    bring(store, frame({"hashtags": "Skin"}))
    assert store.mention("weibo", "1")["folded"] == BORDER.join(["lumora 面膜", "good", "skin"])


def test_matches_are_replaced_when_a_mention_changes_and_kept_target_sentiment_is_handed_over(store: Store) -> None:
    store.save_watchlist(read(SKIN))
    bring(store, frame({"text": "good lumora", "likes": 5}))
    staged = store.stage(frame({"likes": 500}))
    assert staged.matches.select("subject", "label").rows() == [("Lumora", "positive")]
    assert put(store, staged, store.begin_import([]))
    assert subjects(store) == ["Busy", "Lumora"]
    bring(store, frame({"text": "something else", "likes": 3}))
    assert subjects(store) == []


def subjects(store: Store) -> list[str]:
    return [row["subject"] for row in store.rows("SELECT subject FROM matches ORDER BY subject")]


def test_a_batch_is_refused_when_its_mentions_moved_on_and_taken_when_others_did(store: Store) -> None:
    number = bring(store, frame({"likes": 1}))
    stale, other = store.stage(frame({"likes": 2})), store.stage(frame({"id": "2"}))
    bring(store, frame({"likes": 3}))
    before = stored(store)
    assert not put(store, stale, number)
    assert stored(store) == before
    assert put(store, other, number)
    assert put(store, store.stage(frame({"likes": 2})), number)
    assert stored(store)["weibo", "1"]["likes"] == 2


def test_a_batch_is_refused_when_an_import_that_it_agreed_with_was_undone(store: Store) -> None:
    number = bring(store, frame({"likes": 1}))
    staged = store.stage(frame({"likes": 1}))
    store.undo_import(number)
    assert not put(store, staged, store.begin_import([]))
    assert store.rows("SELECT * FROM sightings") == []


def test_an_import_that_is_taken_back_while_it_runs_cannot_go_on(store: Store) -> None:
    number = bring(store, frame({}))
    store.undo_import(number)
    with pytest.raises(StoreError, match="taken back while it ran"):
        put(store, store.stage(frame({})), number)
    assert store.count() == 0


@pytest.mark.parametrize("change", ["insert", "remove", "watchlist"])
def test_a_batch_is_refused_when_what_it_rests_on_appeared_or_disappeared(store: Store, change: str) -> None:
    number = bring(store, frame({"likes": 1}))
    staged = store.stage(frame({"likes": 2}, {"id": "2"}))
    if change == "insert":
        bring(store, frame({"id": "2"}))
    elif change == "remove":
        store.undo_import(number)
    else:
        store.save_watchlist(read(SKIN))
    assert not put(store, staged, store.begin_import([]))


def test_tags_and_hiding_survive_an_update_even_between_stage_and_commit(store: Store) -> None:
    number = bring(store, frame({"likes": 1}))
    staged = store.stage(frame({"likes": 2}))
    store.tag("weibo", "1", ["crisis", " crisis ", "to|do"])
    store.hide("weibo", "1")
    assert put(store, staged, number)
    row = store.mention("weibo", "1")
    assert (row["tags"], row["hidden"], row["likes"]) == ("crisis|to do", True, 2)


def test_the_generation_grows_with_every_write_and_with_nothing_else(store: Store) -> None:
    seen = [store.generation]
    number = bring(store, frame({"text": "good"}))
    seen.append(store.generation)
    store.correct("weibo", "1", "negative")
    seen.append(store.generation)
    store.undo_import(number)
    seen.append(store.generation)
    store.stage(frame({"text": "good"}))
    store.count()
    assert seen == sorted(set(seen))
    assert store.generation == seen[-1]


def test_a_write_that_fails_leaves_the_store_as_it_was(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    number = bring(store, frame({"likes": 1}))
    before, generation = stored(store), store.generation

    def no_room(*_: Any) -> None:
        raise duckdb.IOException("IO Error: No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr("tingfeng.store.upsert.insert_rejects", no_room)
        with pytest.raises(DiskFullError, match="The disk is full"):
            put(store, store.stage(frame({"likes": 2}, {"id": "2"})), number)
    assert (stored(store), store.generation) == (before, generation)
    assert put(store, store.stage(frame({"likes": 2}, {"id": "2"})), number)


def test_two_threads_that_import_the_same_mentions_lose_nothing(store: Store) -> None:
    def work(offset: int) -> None:
        number = store.begin_import([])
        for start in range(0, 60, 20):
            batch = frame(*({"id": str(key), "likes": key + offset} for key in range(start, start + 20)))
            while not put(store, store.stage(batch), number):
                pass

    threads = [Thread(target=work, args=(offset,)) for offset in (0, 1000)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.count() == 60
    assert {row["id"] for row in store.rows("SELECT DISTINCT id FROM sightings")} == {str(key) for key in range(60)}
    assert store.rows("SELECT count(*) AS n FROM sightings")[0]["n"] == 120


def test_readers_see_whole_batches_and_may_read_on_while_one_is_written(store: Store) -> None:
    number = bring(store, frame(*({"id": str(key)} for key in range(30_000))))
    stream = store.frames(["id"])
    first = next(stream)
    store.undo_import(number)
    bring(store, frame({"id": "new"}))
    assert first.height + sum(batch.height for batch in stream) == 30_000
    assert store.count() == 1


def test_replies_to_a_kol_are_matched_however_late_the_post_came(store: Store) -> None:
    store.save_watchlist(read("name: K\nsubjects:\n  - {name: River, kind: kol, accounts: ['weibo:7', 'x:@River']}"))
    accounts = pl.DataFrame(
        [("K", "River", "weibo", "7"), ("K", "River", "x", "@river")],
        ["watchlist", "subject", "platform", "account"],
        orient="row",
    )
    comment = {"kind": "comment", "text": "good"}
    bring(
        store,
        frame(comment | {"id": "c1", "parent_id": "p"}, comment | {"id": "c2", "parent_id": "c1", "root_id": "p"}),
    )
    assert store.join_replies(accounts) == 0
    bring(store, frame({"id": "p", "author_id": "7"}, comment | {"id": "c3", "platform": "x", "parent_id": "q"}))
    bring(
        store, frame({"id": "q", "platform": "x", "author_handle": "RIVER"}, comment | {"id": "c4", "parent_id": "z"})
    )
    assert store.join_replies(accounts) == 3
    assert store.join_replies(accounts) == 0
    found = store.rows(
        "SELECT m.id, t.via, t.label FROM matches t JOIN mentions m ON m.number = t.mention ORDER BY m.id"
    )
    assert [tuple(row.values()) for row in found if row["via"] == "reply"] == [
        (name, "reply", "positive") for name in ("c1", "c2", "c3")
    ]
    assert [row["id"] for row in found if row["via"] == "account"] == ["p", "q"]


def test_replies_in_other_languages_than_the_watchlist_asks_for_stay_out(store: Store) -> None:
    store.save_watchlist(
        read("name: K\nlanguages: [zh]\nsubjects:\n  - {name: River, kind: kol, accounts: ['weibo:7']}")
    )
    bring(
        store,
        frame(
            {"id": "p", "author_id": "7", "text": "你好"},
            {"id": "a", "kind": "comment", "parent_id": "p", "text": "good"},
            {"id": "b", "kind": "comment", "parent_id": "p", "text": "好"},
        ),
    )
    accounts = pl.DataFrame({"watchlist": ["K"], "subject": ["River"], "platform": ["weibo"], "account": ["7"]})
    assert store.join_replies(accounts) == 1


def test_matching_again_keeps_what_was_imported_meanwhile(store: Store) -> None:
    store.save_watchlist(read(SKIN))
    bring(store, frame({"text": "lumora"}))
    generation = store.generation
    bring(store, frame({"id": "2", "text": "lumora too"}))
    again = pl.DataFrame(
        [("Skin", "Busy", "weibo", "1"), ("Skin", "Busy", "weibo", "2")],
        ["watchlist", "subject", "platform", "id"],
        orient="row",
    )
    store.replace_matches("Skin", again, generation)
    found = store.rows("SELECT m.id, t.subject FROM matches t JOIN mentions m ON m.number = t.mention ORDER BY m.id")
    assert found == [{"id": "1", "subject": "Busy"}, {"id": "2", "subject": "Lumora"}]


def test_matched_rows_carry_the_label_after_corrections(store: Store) -> None:
    number = bring(store, frame({"text": "good"}))
    store.correct("weibo", "1", "negative")
    store.undo_import(number)
    staged = store.stage(frame({"text": "good"}))
    scored = staged.scored([feel("good")], "test 1")
    assert scored.select("engine_label", "label").row(0) == ("positive", "negative")
    assert matched(store, scored).is_empty()
