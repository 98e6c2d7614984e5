"""Merging rows of one mention, beside an implementation that takes them one by one."""

from datetime import datetime, timedelta
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from tingfeng.mentions.merge import Merged, merge
from tingfeng.mentions.record import COMPARED, MARKED_FIELD, SCHEMA, Mark, conform

EMPTY = pl.DataFrame(schema=SCHEMA)
NOON = datetime(2025, 1, 13, 12)
Row = dict[str, Any]


def frame(*rows: Row) -> pl.DataFrame:
    kinds = {name: SCHEMA[name] for row in rows for name in row}
    return conform(pl.DataFrame([{"platform": "weibo", "id": "1"} | row for row in rows], schema_overrides=kinds))


def merged_row(*rows: Row) -> Row:
    return merge(EMPTY, frame(*rows)).frame.row(0, named=True)


def one_by_one(current: pl.DataFrame, incoming: pl.DataFrame) -> tuple[dict[tuple[str, str], Row], list[str]]:
    """The rules of a merge, row by row over a dict."""
    stored = {(row["platform"], row["id"]): row for row in current.iter_rows(named=True)}
    verdicts = []
    for row in incoming.iter_rows(named=True):
        key = (row["platform"], row["id"])
        before = stored.get(key)
        stored[key] = row if before is None else overlaid(before, row)
        changed = before is not None and any(before[name] != stored[key][name] for name in COMPARED)
        verdicts.append("new" if before is None else "updated" if changed else "unchanged")
    return stored, verdicts


def overlaid(before: Row, row: Row) -> Row:
    times = [before["collected_at"], row["collected_at"]]
    wins = None in times or times[1] >= times[0]
    after = dict(before)
    marks = before["marks"]
    for name in SCHEMA:
        if name in ("collected_at", "keywords", "own_chars", "marks"):
            continue
        takes = row[name] is not None and (wins or before[name] is None)
        if name == "text" and None not in (before["text"], row["text"]):
            cut = [bool(one["marks"] & Mark.TEXT_CUT) for one in (before, row)]
            takes = wins if cut[0] == cut[1] else cut[0]
        if takes:
            after[name] = row[name]
            mask = sum(mark for mark, field in MARKED_FIELD.items() if field == name)
            marks = marks & ~mask | row["marks"] & mask
            if name == "text":
                after["own_chars"] = row["own_chars"]
    words = "|".join(filter(None, (before["keywords"], row["keywords"]))).split("|")
    known = [time for time in times if time]
    newest = max(known) if known else None
    return after | {"marks": marks, "collected_at": newest, "keywords": "|".join(dict.fromkeys(words)) or None}


