"""The questions that the store answers: raw aggregates over the mentions that filters select.

Hidden mentions are left out. A mention counts once; by subject it counts once for each, with the target sentiment,
which is also meant where the filters are about one subject.
Undated mentions appear only where neither a period nor a day is asked for.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from tingfeng import queries
from tingfeng.errors import UsageError
from tingfeng.mentions.record import LABELS
from tingfeng.store.clock import DATE_FORMATS, local
from tingfeng.store.database import Database
from tingfeng.store.errors import UnknownNameError
from tingfeng.store.filters import LISTS, Filters
from tingfeng.store.invented import selection
from tingfeng.store.saved import watchlist

if TYPE_CHECKING:
    import pandas as pd

DIMENSIONS: Final = ("subject", "platform", "language", "kind", "region")

_MOST: Final = 2**63 - 1


def _whole(wide: str) -> str:
    """SQL for a wide sum as a BIGINT; what is beyond that is the largest there is."""
    return f"(CASE WHEN {wide} > {_MOST} THEN {_MOST} ELSE {wide} END)::BIGINT"


#: SQL for a mention's engagement: the sum of the known parts, null where none is known.
ENGAGED: Final = _whole(queries.engagement("m"))

_ENGAGED_BY_ALL: Final = _whole(f"sum({queries.engagement('m')})")


def volume(store: Database, filters: Filters, by: Sequence[str] = ("day", "subject")) -> "pd.DataFrame":
    """`by` fields (any time bucket as `date`), mentions, engagement, authors."""
    measures = f"count(*) AS mentions, {_ENGAGED_BY_ALL} AS engagement, count(DISTINCT m.author) AS authors"
    return _grouped(store, filters, by, measures)


def labels(store: Database, filters: Filters, by: Sequence[str] = ("day", "subject")) -> "pd.DataFrame":
    """`by` fields, positive, neutral, negative, unlabelled, corrected: numbers of mentions."""
    return _grouped(store, filters, by, _label_counts("t" if _joined(filters, by) else "m"))


def count(store: Database, filters: Filters | None = None) -> int:
    """How many mentions there are."""
    return int(_asked(store, filters or Filters(), "count(*) AS mentions")["mentions"][0])


def totals(store: Database, filters: Filters) -> dict[str, Any]:
    """mentions, engagement, authors, undated, positive, neutral, negative, unlabelled, corrected."""
    found = _asked(
        store,
        filters,
        f"""count(*) AS mentions, {_ENGAGED_BY_ALL} AS engagement, count(DISTINCT m.author) AS authors,
        {_count("m.published_at IS NULL")} AS undated, {_label_counts("t" if _joined(filters) else "m")}""",
    )
    return found.row(0, named=True)


def unsure(store: Database, filters: Filters, below: Mapping[str, float]) -> dict[str, int]:
    """labelled, unsure: mentions with a label, and those whose engine gave it with less confidence than `below`."""
    side = "t" if _joined(filters) else "m"
    doubts = [f"starts_with(m.engine, '{name} ') AND {side}.confidence < {least}" for name, least in below.items()]
    doubted = f"NOT {side}.corrected AND ({' OR '.join(doubts) or 'false'})"
    found = _asked(
        store,
        filters,
        f"""{_count(f"{side}.label IS NOT NULL")} AS labelled,
        {_count(f"{side}.label IS NOT NULL AND {doubted}")} AS unsure""",
    )
    return found.row(0, named=True)


def date_range(store: Database, filters: Filters) -> tuple[date | None, date | None]:
    """The first and last local day with a mention."""
    clock = _clock(store, filters)
    found = _asked(store, filters, f"min({clock})::DATE AS first, max({clock})::DATE AS last")
    return found["first"][0], found["last"][0]


def facets(store: Database, filters: Filters) -> "pd.DataFrame":
    """field, value, mentions: what each list filter can be set to, given all the others."""
    check(store, filters)
    fields = [field for field in LISTS if field != "subject"]
    free = [field for field in fields if not getattr(filters, LISTS[field])]
    parts = [_facets_of(store, filters, free)] if free else []
    parts += [_facets_of(store, _without(filters, field), [field]) for field in fields if field not in free]
    if filters.watchlist is not None:
        every = _without(filters, "subject")
        selected = "'subject' AS field, t.subject AS value, count(*) AS mentions"
        parts.append(_asked(store, every, selected, {"subject": "t.subject"}))
    found = pl.concat(parts).filter(pl.col("value").is_not_null())
    return to_pandas(found.sort("field", "mentions", "value", descending=[False, True, False]))


def _without(filters: Filters, field: str) -> Filters:
    everything: dict[str, Any] = {LISTS[field]: ()}
    return replace(filters, **everything)


def _facets_of(store: Database, filters: Filters, fields: Sequence[str]) -> pl.DataFrame:
    """field, value, mentions for all `fields`, from one look at the mentions."""
    joined = _joined(filters)
    where = selection(store, filters, joined=joined)
    columns = [f"{'t' if joined and name == 'label' else 'm'}.{name}" for name in fields]
    counts = [
        f"SELECT '{name}' AS field, {name} AS value, count(*) AS mentions FROM m GROUP BY {name}" for name in fields
    ]
    found = f"SELECT {', '.join(columns)} FROM {_mentions(joined=joined)} WHERE {where.text}"
    return store.frame(f"WITH m AS ({found}) {' UNION ALL '.join(counts)}", where.params)


def check(store: Database, filters: Filters) -> None:
    """UnknownNameError with the nearest name when the watchlist or a subject of the filters is not saved."""
    if filters.watchlist is None:
        return
    known = [subject.name for subject in watchlist(store, filters.watchlist).subjects]
    for name in filters.subjects:
        if name not in known:
            raise UnknownNameError("subject", name, known)


def to_pandas(frame: pl.DataFrame) -> "pd.DataFrame":
    """`frame` for pages; whole numbers stay whole beside nulls (`Int64`)."""
    import pandas as pd
    import pyarrow as pa

    pages: pd.DataFrame = frame.to_arrow().to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get)
    return pages


def _count(condition: str) -> str:
    return f"coalesce(sum(CASE WHEN {condition} THEN 1 ELSE 0 END), 0)::BIGINT"


def _label_counts(side: str) -> str:
    counts = {label: _count(f"{side}.label = '{label}'") for label in LABELS}
    counts |= {"unlabelled": _count(f"{side}.label IS NULL"), "corrected": _count(f"{side}.corrected")}
    return ", ".join(f"{condition} AS {name}" for name, condition in counts.items())


def _grouped(store: Database, filters: Filters, by: Sequence[str], measures: str) -> "pd.DataFrame":
    """`measures` for each combination of the `by` fields, in their order."""
    buckets = _checked(filters, by)
    columns: dict[str, str] = {}
    for name in by:
        column = f"t.{name}" if name == "subject" else f"m.{name}"
        columns["date" if name in buckets else name] = (
            f"date_trunc('{name}', {_clock(store, filters)})" if name in buckets else column
        )
    selected = "".join(f"{column} AS {name}, " for name, column in columns.items())
    dated = "m.published_at IS NOT NULL" if buckets else "true"
    found = _asked(store, filters, selected + measures, columns, dated)
    if buckets:
        found = found.with_columns(pl.col("date").dt.strftime(DATE_FORMATS[buckets[0]]))
    return to_pandas(found)


def _checked(filters: Filters, by: Sequence[str]) -> list[str]:
    """The time buckets among `by`, at most one; UsageError for what is no dimension."""
    for name in by:
        if name not in (*DATE_FORMATS, *DIMENSIONS):
            hint = f"use {', '.join((*DATE_FORMATS, *DIMENSIONS))}"
            raise UsageError(f"{name!r} is nothing to count by", where="by", hint=hint)
    if "subject" in by and filters.watchlist is None:
        raise UsageError("Counting by subject needs a watchlist", where="by", hint="name one with --watchlist")
    buckets = [name for name in by if name in DATE_FORMATS]
    if len(buckets) > 1:
        what = f"Only one of {' and '.join(buckets)} can be counted by at a time"
        raise UsageError(what, where="by", hint=f"keep {buckets[0]}, or ask twice")
    return buckets


def _asked(
    store: Database,
    filters: Filters,
    selected: str,
    groups: Mapping[str, str] = MappingProxyType({}),
    condition: str = "true",
) -> pl.DataFrame:
    """The answer to one question; `groups` are SQL by the names of fields."""
    check(store, filters)
    joined = _joined(filters, groups)
    where = selection(store, filters, joined=joined)
    sql = f"SELECT {selected} FROM {_mentions(joined=joined)} WHERE {where.text} AND {condition}"
    if groups:
        order = ", ".join(f"{group} NULLS LAST" for group in groups.values())
        sql += f" GROUP BY {', '.join(groups.values())} ORDER BY {order}"
    return store.frame(sql, where.params)


def _joined(filters: Filters, by: Collection[str] = ()) -> bool:
    """Whether a row is what a mention says about a subject."""
    return "subject" in by or filters.about is not None


def _mentions(*, joined: bool) -> str:
    return "mentions m JOIN matches t ON t.mention = m.number" if joined else "mentions m"


def _clock(store: Database, filters: Filters) -> str:
    """SQL for a mention's local time."""
    found = store.rows("SELECT year(min(published_at)) AS first, year(max(published_at)) AS last FROM mentions")[0]
    years = (found["first"] or 2000, found["last"] or 2000)
    return local("m.published_at", filters.zone, years)
