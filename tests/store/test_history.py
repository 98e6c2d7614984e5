"""The history of imports, and taking one back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.searchable import searchable
from tests.store.bringing import Reject, Row, bring, feel, frame, matched, put, stored
from tests.store.test_upsert import SKIN, rows
from tingfeng.store import Store, StoreError, UnknownNameError
from tingfeng.watchlists import read

WITHOUT_NUMBERS = "SELECT * EXCLUDE (first_import, last_import, changed, number) FROM mentions ORDER BY platform, id"


def everything(store: Store) -> list[Row]:
    return store.rows(WITHOUT_NUMBERS)


@settings(max_examples=15)
@given(first=st.lists(st.lists(rows, max_size=4), max_size=3), last=st.lists(st.lists(rows, max_size=4), max_size=3))
def test_undoing_the_last_import_leads_back_to_before_it(
    first: list[list[Row]], last: list[list[Row]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    with Store.open(tmp_path_factory.mktemp("undo") / "s.duckdb") as store:
        bring(store, *(frame(*batch) for batch in first))
        before = everything(store)
        number = bring(store, *(frame(*batch) for batch in last))
        seen = {row["id"] for batch in last for row in batch}
        undone = store.undo_import(number)
        assert everything(store) == before
        assert undone["removed"] + undone["restored"] + undone["kept"] == len(seen)


@settings(max_examples=15)
@given(batches=st.lists(st.lists(rows, min_size=1, max_size=4), min_size=1, max_size=4), data=st.data())
def test_undoing_all_imports_in_any_order_empties_the_store(
    batches: list[list[Row]], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with Store.open(tmp_path_factory.mktemp("undo") / "s.duckdb") as store:
        numbers = [bring(store, frame(*batch)) for batch in batches]
        left = dict(zip(numbers, batches, strict=True))
        for number in data.draw(st.permutations(numbers)):
            store.undo_import(number)
            del left[number]
            assert {key[1] for key in stored(store)} == {row["id"] for batch in left.values() for row in batch}
        tables = ("matches", "sightings", "previous", "quarantine")
        assert [store.rows(f"SELECT count(*) AS n FROM {table}")[0]["n"] for table in tables] == [0, 0, 0, 0]


@settings(max_examples=15)
@given(
    first=st.lists(rows, min_size=1, max_size=4),
    later=st.lists(st.lists(st.lists(rows, min_size=1, max_size=3), min_size=1, max_size=2), max_size=3),
    data=st.data(),
)
def test_undoing_all_later_imports_in_any_order_leads_back_to_the_first(
    first: list[Row], later: list[list[list[Row]]], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with Store.open(tmp_path_factory.mktemp("undo") / "s.duckdb") as store:
        bring(store, frame(*first))
        before = everything(store)
        numbers = [bring(store, *(frame(*batch) for batch in batches)) for batches in later]
        for number in data.draw(st.permutations(numbers)):
            store.undo_import(number)
        assert everything(store) == before


def test_only_texts_that_change_are_kept_for_undoing(store: Store) -> None:
    bring(store, frame({"text": "good", "likes": 1}, {"id": "2", "text": "bad"}, {"id": "3", "likes": 1}))
    counted = bring(store, frame({"likes": 2}, {"id": "2", "text": "good"}, {"id": "3", "text": "new"}))
    kept = store.rows("SELECT import, id, text, folded FROM previous ORDER BY id")
    assert [tuple(row.values()) for row in kept] == [
        (counted, "1", "", None),
        (counted, "2", "bad", None),
        (counted, "3", None, None),
    ]


def test_what_was_undone_is_found_by_its_words_again(store: Store) -> None:
    bring(store, frame({"title": "Tea", "text": "GOOD"}))
    number = bring(store, frame({"title": "Coffee"}), frame({"text": "bad"}))
    store.undo_import(number)
    (row,) = store.rows("SELECT title, text, folded FROM mentions")
    assert (row["title"], row["text"], row["folded"]) == ("Tea", "GOOD", searchable([("Tea", "GOOD", None)])[0])


def test_each_mention_has_its_fate(store: Store) -> None:
    bring(store, frame({"likes": 1}, {"id": "2", "likes": 1}))
    middle = bring(store, frame({"likes": 2}, {"id": "2", "likes": 2}, {"id": "3"}))
    bring(store, frame({"id": "2", "likes": 3}))
    assert store.undo_import(middle) == {"import": middle, "removed": 1, "restored": 1, "kept": 1}
    assert {key[1]: row["likes"] for key, row in stored(store).items()} == {"1": 1, "2": 3}


def test_undoing_a_later_import_leads_back_past_one_that_was_undone_before(store: Store) -> None:
    bring(store, frame({"likes": 1}))
    middle, last = bring(store, frame({"likes": 2})), bring(store, frame({"likes": 3}))
    store.undo_import(middle)
    assert store.undo_import(last)["restored"] == 1
    assert stored(store)["weibo", "1"]["likes"] == 1


def test_the_same_file_twice_keeps_its_values_when_the_first_is_undone(store: Store) -> None:
    bring(store, frame({"likes": 1}))
    once, again = bring(store, frame({"likes": 2})), bring(store, frame({"likes": 2}))
    assert store.undo_import(once)["kept"] == 1
    assert stored(store)["weibo", "1"]["likes"] == 2
    store.undo_import(again)
    assert stored(store)["weibo", "1"]["likes"] == 1


def test_restored_mentions_are_matched_again(store: Store) -> None:
    store.save_watchlist(read(SKIN))
    bring(store, frame({"text": "lumora"}))
    number = bring(store, frame({"text": "something else", "likes": 200}))
    assert [row["subject"] for row in store.rows("SELECT subject FROM matches")] == ["Busy"]
    store.undo_import(number, lambda restored: matched(store, restored))
    assert [row["subject"] for row in store.rows("SELECT subject FROM matches")] == ["Lumora"]


def test_an_undone_or_unknown_import_cannot_be_undone(store: Store) -> None:
    first, second = bring(store, frame({})), bring(store, frame({}))
    store.undo_import(second)
    with pytest.raises(StoreError, match=f"Import {second} was undone already"):
        store.undo_import(second)
    with pytest.raises(UnknownNameError, match="'99'") as error:
        store.undo_import(99)
    assert str(first) in error.value.hint
    assert store.count() == 1


def test_the_history_says_how_each_import_ended(store: Store) -> None:
    finished, undone = bring(store, frame({})), bring(store, frame({"id": "2"}), demo=True)
    interrupted, running = store.begin_import(["b.csv"]), store.begin_import(["深.csv"])
    assert put(store, store.stage(frame({"id": "3"})), interrupted)
    store.running.discard(interrupted)
    store.undo_import(undone)
    history = {entry["import"]: entry for entry in store.imports()}
    assert [history[number]["status"] for number in (finished, undone, interrupted, running)] == [
        *("finished", "undone", "interrupted", "running")
    ]
    assert history[finished]["total"]["read"] == 1
    assert history[finished]["files"] == [{"file": "a.csv", "read": 1}]
    assert history[running]["paths"] == ["深.csv"]
    assert store.undo_import(interrupted)["removed"] == 1


def test_demo_data_is_told_from_own_data(store: Store) -> None:
    assert (store.is_demo(), store.has_own_data()) == (False, False)
    demo = bring(store, frame({"source": "demo"}), demo=True)
    assert (store.is_demo(), store.has_own_data()) == (True, False)
    bring(store, frame({"id": "own", "source": "mediacrawler-weibo"}))
    assert (store.is_demo(), store.has_own_data()) == (True, True)
    store.undo_import(demo)
    assert (store.is_demo(), store.has_own_data()) == (False, True)


def test_a_row_lies_in_the_quarantine_once_until_the_last_import_that_saw_it_is_undone(store: Store) -> None:
    reject = Reject(7, "an advertisement", "buy,now")
    first = bring(store, frame({}), rejects=[reject, reject])
    second = bring(store, frame({}), rejects=[reject, Reject(None, "empty", "")])
    assert [(row["file"], row["line"], row["reason"], row["raw"]) for row in store.rejects()] == [
        ("a.csv", 7, "an advertisement", "buy,now"),
        ("a.csv", None, "empty", ""),
    ]
    store.undo_import(first)
    assert len(store.rejects()) == 2
    store.undo_import(second)
    assert store.rejects() == []


def test_the_quarantine_can_be_paged_counted_and_emptied(store: Store) -> None:
    number = store.begin_import([])
    assert put(store, store.stage(frame()), number, [Reject(line, "empty", str(line)) for line in range(5)], "a.csv")
    assert put(store, store.stage(frame()), number, [Reject(1, "stub", "x")], "b.csv")
    assert [row["line"] for row in store.rejects(file="a.csv", limit=2, offset=1)] == [1, 2]
    assert store.count_rejects() == [
        {"file": "a.csv", "reason": "empty", "rows": 5},
        {"file": "b.csv", "reason": "stub", "rows": 1},
    ]
    store.take_rejects([row["number"] for row in store.rejects(file="a.csv")], number)
    assert [row["file"] for row in store.rejects()] == ["b.csv"]
    assert store.count_rejects() == [{"file": "b.csv", "reason": "stub", "rows": 1}]


def test_undoing_a_retry_brings_its_rows_back_into_the_quarantine(store: Store) -> None:
    reject = Reject(7, "no text", "mended later")
    first = bring(store, frame({}), rejects=[reject])
    lying = store.rejects()
    retry = bring(store, frame({"id": "2", "text": "mended"}))
    store.take_rejects([lying[0]["number"]], retry)
    again = bring(store, frame({}), rejects=[reject])
    assert store.rejects() == []
    store.undo_import(again)
    store.undo_import(retry)
    assert (store.rejects(), store.count()) == (lying, 1)
    store.undo_import(first)
    assert store.rejects() == []


def test_sentiment_comes_back_with_the_text(store: Store) -> None:
    bring(store, frame({"text": "good"}))
    number = bring(store, frame({"text": "bad"}))
    store.undo_import(number)
    row = store.mention("weibo", "1")
    assert (row["text"], row["label"], row["score"]) == ("good", feel("good").label, 0.5)
