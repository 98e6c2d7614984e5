"""What listeners do with frames of records: put rows aside with a reason, and say them again in words."""

import msgspec
import polars as pl

from listeners.contract import LINE, Reject
from listeners.privacy import mask, without_contacts


def objections(
    mentions: pl.DataFrame, undated: pl.Series, damaged: pl.Series | None = None, *, wordless: bool = False
) -> pl.Series:
    """Why each row is no mention (String); null where it is one.

    `undated` says so of the rows whose time is lost, `damaged` which ids a spreadsheet damaged beyond repair. A picture
    without words whose author is withheld is a mention where `wordless`, if it has a time or an address.
    """
    needed = ["text", "title", "author_id", "author_handle", "author_name"]
    nothing = pl.all_horizontal(pl.col(*needed, *(["published_at", "url"] if wordless else [])).is_null())
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
        Reject(row.get(LINE), mask(why), raw(row))
        for row, why in zip(records.filter(bad).to_dicts(), reasons, strict=True)
    ]


def raw(row: dict[str, str | int | None]) -> str:
    """A record as one JSON object of all its columns, by which it is recognised when it is read again.

    What leads to a person is empty or masked.
    """
    return msgspec.json.encode(without_contacts({key: cell for key, cell in row.items() if key != LINE})).decode()
