"""Columns of times as exports write them, read into naive UTC."""

from datetime import datetime, tzinfo
from itertools import repeat
from typing import Final
from zoneinfo import ZoneInfo

import polars as pl

from tingfeng.mentions.timeforms import EPOCHS, UnreadableTime, is_rounded, parse_time, zone

__all__ = ["UnreadableTime", "days_come_first", "is_rounded", "parse_time", "slashed", "times", "zone"]

_EMPTY: Final = ("", "0", "-", "--", "null", "none", "nan", "nat", "n/a", "unknown", "无", "未知")
_LONGEST_EMPTY: Final = max(len(word.encode()) for word in _EMPTY)
_UTC_TIME: Final = pl.Datetime("us")
_USUAL: Final = (
    r"^(?:19[89]|20[0-8])\d-\d\d-\d\d[ T]\d\d:\d\d:[0-5]\d(?:\.[0-9]{1,9})?(?:Z|[+-](?:0\d|1[0-4]):?[0-5]\d)?$"
)
_OFFSET: Final = r"([+-]\d\d):?(\d\d)$"


def times(
    series: pl.Series,
    zone: tzinfo,
    collected_at: pl.Series | datetime | None = None,
    *,
    day_first: bool = False,
) -> tuple[pl.Series, pl.Series]:
    """Naive UTC times (Datetime us) of times written as text, and whether each is unreadable (Boolean).

    Empty and rounded ones (`is_rounded`) are null and not unreadable. `collected_at` is one time or one for each row.
    Of `1/2/2025` the first is the day when `day_first`.
    """
    text = series.cast(pl.String).str.strip_chars()
    short = text.filter(text.str.len_bytes() <= _LONGEST_EMPTY).unique()
    text = text.set(text.is_in(short.filter(short.str.to_lowercase().is_in(_EMPTY)).implode()), None)
    found = _epochs(text)
    if found.null_count() > text.null_count():
        found = found.zip_with(found.is_not_null(), _usual(text, zone))
    odd = text.is_not_null() & found.is_null()
    if not odd.any():
        return found.alias(series.name), odd.alias(series.name)
    collected = collected_at.filter(odd).to_list() if isinstance(collected_at, pl.Series) else repeat(collected_at)
    read = [_read(one, zone, seen, day_first=day_first) for one, seen in zip(text.filter(odd), collected, strict=False)]
    found = found.scatter(odd.arg_true(), pl.Series(read, dtype=_UTC_TIME))
    lost = [time is None and not is_rounded(one) for one, time in zip(text.filter(odd), read, strict=True)]
    unreadable = odd.scatter(odd.arg_true(), pl.Series(lost))
    return found.alias(series.name), unreadable.alias(series.name)


def _epochs(text: pl.Series) -> pl.Series:
    """Times of the whole numbers that are epochs by their size, null for all other texts."""
    number = pl.col("text").cast(pl.Int64, strict=False)
    sized = [pl.when(number.is_between(low, high - 1)).then(number * unit) for low, high, unit in EPOCHS]
    return pl.DataFrame({"text": text}).select(time=pl.coalesce(sized).cast(_UTC_TIME))["time"]


def _usual(text: pl.Series, zone: tzinfo) -> pl.Series:
    """Times of the commonest form, `YYYY-MM-DD HH:MM:SS`, perhaps with T, a fraction and an offset; null for others.

    The form is read as a column because most exports hold nothing else: it takes a thirtieth of the time.
    """
    form = text.set(~text.str.contains(_USUAL).fill_null(value=False), None)
    plain = form.str.slice(0, 19).str.replace("T", " ", literal=True)
    local = plain.str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False, time_unit="us")
    rest = form.str.slice(19)
    if (rest == "").all():
        return _in_utc(local, zone)
    digits = rest.str.extract(r"^\.([0-9]+)", 1).str.slice(0, 6).str.pad_end(6, "0").cast(pl.Int64)
    hours, minutes = (rest.str.extract(_OFFSET, place).cast(pl.Int64) for place in (1, 2))
    behind = (hours.abs() * 60 + minutes) * pl.select(pl.when(rest.str.contains("-")).then(-1).otherwise(1)).to_series()
    shift = (behind * 60_000_000).set(rest.str.ends_with("Z"), 0)
    exact = (local.dt.epoch("us") + digits.fill_null(0)).cast(_UTC_TIME)
    universal = (exact.dt.epoch("us") - shift).cast(_UTC_TIME)
    return universal.zip_with(shift.is_not_null(), _in_utc(exact, zone))


def _in_utc(local: pl.Series, zone: tzinfo) -> pl.Series:
    """Local times as naive UTC; null where the clock skipped them."""
    if isinstance(zone, ZoneInfo):
        there = local.dt.replace_time_zone(zone.key, ambiguous="earliest", non_existent="null")
        return there.dt.convert_time_zone("UTC").dt.replace_time_zone(None)
    offset = zone.utcoffset(None)
    return local - offset if offset is not None else pl.Series([None] * len(local), dtype=_UTC_TIME)


def _read(text: str, zone: tzinfo, collected_at: datetime | None, *, day_first: bool) -> datetime | None:
    try:
        return parse_time(text, zone, collected_at, day_first=day_first)
    except UnreadableTime:
        return None


def slashed(text: pl.Series) -> pl.Series:
    """The different `a/b` with which dates of the form `a/b/year` begin: at most ten thousand, however many rows."""
    text = text.filter(text.cast(pl.Int64, strict=False).is_null())
    return text.str.extract(r"^\s*([0-9]{1,2}/[0-9]{1,2})/[0-9]{4}", 1).drop_nulls().unique()


def days_come_first(slashed: pl.Series) -> bool:
    """Whether some of these `a/b` can only have the day first, and none only the month."""
    numbers = slashed.str.split_exact("/", 1).struct.unnest().cast(pl.Int64)
    one, two = (numbers.to_series(place).max() for place in (0, 1))
    return isinstance(one, int) and isinstance(two, int) and one > 12 >= two
