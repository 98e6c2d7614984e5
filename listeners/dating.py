"""When records were published: the written time, else what the id says, else why the record cannot be kept."""

from collections.abc import Callable
from datetime import timedelta, tzinfo
from typing import Final, NamedTuple

import polars as pl

from tingfeng.mentions.ids import id_times
from tingfeng.mentions.times import times

#: A day without a time of day.
DAY_ONLY: Final = r"^(\d{8}|\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})$"
_NEAR: Final = timedelta(hours=36)


class Dated(NamedTuple):
    """Times (naive UTC), which of them were taken from the id, and the reason to reject a row (null: none)."""

    published_at: pl.Series
    from_id: pl.Series
    reason: pl.Series


def dated(
    platform: str, ids: pl.Series, written: pl.Series, zone: tzinfo, collected_at: pl.Series, *, day_first: bool = False
) -> Dated:
    """A time that is empty or rounded comes from the id where that knows it, else stays unknown; any other that cannot
    be read comes from the id, else its row is rejected. A day is made exact by an id of that day.
    """
    return repaired(lambda: id_times(platform, ids), written, zone, collected_at, day_first=day_first)


def repaired(
    by_ids: Callable[[], pl.Series], written: pl.Series, zone: tzinfo, collected_at: pl.Series, *, day_first: bool
) -> Dated:
    """The same where `by_ids` says what the ids know, asked only when some time needs it."""
    read, unreadable = times(written, zone, collected_at, day_first=day_first)
    doubtful = read.is_null() | written.str.strip_chars().str.contains(DAY_ONLY).fill_null(value=False)
    if not doubtful.any():
        return Dated(read, doubtful, unread(written, unreadable))
    by_id = by_ids()
    from_id = by_id.is_not_null() & (read.is_null() | _is_vague(written, read, by_id))
    return Dated(by_id.zip_with(from_id, read), from_id, unread(written, unreadable & ~from_id))


def _is_vague(written: pl.Series, read: pl.Series, by_id: pl.Series) -> pl.Series:
    """Whether each time is only a day, which the id knows better because it was made then."""
    vague = written.str.strip_chars().str.contains(DAY_ONLY) & ((by_id - read).abs() <= _NEAR)
    return vague.fill_null(value=False)


def unread(written: pl.Series, lost: pl.Series) -> pl.Series:
    """The reason to reject the rows whose time is `lost` (String); null for the others."""
    if not lost.any():
        return pl.repeat(None, len(lost), dtype=pl.String, eager=True)
    return pl.select(pl.when(lost).then("the time cannot be read: " + written)).to_series()
