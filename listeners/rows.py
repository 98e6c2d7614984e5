"""What listeners do with frames of records: put rows aside with a reason, and say them again in words."""

import re
from typing import Final

import msgspec
import polars as pl

from listeners.contract import LINE, Reject
from listeners.privacy import PERSONAL

_LONGEST_EXCERPT: Final = 2000
_PERSONAL = re.compile(rf'"({"|".join(sorted(PERSONAL))})"\s*:\s*(?:"(?:[^"\\]|\\.)*(?:"|\\?$)|[^,}}\]"]+)')


def objections(mentions: pl.DataFrame, undated: pl.Series, damaged: pl.Series | None = None) -> pl.Series:
    """Why each row is no mention (String); null where it is one.

    `undated` says so of the rows whose time is lost, `damaged` which ids a spreadsheet damaged beyond repair.
    """
    nothing = pl.all_horizontal(pl.col("text", "title", "author_id", "author_handle", "author_name").is_null())
    reason = (
        pl.when(pl.lit(value=False) if damaged is None else damaged)
        .then("the id was damaged by a spreadsheet: " + pl.col("id"))
        .when(nothing)
        .then(pl.lit("no text, title or author"))
        .when(pl.col("platform").is_null())
        .then(pl.lit("the platform is not known"))
        .otherwise(undated)
    )
    return mentions.select(reason.alias("reason"))["reason"]


def split(records: pl.DataFrame, reason: pl.Series) -> tuple[pl.DataFrame, list[Reject]]:
    """The rows whose `reason` (String) is null, and the others as rejects."""
    if reason.null_count() == len(reason):
        return records, []
    bad = reason.is_not_null()
    reasons = reason.filter(bad).to_list()
    return records.filter(~bad), [
        Reject(row.get(LINE), why, raw(row)) for row, why in zip(records.filter(bad).to_dicts(), reasons, strict=True)
    ]


def raw(row: dict[str, str | int | None]) -> str:
    """A record as one JSON object of all its columns, by which it is recognised when it is read again.

    What is personal stays empty.
    """
    return msgspec.json.encode(
        {key: None if key in PERSONAL else cell for key, cell in row.items() if key != LINE}
    ).decode()


def excerpt(text: str) -> str:
    """The start of a text that should have been JSON, for the quarantine. What is personal is left out here too."""
    return _PERSONAL.sub(r'"\1": null', text[:_LONGEST_EXCERPT].replace("\0", ""))
