"""The columns of an export: the contract's in its order, then further ones."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

import msgspec
import polars as pl
from polars.datatypes import DataTypeClass

from sentiment.gloss import glosses
from tingfeng.mentions.record import FIELDS
from tingfeng.mentions.times import zone as time_zone
from tingfeng.store import Filters, Store

_TIME: Final = pl.Datetime("us")

#: Name and type of each column, in order. Times are naive: UTC, but for the local one.
COLUMNS: Final[dict[str, pl.DataType | DataTypeClass]] = {
    **{name: FIELDS[name] for name in list(FIELDS)[: list(FIELDS).index("region")]},
    "language": pl.String,
    **{name: FIELDS[name] for name in list(FIELDS)[list(FIELDS).index("region") :]},
    "subjects": pl.String,
    "label": pl.String,
    "score": pl.Float64,
    "confidence": pl.Float64,
    "corrected": pl.Boolean,
    "target_sentiment": pl.String,
    "glosses": pl.String,
    "source": pl.String,
    "published_at_local": _TIME,
    "time_zone": pl.String,
    "views_estimated": pl.Int64,
    "keywords": pl.String,
    "own_chars": pl.Int64,
    "marks": pl.Int64,
    "tags": pl.String,
    "matched_terms": pl.String,
    "engine": pl.String,
    "label_exported": pl.String,
    "target_sentiment_exported": pl.String,
}

#: Cells that people edit; the further column `..._exported` keeps each as it was, to tell what they changed.
EDITED: Final = ("label", "target_sentiment")

UTC_TIMES: Final = ("published_at", "collected_at")
LOCAL_TIME: Final = "published_at_local"


def batches(store: Store, filters: Filters) -> Iterator[pl.DataFrame]:
    """The mentions that pass the filters, in frames with the columns of `COLUMNS`."""
    for batch in store.export_batches(filters):
        told = batch.with_columns(
            _glossed(batch).alias("glosses"),
            local_times(batch["published_at"], filters.zone).alias(LOCAL_TIME),
            pl.lit(filters.zone).alias("time_zone"),
            pl.col(EDITED).name.suffix("_exported"),
        )
        yield told.select(pl.col(name).cast(kind) for name, kind in COLUMNS.items())


def local_times(times: pl.Series, zone: str) -> pl.Series:
    """Naive UTC times as the clock of `zone` shows them, naive as well."""
    clock = time_zone(zone)
    if isinstance(clock, ZoneInfo):
        return times.dt.replace_time_zone("UTC").dt.convert_time_zone(clock.key).dt.replace_time_zone(None)
    offset = datetime.now(UTC).astimezone(clock).utcoffset()
    return times + offset if offset else times


def _glossed(batch: pl.DataFrame) -> pl.Series:
    """The glosses of each title and text as JSON: a list of term, en and zh; null where there are none."""
    known: dict[str, str | None] = {}
    found = []
    for parts in batch.select("title", "text").iter_rows():
        text = "\n".join(part for part in parts if part)
        if text not in known:
            known[text] = _written(text)
        found.append(known[text])
    return pl.Series(found, dtype=pl.String)


def _written(text: str) -> str | None:
    unique = {gloss.term: {"term": gloss.term, "en": gloss.en, "zh": gloss.zh} for gloss in glosses(text)}
    return msgspec.json.encode(list(unique.values())).decode() if unique else None
