"""Bringing rows into a store as an import does, with sentiment that a reader of the test can tell at a glance."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import polars as pl

from tingfeng.mentions.record import SCHEMA, conform
from tingfeng.store import Staged, Store
from tingfeng.watchlists import Matching

Row = dict[str, Any]


class Feeling(NamedTuple):
    """A sentiment as the store takes it."""

    label: str | None
    score: float | None
    confidence: float | None
    language: str | None


class Reject(NamedTuple):
    """A row that is no mention."""

    line: int | None
    reason: str
    raw: str


def frame(*rows: Row) -> pl.DataFrame:
    """Mentions from dicts; platform `weibo` and id `1` unless told."""
    kinds = {name: SCHEMA[name] for row in rows for name in row} | {"platform": pl.String, "id": pl.String}
    full = [{"platform": "weibo", "id": "1"} | row for row in rows]
    return conform(pl.DataFrame(full, schema=kinds)) if rows else pl.DataFrame(schema=SCHEMA)


def feel(text: str | None) -> Feeling:
    """`good` is positive, `bad` negative; Han characters are Chinese."""
    if not text:
        return Feeling(None, None, None, None)
    language = "zh" if any("\u4e00" <= sign <= "\u9fff" for sign in text) else "en"
    score = 0.5 * (("good" in text) - ("bad" in text))
    return Feeling("positive" if score > 0 else "negative" if score < 0 else "neutral", score, 0.9, language)


def matched(store: Store, scored: pl.DataFrame) -> pl.DataFrame:
    """Matches of the saved watchlists; toward each subject a mention says what it says at all."""
    found = Matching(store.watchlists()).match(scored)
    own = scored.select("platform", "id", label="engine_label", score="engine_score", confidence="engine_confidence")
    return found.join(own, on=["platform", "id"], how="left")


def put(store: Store, staged: Staged, number: int, rejects: Sequence[Reject] = (), file: str = "a.csv") -> bool:
    """Score, match and commit a staged batch."""
    texts = staged.frame.filter("rescore")["text"]
    scored = staged.scored([feel(text) for text in texts], "test 1")
    return store.commit(staged, scored, matched(store, scored), rejects, number, file)


def bring(store: Store, *batches: pl.DataFrame, rejects: Sequence[Reject] = (), demo: bool = False) -> int:
    """One import of `batches`; its number."""
    number = store.begin_import(["a.csv"], demo=demo)
    for batch in batches:
        assert put(store, store.stage(batch), number, rejects)
    store.finish_import(number, [{"file": "a.csv", "read": sum(batch.height for batch in batches)}])
    return number


def stored(store: Store) -> dict[tuple[str, str], Row]:
    """All mentions by key, with the columns of `SCHEMA`."""
    rows = store.rows(f"SELECT {', '.join(SCHEMA)} FROM mentions")
    return {(row["platform"], row["id"]): row for row in rows}
