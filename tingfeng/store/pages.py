"""Mentions one by one: a page of a list, and the stream of an export."""

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from tingfeng.errors import UsageError
from tingfeng.mentions.record import FIELDS
from tingfeng.store.database import Cursor, Database, fetch
from tingfeng.store.filters import Filters
from tingfeng.store.invented import selection
from tingfeng.store.questions import ENGAGED, check, to_pandas

if TYPE_CHECKING:
    import pandas as pd

_LAST: Final = "9223372036854775807"

#: SQL of what each order sorts by, ascending; the key (platform, id) parts equals. `{said}` has the scores.
ORDERS: Final[Mapping[str, str]] = {
    "newest": f"coalesce(-epoch_us(m.published_at), {_LAST})",
    "oldest": f"coalesce(epoch_us(m.published_at), {_LAST})",
    "engagement": f"coalesce(-({ENGAGED}), {_LAST})",
    "most_negative": "coalesce({said}.score, 2.0)",
    "most_positive": "coalesce(-{said}.score, 2.0)",
}

BATCH: Final = 20_000

#: What an export holds after the contract's fields, so that the round trip loses nothing.
FURTHER: Final = ("views_estimated", "keywords", "own_chars", "marks", "tags", "matched_terms", "engine")


def mentions_page(
    store: Database, filters: Filters, order: str = "newest", after: str | None = None, limit: int = 50
) -> "pd.DataFrame":
    """A page of mentions: all columns of the table, engagement, `subjects` (list), `target_sentiment` (dict), `after`.

    `after` of the last row, given back, leads to the next page. Where the filters are about one subject, label, score,
    confidence and `corrected` are those toward it.
    """
    import pandas as pd

    if order not in ORDERS:
        raise UsageError(f"{order!r} is no order", where="order", hint=f"use {', '.join(ORDERS)}")
    check(store, filters)
    about = filters.about
    where = selection(store, filters, joined=about is not None)
    joined = "JOIN matches t ON t.mention = m.number" if about else ""
    position = ORDERS[order].format(said="t" if about else "m")
    beyond, bound = "true", []
    if after is not None:
        place, *key = json.loads(after)
        beyond = f"({position} > ? OR {position} = ? AND (m.platform > ? OR m.platform = ? AND m.id > ?))"
        bound = [place, place, key[0], *key]
    found = f"""SELECT m.rowid AS row, m.number, {position} AS place FROM mentions m {joined}
        WHERE {where.text} AND {beyond}
        ORDER BY place, m.platform, m.id LIMIT {int(limit)}"""
    with store.cursor() as cursor:
        cursor.begin()
        page = fetch(cursor, found, [*where.params, *bound])
        rows = _rows_of(cursor, page, f"m.*, {ENGAGED} AS engagement, p.place", filters.watchlist)
    tokens = [json.dumps(list(row)) for row in rows.select("place", "platform", "id").iter_rows()]
    if about:
        rows = rows.with_columns(_toward(rows, about))
    targets = [_by_subject(row) for row in rows["targets"].to_list()]
    shown = to_pandas(rows.drop("place", "targets", "number", "author", "fingerprint"))
    shown["subjects"] = pd.Series([list(one) for one in targets], dtype=object)
    shown["target_sentiment"] = pd.Series(targets, dtype=object)
    shown["after"] = tokens
    return shown


def export_batches(store: Database, filters: Filters, size: int = BATCH) -> Iterator[pl.DataFrame]:
    """All mentions in batches, the oldest first, undated ones last.

    Columns: the contract's in its order, but no glosses; then `FURTHER`. `subjects` and `matched_terms` are joined
    with `|`, `target_sentiment` is JSON by subject; times are naive UTC.
    """
    check(store, filters)
    where = selection(store, filters)
    columns = ", ".join(f"m.{name}" for name in _EXPORTED)
    order = "m.published_at NULLS LAST, m.platform, m.id"
    with store.cursor() as cursor:
        cursor.begin()
        # Sorting row numbers and reading the wide rows batch by batch takes a fraction of sorting the rows themselves.
        every = fetch(
            cursor, f"SELECT m.rowid AS row, m.number FROM mentions m WHERE {where.text} ORDER BY {order}", where.params
        )
        for batch in every.iter_slices(size):
            yield _laid_out(_rows_of(cursor, batch, columns, filters.watchlist))


def _rows_of(cursor: Cursor, page: pl.DataFrame, columns: str, watchlist: str | None) -> pl.DataFrame:
    """`columns` of the mentions of `page` (row, number), in its order, and what each says about the subjects."""
    cursor.register("page", page.with_row_index("turn"))
    return fetch(
        cursor,
        f"""SELECT {columns}, t.targets FROM page p JOIN mentions m ON m.rowid = p.row
        LEFT JOIN (
            SELECT mention, list({{'subject': subject, 'label': label, 'score': score, 'confidence': confidence,
                'corrected': corrected, 'terms': terms}} ORDER BY subject) AS targets
            FROM matches WHERE watchlist = ? AND mention IN (SELECT number FROM page) GROUP BY mention
        ) t ON t.mention = m.number ORDER BY p.turn""",
        [watchlist],
    )


_CONTRACT: Final = (*FIELDS, "subjects", "label", "score", "confidence", "corrected", "target_sentiment", "source")
_EXPORTED: Final = (
    *(*FIELDS, "language", "label", "score", "confidence", "corrected", "source"),
    *(name for name in FURTHER if name != "matched_terms"),
)

_Targets = list[dict[str, Any]] | None


def _laid_out(rows: pl.DataFrame) -> pl.DataFrame:
    """`rows` of an export with the contract's columns in their order."""
    targets = [_by_subject(row) for row in rows["targets"].to_list()]
    written = [json.dumps(one, ensure_ascii=False) if one else None for one in targets]
    columns = list(_CONTRACT)
    columns.insert(columns.index("region"), "language")
    return rows.with_columns(
        pl.Series("subjects", ["|".join(one) or None for one in targets], pl.String),
        pl.Series("target_sentiment", written, pl.String),
        pl.Series("matched_terms", [_terms(row) for row in rows["targets"].to_list()], pl.String),
    ).select(*columns, *FURTHER)


def _toward(rows: pl.DataFrame, subject: str) -> list[pl.Series]:
    """The columns of a mention's sentiment, as each row says it about `subject`."""
    said = [next(one for one in row if one["subject"] == subject) for row in rows["targets"].to_list()]
    names = ("label", "score", "confidence", "corrected")
    return [pl.Series(name, [one[name] for one in said], rows.schema[name]) for name in names]


def _by_subject(targets: _Targets) -> dict[str, dict[str, Any]]:
    """Target sentiments by subject."""
    return {one["subject"]: {name: one[name] for name in ("label", "score", "confidence")} for one in targets or ()}


def _terms(targets: _Targets) -> str | None:
    """The terms of all subjects, each once."""
    terms = [term for one in targets or () for term in (one["terms"] or "").split("|")]
    return "|".join(dict.fromkeys(filter(None, terms))) or None
