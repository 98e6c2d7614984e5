"""Corrections outrank the engine, for good."""

from typing import Any

import pytest

from tests.store.bringing import bring, frame
from tingfeng.errors import UsageError
from tingfeng.store import Correction, Filters, Store, UnknownNameError
from tingfeng.watchlists import read

TWO = read("name: W\nsubjects:\n  - {name: Lumora, query: lumora}\n  - {name: Kova, query: kova}")
KEY = ("weibo", "1")


@pytest.fixture
def both(store: Store) -> Store:
    """A mention of both subjects and one of the first only; the engine finds both good."""
    store.save_watchlist(TWO)
    bring(store, frame({"text": "good lumora kova"}, {"id": "2", "text": "good lumora"}))
    return store


def labels(store: Store, key: str = "1") -> dict[str | None, tuple[Any, ...]]:
    """Label, score and whether it is corrected, of the mention (None) and toward each subject."""
    whole = store.mention("weibo", key)
    rows = store.rows("SELECT * FROM matches WHERE mention = ? ORDER BY subject", [whole["number"]])
    return {row.get("subject"): (row["label"], row["score"], row["corrected"]) for row in [whole, *rows]}


def test_a_correction_outranks_the_engine_and_its_withdrawal_brings_the_engine_back(both: Store) -> None:
    engine = labels(both)[None]
    both.correct(*KEY, "negative")
    assert labels(both)[None] == ("negative", -1.0, True)
    assert both.mention(*KEY)["engine_label"] == "positive"
    both.correct(*KEY, "neutral")
    assert labels(both)[None] == ("neutral", 0.0, True)
    both.correct(*KEY, "none")
    assert labels(both)[None] == engine == ("positive", 0.5, False)


def test_a_correction_toward_a_subject_changes_what_is_said_about_that_one_only(both: Store) -> None:
    both.correct(*KEY, "negative", "Kova")
    assert labels(both) == {
        None: ("positive", 0.5, False),
        "Lumora": ("positive", 0.5, False),
        "Kova": ("negative", -1.0, True),
    }
    both.correct(*KEY, "none", "Kova")
    assert labels(both)["Kova"] == ("positive", 0.5, False)


def test_a_general_correction_is_about_the_subject_where_there_is_only_one(both: Store) -> None:
    both.correct_all([Correction(*KEY, "negative"), Correction("weibo", "2", "negative")])
    assert labels(both)["Lumora"] == ("positive", 0.5, False)
    assert labels(both, "2")["Lumora"] == ("negative", -1.0, True)
    both.correct("weibo", "2", "neutral", "Lumora")
    assert labels(both, "2")["Lumora"] == ("neutral", 0.0, True)


def test_corrections_survive_new_texts_undo_import_again_and_matching_again(both: Store) -> None:
    both.correct(*KEY, "negative")
    both.correct(*KEY, "neutral", "Kova")
    expected = (("negative", -1.0, True), ("neutral", 0.0, True))
    bring(both, frame({"text": "good lumora kova, really"}))
    assert (labels(both)[None], labels(both)["Kova"]) == expected
    for entry in both.imports():
        both.undo_import(entry["import"])
    assert both.count() == 0
    bring(both, frame({"text": "good kova and lumora"}))
    assert (labels(both)[None], labels(both)["Kova"]) == expected
    generation = both.generation
    again = both.frame("SELECT 'W' AS watchlist, 'Kova' AS subject, platform, id, 'positive' AS label FROM mentions")
    both.replace_matches("W", again, generation)
    assert labels(both)["Kova"] == expected[1]


def test_the_history_is_kept(both: Store) -> None:
    both.correct(*KEY, "negative", by="Lin")
    both.correct(*KEY, "none", origin="page")
    both.correct(*KEY, "neutral", "Kova")
    history = both.corrections(*KEY)
    assert [(row["label"], row["subject"], row["by"], row["origin"]) for row in history] == [
        ("negative", None, "Lin", None),
        ("none", None, None, "page"),
        ("neutral", "Kova", None, None),
    ]
    assert all(row["at"] is not None for row in history)


def test_what_cannot_be_corrected_is_refused_and_nothing_is_stored(both: Store) -> None:
    good = Correction(*KEY, "negative")
    with pytest.raises(UsageError, match="'awful' is no label"):
        both.correct_all([good, Correction(*KEY, "awful")])
    with pytest.raises(UnknownNameError, match="'weibo:99'"):
        both.correct_all([good, Correction("weibo", "99", "neutral")])
    with pytest.raises(UnknownNameError, match="did you mean 'Lumora'"):
        both.correct(*KEY, "neutral", "Lumoria")
    assert both.corrections(*KEY) == []
    assert labels(both)[None] == ("positive", 0.5, False)


def test_corrected_mentions_are_counted(both: Store) -> None:
    both.correct(*KEY, "negative", "Kova")
    both.correct("weibo", "2", "negative")
    found = both.labels(Filters(watchlist="W"), ["subject"]).set_index("subject")
    assert found.loc["Kova", ["positive", "negative", "corrected"]].tolist() == [0, 1, 1]
    assert found.loc["Lumora", ["positive", "negative", "corrected"]].tolist() == [1, 1, 1]
    assert both.totals(Filters(watchlist="W"))["corrected"] == 1
