"""What was learned, and word rules: kept with their history, and read back as they were."""

import duckdb
import pytest

from sentiment import PLAIN, Adaptation, WordRule
from sentiment.learning.adaptation import Gram, Poles
from tests.store.bringing import bring, frame
from tingfeng.errors import UsageError
from tingfeng.store import Store, UnknownNameError
from tingfeng.store.schema import _FIRST, MIGRATIONS, migrate

LEARNED = Adaptation("tingfeng 1", {"": Poles(0.1, 0.2)}, {"dupe": Poles(0.0, 1.0)}, (Gram(7, 12, -5),))


def test_what_was_learned_is_in_force_until_it_is_forgotten_and_the_history_stays(store: Store) -> None:
    assert store.learned() is PLAIN
    store.save_learned(LEARNED, {"corrections": 42}, by="Lin")
    assert store.learned().mark == LEARNED.mark
    store.save_learned(None, None)
    assert store.learned() is PLAIN
    history = store.learning_history()
    assert [(row["report"], row["adapted"], row["by"]) for row in history] == [
        (None, False, None),
        ({"corrections": 42}, True, "Lin"),
    ]
    assert all(row["at"] is not None for row in history)


def test_word_rules_are_not_kept_twice(store: Store) -> None:
    store.save_learned(LEARNED.with_rules([WordRule("War Zone", "neutral")]), None)
    assert store.learned().mark == LEARNED.mark


def test_a_rule_stands_until_it_is_removed_and_another_on_the_same_term_takes_its_place(store: Store) -> None:
    store.save_word_rule(WordRule("War Zone", "neutral"), "a game")
    store.save_word_rule(WordRule("絕絕子", "positive", 1.5))
    store.save_word_rule(WordRule("war  zone", "negative", 3.0))
    assert [(row["term"], row["label"], row["weight"], row["note"]) for row in store.word_rules()] == [
        ("war  zone", "negative", 3.0, ""),
        ("絕絕子", "positive", 1.5, ""),
    ]
    assert store.remove_word_rule("WAR ZONE")["label"] == "negative"
    assert [row["term"] for row in store.word_rules()] == ["絕絕子"]
    with pytest.raises(UnknownNameError, match="did you mean '絕絕子'"):
        store.remove_word_rule("絕子")


@pytest.mark.parametrize(
    "rule",
    [
        WordRule("", "neutral"),
        WordRule("\u200b", "neutral"),
        WordRule("x" * 101, "neutral"),
        WordRule("dupe", "awful"),  # type: ignore[arg-type]
        WordRule("dupe", "positive", 0.0),
        WordRule("dupe", "positive", 6.0),
        WordRule("dupe", "positive", float("nan")),
    ],
)
def test_a_rule_that_says_nothing_is_refused(store: Store, rule: WordRule) -> None:
    with pytest.raises(UsageError):
        store.save_word_rule(rule)
    assert store.word_rules() == []


def test_every_change_can_be_noticed(store: Store) -> None:
    seen = [store.adaptation_state()]
    store.save_word_rule(WordRule("dupe", "positive"))
    seen.append(store.adaptation_state())
    store.remove_word_rule("dupe")
    seen.append(store.adaptation_state())
    store.save_learned(LEARNED, None)
    seen.append(store.adaptation_state())
    assert len(set(seen)) == 4


def test_the_texts_that_people_labelled_the_last_label_last(store: Store) -> None:
    bring(store, frame({"text": "good one"}, {"id": "2", "text": "bad", "title": "Two"}, {"id": "3", "text": "three"}))
    for identity, label in (("1", "neutral"), ("2", "negative"), ("3", "neutral"), ("1", "positive"), ("3", "none")):
        store.correct("weibo", identity, label)
    assert store.count_corrected() == 2
    assert store.corrected_texts() == [
        {"title": "Two", "text": "bad", "own_chars": None, "label": "negative"},
        {"title": None, "text": "good one", "own_chars": None, "label": "positive"},
    ]


def test_others_are_of_the_same_platform_and_language_and_always_the_same(store: Store) -> None:
    rows = [{"id": str(number), "text": f"good {number}"} for number in range(50)]
    bring(store, frame(*rows, {"id": "zh", "text": "好"}, {"platform": "x", "id": "x", "text": "bad"}))
    store.correct("weibo", "7", "neutral")
    found = [row["text"] for row in store.uncorrected_texts(100)]
    assert sorted(found) == sorted(row["text"] for row in rows if row["id"] != "7")
    assert found != sorted(found)
    assert [row["text"] for row in store.uncorrected_texts(10)] == found[:10]


def test_a_store_of_the_first_version_gets_the_new_tables() -> None:
    connection = duckdb.connect()
    migrate(connection, "a", (_FIRST,))
    migrate(connection, "a")
    assert connection.execute("SELECT count(*) FROM current_word_rules").fetchone() == (0,)
    assert connection.execute("SELECT value FROM meta WHERE name = 'schema'").fetchone() == (len(MIGRATIONS),)