def optional(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


@st.composite
def mention_rows(draw: st.DrawFn) -> Row:
    row = {
        "platform": draw(st.sampled_from(["weibo", "x"])),
        "id": draw(st.sampled_from("123")),
        "collected_at": draw(optional(st.integers(0, 3).map(lambda hour: NOON + timedelta(hours=hour)))),
        "title": draw(optional(st.sampled_from("TU"))),
        "text": draw(optional(st.sampled_from(["a", "b", "c"]))),
        "likes": draw(optional(st.integers(0, 3))),
        "published_at": draw(optional(st.just(NOON) | st.just(NOON + timedelta(days=1)))),
        "rating": draw(optional(st.sampled_from([1.0, 2.5]))),
        "keywords": draw(optional(st.sampled_from(["q", "r", "q|r", "s|q"]))),
        "source": draw(optional(st.sampled_from("yz"))),
        "views_estimated": draw(optional(st.integers(0, 2))),
    }
    row["own_chars"] = draw(optional(st.integers(0, 3))) if row["text"] else None
    allowed = [mark for mark, name in MARKED_FIELD.items() if row.get(name) is not None]
    row["marks"] = sum(draw(st.lists(st.sampled_from(allowed), unique=True)))
    return row


@settings(max_examples=200)
@given(st.lists(mention_rows(), max_size=12), st.lists(mention_rows(), max_size=6))
def test_merging_a_batch_equals_taking_its_rows_one_by_one(incoming: list[Row], earlier: list[Row]) -> None:
    current = merge(EMPTY, frame(*earlier) if earlier else EMPTY).frame.select(*SCHEMA)
    batch = frame(*incoming) if incoming else EMPTY
    merged = merge(current, batch)
    stored, verdicts = one_by_one(current, batch)
    assert merged.verdicts.to_list() == verdicts
    keys = list(dict.fromkeys(batch.select("platform", "id").iter_rows()))
    assert merged.frame.select(*SCHEMA).rows(named=True) == [stored[key] for key in keys]
    before = {(row["platform"], row["id"]): row for row in current.iter_rows(named=True)}
    for key, state, rescore in zip(keys, merged.frame["state"], merged.frame["rescore"], strict=True):
        assert (state, rescore) == expected_state(before.get(key), stored[key])


def expected_state(before: Row | None, after: Row) -> tuple[str, bool]:
    if before is None:
        return "new", True
    moved = {name for name in SCHEMA if before[name] != after[name]}
    state = "updated" if moved & set(COMPARED) else "touched" if moved else "untouched"
    return state, bool(moved & {"title", "text", "own_chars"})


def test_the_short_way_of_new_mentions_comes_to_the_same() -> None:
    marks = sum(MARKED_FIELD)
    rows = frame(
        {"id": "2", "text": "a", "own_chars": 1, "keywords": "q|r|q", "marks": marks},
        {"id": "1", "title": "t", "own_chars": 0, "keywords": "", "collected_at": NOON, "marks": marks},
        {"id": "3", "likes": 4, "published_at": NOON, "marks": marks},
    )
    short, long = merge(EMPTY, rows), merge(frame({"id": "elsewhere"}), rows)
    assert short.frame.equals(long.frame)
    assert short.verdicts.equals(long.verdicts)


def test_the_later_collected_row_wins_and_an_older_one_only_fills_gaps() -> None:
    newer = {"likes": 5, "collected_at": NOON}
    older = {"likes": 3, "saves": 2, "collected_at": NOON - timedelta(hours=1)}
    for rows in ((newer, older), (older, newer)):
        assert merged_row(*rows) | {"likes": 5, "saves": 2, "collected_at": NOON} == merged_row(*rows)


def test_without_a_collection_time_the_later_row_wins_and_the_time_is_kept() -> None:
    row = merged_row({"likes": 5, "collected_at": NOON}, {"likes": 3})
    assert (row["likes"], row["collected_at"]) == (3, NOON)


def test_a_cut_text_never_overwrites_a_whole_one_in_either_order() -> None:
    whole = {"text": "a whole story", "own_chars": 7, "collected_at": NOON}
    cut = {"text": "a whole", "marks": int(Mark.TEXT_CUT), "collected_at": NOON + timedelta(hours=1)}
    for rows in ((whole, cut), (cut, whole)):
        row = merged_row(*rows)
        assert (row["text"], row["own_chars"], row["marks"]) == ("a whole story", 7, 0)


def test_a_mark_goes_with_its_value() -> None:
    exact, bound = {"likes": 1234}, {"likes": 1000, "marks": int(Mark.LIKES_AT_LEAST)}
    assert merged_row(exact, bound)["marks"] == Mark.LIKES_AT_LEAST
    assert merged_row(bound, exact)["marks"] == 0
    assert merged_row(bound, {"saves": 1})["marks"] == Mark.LIKES_AT_LEAST


def test_keywords_are_united_without_counting_as_an_update() -> None:
    merged = merge(frame({"keywords": "lumora|露茉"}), frame({"keywords": "露茉|skin"}))
    assert merged.frame["keywords"].to_list() == ["lumora|露茉|skin"]
    assert merged.counts == {"new": 0, "updated": 0, "unchanged": 1}
    assert merged.frame["state"].to_list() == ["touched"]


def test_the_same_row_again_leaves_the_mention_untouched() -> None:
    rows = frame({"text": "hi", "collected_at": NOON, "likes": 1}, {"id": "2", "title": "t"})
    again = merge(rows, rows)
    assert again.frame["state"].to_list() == ["untouched", "untouched"]
    assert not again.frame["rescore"].any()


def test_many_rows_of_one_key_take_no_longer_than_many_keys() -> None:
    rows = conform(pl.DataFrame({"platform": "x", "id": "1", "likes": range(20_000)}))
    merged: Merged = merge(EMPTY, rows)
    assert merged.frame["likes"].to_list() == [19_999]
    assert merged.counts == {"new": 1, "updated": 19_999, "unchanged": 0}
