"""Watchlists and mappings that are kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

import pytest

from tests.store.bringing import bring, frame, put
from tests.store.test_upsert import SKIN
from tingfeng.store import Store, UnknownNameError
from tingfeng.watchlists import read


def names(store: Store) -> list[str]:
    return [saved.name for saved in store.watchlists()]


def test_watchlists_keep_their_order_and_are_replaced_by_name(store: Store) -> None:
    skin, other = read(SKIN), read(SKIN.replace("Skin", "Other").replace("Lumora", "Kova"))
    store.save_watchlist(skin)
    store.save_watchlist(other)
    store.save_watchlist(read(SKIN.replace("Busy", "Loud")))
    assert names(store) == ["Skin", "Other"]
    assert [subject.name for subject in store.watchlist("Skin").subjects] == ["Lumora", "Loud"]
    store.save_watchlist(other, order=0)
    assert names(store) == ["Other", "Skin"]
    with pytest.raises(UnknownNameError, match="did you mean 'Skin'"):
        store.watchlist("Skins")


def test_a_deleted_watchlist_takes_its_matches_along_and_can_be_restored(store: Store) -> None:
    store.save_watchlist(read(SKIN))
    bring(store, frame({"text": "lumora"}))
    store.delete_watchlist("Skin")
    assert names(store) == []
    assert [gone.name for gone in store.deleted_watchlists()] == ["Skin"]
    assert store.rows("SELECT * FROM matches") == []
    assert store.restore_watchlist("Skin").name == "Skin"
    assert names(store) == ["Skin"]
    assert store.deleted_watchlists() == []
    for wrong in (store.delete_watchlist, store.restore_watchlist):
        with pytest.raises(UnknownNameError):
            wrong("Skim")


def test_mappings_are_remembered(store: Store) -> None:
    assert store.mappings() == {}
    store.save_mapping("a,b", "text: a")
    store.save_mapping("a,b", "text: b")
    assert store.mappings() == {"a,b": "text: b"}


def test_no_batch_slips_in_with_the_matches_of_the_watchlist_before(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.save_watchlist(read(SKIN))
    number = store.begin_import(["a.csv"])
    taken: list[bool] = []
    transaction = store.transaction

    @contextmanager
    def then_stage() -> Iterator[Any]:
        with transaction() as cursor:
            yield cursor
        monkeypatch.undo()
        staged = store.stage(frame({"text": "lumora"}))
        batch.append(Thread(target=lambda: taken.append(put(store, staged, number))))
        batch[0].start()
        batch[0].join(0.3)

    batch: list[Thread] = []
    monkeypatch.setattr(store, "transaction", then_stage)
    store.save_watchlist(read(SKIN.replace("lumora", "kova")))
    batch[0].join()
    assert taken == [False]
