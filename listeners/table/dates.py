"""When the rows of a table were published: the zone of its written times, and what ids say where these fail."""

from datetime import UTC
from typing import Final

import polars as pl

from listeners.contract import Context
from listeners.dating import DAY_ONLY, Dated, repaired
from tingfeng.mentions.ids import find_zone, id_times
from tingfeng.mentions.times import times, zone

_MIDNIGHT: Final = r"[ T]0?0:00(:00(\.0+)?)?$"
_OFFSET: Final = r"[+-]\d{2}:?\d{2}$"
_UNIVERSAL: Final = r"(?i)(\dz|utc|gmt)$|^\d{10}(\d{3}){0,2}(\.\d+)?$"
_DOCUMENT: Final = r'^"?(1\d{12})_'


def written_times(day: pl.Series, clock: pl.Series | None) -> pl.Series:
    """The day and, where it stands in a column of its own, the time of day as one text."""
    if clock is None:
        return day
    both = pl.select(day.str.replace(_MIDNIGHT, "") + " " + clock.fill_null("")).to_series()
    return both.str.strip_chars().alias(day.name)


def find_time_zone(
    frame: pl.DataFrame,
    written: pl.Series,
    documents: pl.Series | None,
    *,
    day_first: bool,
) -> str | None:
    """The zone in which `written` times are: from ids or from offsets in the text; None where nothing tells.

    `frame` has `platform` and `id`; `documents` are ids of a listening suite that begin with an epoch in milliseconds.
    """
    exact = written.set(written.str.strip_chars().str.contains(DAY_ONLY), None)
    local, _ = times(exact, UTC, day_first=day_first)
    return _zone_of_ids(frame, local) or _zone_of_documents(documents, local) or _zone_in_text(written)


def documents(records: pl.DataFrame) -> pl.Series | None:
    """The column of ids that begin with an epoch in milliseconds, as listening suites make them."""
    for column in records:
        if column.str.contains(_DOCUMENT).sum() * 2 > column.count():
            return column
    return None


def _zone_of_ids(frame: pl.DataFrame, local: pl.Series) -> str | None:
    """The zone of the platform with most rows of which the ids tell it."""
    platforms = frame["platform"].drop_nulls().value_counts().sort("count", "platform", descending=[True, False])
    for platform in platforms["platform"]:
        here = frame["platform"] == platform
        if found := find_zone(platform, frame["id"].filter(here), local.filter(here)):
            return found
    return None


def _zone_of_documents(documents: pl.Series | None, local: pl.Series) -> str | None:
    """As a Mastodon id has its milliseconds in front of 16 bits, so can an epoch be said as one."""
    if documents is None:
        return None
    as_ids = (documents.str.extract(_DOCUMENT, 1).cast(pl.UInt64) * 2**16).cast(pl.String)
    return find_zone("mastodon", as_ids, local)


def _zone_in_text(written: pl.Series) -> str | None:
    known = written.drop_nulls().str.strip_chars()
    if known.is_empty():
        return None
    if known.str.contains(_UNIVERSAL).all():
        return "UTC"
    offsets = known.str.extract(f"({_OFFSET})", 1)
    clocks = known.str.contains(r"\d:\d{2}.*" + _OFFSET)
    if not clocks.all():
        return None
    usual = str(offsets.mode().sort()[0]).replace(":", "")
    return "UTC" if usual in {"+0000", "-0000"} else f"{usual[:3]}:{usual[3:]}"


def read_dates(frame: pl.DataFrame, written: pl.Series, context: Context) -> Dated:
    """The times of rows with `platform`, `id` and `collected_at`."""
    here = zone(context.time_zone or "UTC")
    first = context.days_come_first(written)
    return repaired(lambda: _times_of_ids(frame), written, here, frame["collected_at"], day_first=first)


def _times_of_ids(frame: pl.DataFrame) -> pl.Series:
    found = pl.Series([None] * frame.height, dtype=pl.Datetime("us"))
    for platform in frame["platform"].drop_nulls().unique():
        here = (frame["platform"] == platform).fill_null(value=False)
        found = id_times(platform, frame["id"]).zip_with(here, found)
    return found
