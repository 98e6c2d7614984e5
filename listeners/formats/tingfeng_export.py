"""Tingfeng's own exports, read back exactly: CSV and XLSX as text with guarded cells, Parquet as typed columns."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC
from typing import Final

import msgspec
import polars as pl

from listeners.contract import LINE, Batch, Context, Medium, Reject, Sample
from listeners.dating import unread
from listeners.privacy import masked
from listeners.rows import objections, split
from tingfeng.home import config
from tingfeng.mentions.guard import unguard, unguarded
from tingfeng.mentions.ids import rounded
from tingfeng.mentions.record import FIELDS, KINDS, LABELS, SCHEMA, conform
from tingfeng.mentions.times import times

_WITH_LANGUAGE: Final = tuple(
    name for field in FIELDS for name in (("language", field) if field == "region" else (field,))
)

#: The columns with which every export begins, in their order.
HEADER: Final = (
    *_WITH_LANGUAGE,
    *("subjects", "label", "score", "confidence", "corrected", "target_sentiment", "glosses", "source"),
)
#: The sheet that every exported workbook has beside its mentions.
METHOD: Final = config("method")["title"]["en"]
_GUARDED: Final[frozenset[Medium]] = frozenset({"csv", "xlsx"})
_TIME: Final = "%Y-%m-%dT%H:%M:%SZ"
_FINE_TIME: Final = "%Y-%m-%dT%H:%M:%S%.fZ"
#: What stands for true in the column `corrected`, however a spreadsheet saved it.
YES: Final = ("true", "1", "1.0", "yes", "是")


@dataclass(frozen=True)
class TingfengExport:
    """Reads what `tingfeng export` wrote; labels of corrected rows and tags come along."""

    name: str = "tingfeng"
    platform: None = None
    kind: None = None
    how_recognised: str = "the columns of Tingfeng's own export, in their order"

    def recognise(self, sample: Sample) -> int:
        """All columns of the contract when they come first and in order, else 0."""
        return len(HEADER) if sample.header[: len(HEADER)] == HEADER else 0

    def map(self, records: pl.DataFrame, context: Context) -> Batch:
        """Mentions as they were exported; what cannot have been exported is rejected."""
        cells = records.select(pl.exclude(LINE))
        if context.medium in _GUARDED:
            guarded = [cell.name for cell in cells if cell.str.starts_with("'").any()]
            cells = cells.with_columns(unguarded(pl.col(guarded)))
        known = [name for name in SCHEMA if name in cells.columns]
        fields = pl.DataFrame(_typed(cells[name], context) for name in known)
        reason = _objections(cells, fields)
        _, rejects = split(cells.with_columns(records[LINE]), reason)
        mentions = conform(fields).with_columns(masked(fields["author_name"]), records[LINE], *_given(cells))
        return Batch(mentions.filter(reason.is_null()), rejects)

    def without_guard(self, reject: Reject, context: Context) -> Reject:
        """A row that was put aside before `map` saw it, with the cells that `map` would have seen."""
        if context.medium not in _GUARDED:
            return reject
        cells = msgspec.json.decode(reject.raw, type=dict[str, str | None])
        plain = {name: cell and unguard(cell) for name, cell in cells.items()}
        return replace(reject, raw=msgspec.json.encode(plain).decode())


def _typed(cells: pl.Series, context: Context) -> pl.Series:
    """One column as the record types it; null where a cell does not fit."""
    kind = SCHEMA[cells.name]
    if kind == pl.String:
        return cells
    if kind == pl.Int64:
        return cells.str.replace(r"\.0$", "").cast(pl.Int64, strict=False)
    if kind == pl.Float64:
        return cells.cast(pl.Float64, strict=False)
    for form in (_TIME, _FINE_TIME):
        written = cells.str.to_datetime(form, strict=False, time_unit="us")
        if written.null_count() == cells.null_count():
            return written
    read, _ = times(cells, UTC, day_first=context.days_come_first(cells))
    return written.zip_with(written.is_not_null(), read)


def _given(cells: pl.DataFrame) -> Iterator[pl.Expr | pl.Series]:
    """The analysts' labels of corrected rows, and tags."""
    corrected = cells["corrected"].str.to_lowercase().is_in(YES)
    label = cells["label"].set(~cells["label"].is_in(LABELS) | ~corrected, None)
    yield label.set(corrected.is_null(), None).alias("given_label")
    tags = cells["tags"] if "tags" in cells.columns else pl.Series([None] * cells.height, dtype=pl.String)
    yield tags.alias("given_tags")


def _objections(cells: pl.DataFrame, fields: pl.DataFrame) -> pl.Series:
    """Why a row is no mention that was exported (String); null where it is one."""
    own = (
        pl.when(~pl.col("platform").is_in(list(config("platforms"))).fill_null(value=False))
        .then(pl.lit("the platform is not known"))
        .when(pl.col("id").is_null())
        .then(pl.lit("there is no id"))
        .when(~pl.col("kind").is_in(KINDS))
        .then(pl.lit("the kind is not known"))
    )
    undated = unread(cells["published_at"], cells["published_at"].is_not_null() & fields["published_at"].is_null())
    return fields.select(pl.coalesce(own, objections(fields, undated, rounded(fields["id"]))).alias("reason"))["reason"]
