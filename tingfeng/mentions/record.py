"""The mention record, as columns of a polars frame.

Batches of mentions travel as frames in which each row is a mention and each column a field, typed as in `SCHEMA`.
Unknown is null, never 0 and never an empty string. Lists are one string joined with `|`. Times are naive UTC.
"""

from enum import IntFlag
from typing import Final

import polars as pl
from polars.datatypes import DataTypeClass

KEY: Final = ("platform", "id")
KINDS: Final = ("post", "comment", "video", "review", "article", "repost")
LABELS: Final = ("positive", "neutral", "negative")
#: The `source` of mentions that the demo invented.
DEMO: Final = "demo"
ENGAGEMENT: Final = ("likes", "comments", "shares", "saves")

#: What a listener fills in, in the order of the outside contract.
FIELDS: Final[dict[str, pl.DataType | DataTypeClass]] = {
    "platform": pl.String,
    "id": pl.String,
    "kind": pl.String,
    "parent_id": pl.String,
    "root_id": pl.String,
    "url": pl.String,
    "author_id": pl.String,
    "author_name": pl.String,
    "author_handle": pl.String,
    "author_followers": pl.Int64,
    "published_at": pl.Datetime("us"),
    "collected_at": pl.Datetime("us"),
    "title": pl.String,
    "text": pl.String,
    "region": pl.String,
    "likes": pl.Int64,
    "comments": pl.Int64,
    "shares": pl.Int64,
    "saves": pl.Int64,
    "views": pl.Int64,
    "rating": pl.Float64,
    "hashtags": pl.String,
}

#: What a listener knows beyond the contract's fields.
EXTRAS: Final[dict[str, pl.DataType | DataTypeClass]] = {
    "source": pl.String,  # name of the listener
    "views_estimated": pl.Int64,  # a vendor's estimate, never mixed with measured views
    "keywords": pl.String,  # the collector's search words that led here
    "own_chars": pl.Int64,  # leading characters of `text` that are the author's own; null: all of them
    "marks": pl.Int64,  # bits of Mark
}

SCHEMA: Final = FIELDS | EXTRAS

#: A change in one of these makes a mention "updated".
COMPARED: Final = tuple(name for name in FIELDS if name not in (*KEY, "collected_at"))


class Mark(IntFlag):
    """What is known about a value besides the value."""

    LIKES_AT_LEAST = 1
    COMMENTS_AT_LEAST = 2
    SHARES_AT_LEAST = 4
    SAVES_AT_LEAST = 8
    VIEWS_AT_LEAST = 16
    TIME_FROM_ID = 32
    TEXT_CUT = 64
    ID_FROM_LINK = 128
    ID_FROM_CONTENT = 256


#: The field that each mark speaks of.
MARKED_FIELD: Final = {
    Mark.LIKES_AT_LEAST: "likes",
    Mark.COMMENTS_AT_LEAST: "comments",
    Mark.SHARES_AT_LEAST: "shares",
    Mark.SAVES_AT_LEAST: "saves",
    Mark.VIEWS_AT_LEAST: "views",
    Mark.TIME_FROM_ID: "published_at",
    Mark.TEXT_CUT: "text",
    Mark.ID_FROM_LINK: "id",
    Mark.ID_FROM_CONTENT: "id",
}

#: The mark that says of a count that it is a lower bound.
AT_LEAST: Final = {field: mark for mark, field in MARKED_FIELD.items() if mark <= Mark.VIEWS_AT_LEAST}


def conform(frame: pl.DataFrame) -> pl.DataFrame:
    """`frame` with exactly the columns of `SCHEMA`, in order and typed; missing ones are null, `marks` 0.

    Columns outside the schema are dropped. Empty strings become null. Times are cut to whole seconds, as exports
    write them, so that what comes back from a file equals what is stored.
    """
    columns = []
    for name, kind in SCHEMA.items():
        column = pl.col(name).cast(kind) if name in frame.columns else pl.lit(None, dtype=kind).alias(name)
        if kind == pl.String:
            column = pl.when(column != "").then(column)
        if kind == pl.Datetime("us"):
            column = column.dt.truncate("1s")
        columns.append(column.alias(name))
    return frame.select(columns).with_columns(pl.col("marks").fill_null(0))
