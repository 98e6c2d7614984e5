"""When records were published: the written time, else what the id says, else why the record cannot be kept."""

from datetime import tzinfo
from typing import NamedTuple

import polars as pl

from tingfeng.mentions.ids import id_times
from tingfeng.mentions.times import times


class Dated(NamedTuple):
    """Times (naive UTC), which of them were taken from the id, and the reason to reject a row (null: none)."""

    published_at: pl.Series
    from_id: pl.Series
    reason: pl.Series


def dated(
    platform: str, ids: pl.Series, written: pl.Series, zone: tzinfo, collected_at: pl.Series, *, day_first: bool = False
) -> Dated:
    """A time that is empty or rounded comes from the id where that knows it, else stays unknown; any other that cannot
    be read comes from the id, else its row is rejected.
    """
    read, unreadable = times(written, zone, collected_at, day_first=day_first)
    by_id = id_times(platform, ids)
    from_id = read.is_null() & by_id.is_not_null()
    return Dated(by_id.zip_with(from_id, read), from_id, unread(written, unreadable & ~from_id))


def unread(written: pl.Series, lost: pl.Series) -> pl.Series:
    """The reason to reject the rows whose time is `lost` (String); null for the others."""
    return pl.select(pl.when(lost).then("the time cannot be read: " + written)).to_series()
