"""A store with a handful of mentions whose sentiment and matches a test chooses, without an engine."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from tingfeng.intake.verdicts import verdict
from tingfeng.mentions.record import SCHEMA, conform
from tingfeng.store import Store
from tingfeng.watchlists import Watchlist, read

ENGINE = "tiny 1"
SCORES = {"positive": 0.75, "neutral": 0.0, "negative": -0.5, None: None}

Row = dict[str, Any]


class Said(NamedTuple):
    """What the engine would have said."""

    language: str | None
    label: str | None
    score: float | None
    confidence: float | None


def said(label: str | None, language: str | None = None) -> Said:
    return Said(language, label, SCORES[label], None if label is None else 0.9)


def watchlist(*subjects: str, zone: str = "UTC", name: str = "Brands") -> Watchlist:
    listed = "".join(f"\n  - {{name: {subject}, kind: brand, query: '{subject}'}}" for subject in subjects)
    return read(f"name: {name}\ntime_zone: {zone}\nsubjects:{listed}\n")


def mention(identity: str | int, published_at: str | None = None, **fields: Any) -> Row:
    """A mention on Weibo; `about` maps subjects to labels, `label` and `language` are the engine's."""
    time = datetime.fromisoformat(published_at) if published_at else None
    return {"platform": "weibo", "id": str(identity), "kind": "post", "published_at": time, "source": "tests"} | fields


def filled(folder: Path, lists: Iterable[Watchlist], mentions: Iterable[Row]) -> Store:
    """A new store in `folder` that holds the watchlists and mentions."""
    store = Store.open(folder / "tiny.duckdb")
    for each in lists:
        store.save_watchlist(each)
    add(store, next(iter(lists)).name, mentions)
    return store


def add(store: Store, watchlist_name: str, mentions: Iterable[Row], number: int | None = None) -> None:
    """Import mentions into a store, matched to subjects of one watchlist; `number` is an import that was begun."""
    rows = list(mentions)
    frame = conform(pl.DataFrame([{name: row.get(name) for name in SCHEMA} for row in rows], schema=SCHEMA))
    number = number or store.begin_import(["tests"])
    staged = store.stage(frame)
    sentiments = [said(row.get("label"), row.get("language")) for row in rows]
    matches = [_match(watchlist_name, row, subject) for row in rows for subject in row.get("about", {})]
    empty = {"watchlist": [], "subject": [], "platform": [], "id": []}
    found = pl.DataFrame(matches or empty, infer_schema_length=None)
    store.commit(staged, staged.scored(sentiments, ENGINE), found, [], number, "tests")
    store.finish_import(number, [verdict("tests") | {"read": len(rows), "new": len(rows)}])


def _match(watchlist_name: str, row: Row, subject: str) -> Row:
    opinion = said(row["about"][subject])
    return {
        "watchlist": watchlist_name,
        "subject": subject,
        "platform": row["platform"],
        "id": row["id"],
        "terms": subject.casefold(),
        "via": "text",
        "label": opinion.label,
        "score": opinion.score,
        "confidence": opinion.confidence,
    }
