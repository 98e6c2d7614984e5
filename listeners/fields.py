"""From columns of records to columns of mentions, where it is the same for every layout."""

from functools import reduce
from operator import or_
from typing import Final

import polars as pl

from listeners.privacy import masked
from listeners.table import cells
from tingfeng.mentions.counts import counts
from tingfeng.mentions.ids import content_key, is_damaged
from tingfeng.mentions.record import Mark

_COUNTS: Final = {
    "likes": Mark.LIKES_AT_LEAST,
    "comments": Mark.COMMENTS_AT_LEAST,
    "shares": Mark.SHARES_AT_LEAST,
    "saves": Mark.SAVES_AT_LEAST,
    "views": Mark.VIEWS_AT_LEAST,
}


class Fields:
    """The columns of a frame by the fields that they hold; a missing one is null."""

    def __init__(self, records: pl.DataFrame, columns: dict[str, str]) -> None:
        self.columns = columns
        self._records = records
        self._missing = pl.repeat(None, records.height, dtype=pl.String, eager=True)

    def __getitem__(self, field: str) -> pl.Series:
        name = self.columns.get(field)
        return self._records[name] if name in self._records.columns else self._missing


def author(fields: Fields) -> list[pl.Series]:
    """The account, known by its id or by the collector's hash of it."""
    ids = cells.ids(fields["author_id"])
    ids = ids.set(is_damaged("any", ids), None)
    hashed = pl.select("hash:" + cells.ids(fields["author_hash"])).to_series()
    return [
        ids.zip_with(ids.is_not_null(), hashed).alias("author_id"),
        masked(fields["author_name"]).alias("author_name"),
        cells.ids(fields["author_handle"]).alias("author_handle"),
        cells.places(fields["region"]).alias("region"),
    ]


def counted(fields: Fields) -> pl.DataFrame:
    """The counts, and `count_marks` for the lower bounds among them."""
    read = {name: counts(fields[name]) for name in _COUNTS}
    marks = [at_least.cast(pl.Int64) * int(_COUNTS[name]) for name, (_, at_least) in read.items()]
    return pl.DataFrame(
        [*(values.alias(name) for name, (values, _) in read.items()), reduce(or_, marks).alias("count_marks")]
    )


def with_keys(mentions: pl.DataFrame, platform: str) -> pl.DataFrame:
    """Keys from their content for mentions without an id."""
    lacking = mentions["id"].is_null()
    rows = (
        mentions.filter(lacking)
        .select(pl.coalesce("author_id", "author_handle", "author_name"), "published_at", "text", "title")
        .iter_rows()
    )
    keys = [content_key(platform, author, time, text or title) for author, time, text, title in rows]
    return mentions.with_columns(
        mentions["id"].scatter(lacking.arg_true(), pl.Series(keys, dtype=pl.String)),
        (lacking.cast(pl.Int64) * int(Mark.ID_FROM_CONTENT)).alias("key_marks"),
    )


def with_marks(mentions: pl.DataFrame) -> pl.DataFrame:
    """All marks in one column."""
    marks = pl.sum_horizontal("time_marks", "text_marks", "count_marks", "key_marks")
    return mentions.with_columns(marks.alias("marks"))


def objections(mentions: pl.DataFrame, damaged: pl.Series, undated: pl.Series) -> pl.Series:
    """Why a record is no mention (null: it is one)."""
    nothing = pl.all_horizontal(pl.col("title", "text", "author_id", "author_handle", "author_name").is_null())
    return mentions.select(
        pl.when(damaged)
        .then("the id was damaged by a spreadsheet: " + pl.col("id"))
        .when(nothing)
        .then(pl.lit("no text, title or author"))
        .otherwise(undated)
        .alias("reason")
    )["reason"]
