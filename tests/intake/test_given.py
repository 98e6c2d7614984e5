"""Labels and tags that come with an exported file."""

import polars as pl

from tests.tiny_store import filled, mention, watchlist
from tingfeng.intake.given import keep_labels, keep_tags
from tingfeng.store import Store

LIST = watchlist("Lumora")
MENTIONS = [mention(number, text=f"text {number}", label="positive") for number in range(1, 4)]


def given(column: str, values: dict[str, str | None]) -> pl.DataFrame:
    rows = [("weibo", identity, value) for identity, value in values.items()]
    return pl.DataFrame(rows, {"platform": pl.String, "id": pl.String, column: pl.String}, orient="row")


def tags(store: Store) -> list[str | None]:
    return [store.mention("weibo", str(number))["tags"] for number in range(1, 4)]


def test_tags_of_a_batch_are_added_in_one_write(tmp_path):
    with filled(tmp_path, [LIST], MENTIONS) as store:
        store.tag("weibo", "2", ["vip", "old"])
        before = store.generation
        batch = given("given_tags", {"1": "crisis| vip ", "2": "crisis|vip", "3": None, "not stored": "x"})
        assert keep_tags(store, batch)
        assert tags(store) == ["crisis|vip", "vip|old|crisis", None]
        assert store.generation == before + 1


def test_tags_that_are_known_write_nothing(tmp_path):
    with filled(tmp_path, [LIST], MENTIONS) as store:
        store.tag("weibo", "1", ["vip", "old"])
        before = store.generation
        assert keep_tags(store, given("given_tags", {"1": "old"}))
        assert not keep_tags(store, given("given_tags", {"1": None}))
        assert (store.generation, tags(store)) == (before, ["vip|old", None, None])


def test_of_two_rows_of_one_mention_the_later_tags_count(tmp_path):
    with filled(tmp_path, [LIST], MENTIONS) as store:
        keep_tags(store, pl.concat([given("given_tags", {"1": "first"}), given("given_tags", {"1": "second"})]))
        assert tags(store) == ["second", None, None]


def test_labels_of_a_batch_are_corrections_in_the_order_of_the_file(tmp_path):
    with filled(tmp_path, [LIST], MENTIONS) as store:
        store.correct("weibo", "2", "neutral")
        store.correct("weibo", "2", "none")
        before = store.generation
        assert keep_labels(store, given("given_label", {"3": "negative", "2": "negative", "1": "neutral"}), "a.csv")
        assert store.generation == before + 1
        written = store.rows("SELECT number, id, label, origin FROM corrections WHERE number > 2 ORDER BY number")
        assert [tuple(row.values()) for row in written] == [(3, "3", "negative", "a.csv"), (4, "1", "neutral", "a.csv")]
        assert [store.mention("weibo", str(number))["label"] for number in range(1, 4)] == [
            "neutral",
            "positive",
            "negative",
        ]
