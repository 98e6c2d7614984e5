"""Ids: many carry the second of their creation, all can be damaged by a spreadsheet, and some texts have none."""

from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

import polars as pl

from tingfeng.mentions.record import Mark

_BASE32: Final = "234567abcdefghijklmnopqrstuvwxyz"
_DIGITS: Final = r"^[0-9]{15,20}$"
_PATTERNS: Final = {
    "xiaohongshu": r"^[0-9a-f]{24}$",
    "douyin": _DIGITS,
    "tiktok": _DIGITS,
    "weibo": _DIGITS,
    "x": r"^[0-9]{1,20}$",
}
_EARLIEST: Final = datetime(2004, 1, 1)
_LATEST: Final = datetime(2100, 1, 1)
_ZONE_STEP: Final = timedelta(minutes=15)
_ZONES: Final = {0: "UTC", 7 * 60: "Asia/Ho_Chi_Minh", 8 * 60: "Asia/Shanghai"}


def _number(pattern: str) -> pl.Expr:
    return pl.col("id").str.extract(pattern, 1).cast(pl.UInt64, strict=False)


def _shifted(pattern: str, bits: int, offset: int, unit: int) -> pl.Expr:
    """`(id >> bits) + offset`, in `unit` microseconds, of the digits that `pattern` captures."""
    return ((_number(pattern) // (1 << bits)).cast(pl.Int64) + offset) * unit


def _hex_second() -> pl.Expr:
    seconds: pl.Expr = pl.col("id").str.extract(r"^([0-9a-f]{8})[0-9a-f]{16}$", 1).str.to_integer(base=16)
    return seconds * 1_000_000


def _bluesky() -> pl.Expr:
    key = pl.col("id").str.extract(rf"(?:^|/)([{_BASE32}]{{13}})$", 1)
    letters, numbers = list(_BASE32), list(range(32))
    value = pl.lit(0, dtype=pl.Int64)
    for place in range(13):
        digit = key.str.slice(place, 1).replace_strict(letters, numbers, default=None, return_dtype=pl.Int64)
        value = value * 32 + digit
    return value // 2**10


#: Microseconds since 1970 inside an id, by platform.
_TIMES: Final[dict[str, Callable[[], pl.Expr]]] = {
    "xiaohongshu": _hex_second,
    "douyin": lambda: _shifted(r"^([0-9]{19})$", 32, 0, 1_000_000),
    "tiktok": lambda: _shifted(r"^([0-9]{19})$", 32, 0, 1_000_000),
    "weibo": lambda: _shifted(r"^([0-9]{16})$", 22, 515483463, 1_000_000),
    "x": lambda: _shifted(r"^([0-9]{15,20})$", 22, 1288834974657, 1000),
    # Shorter numbers are the ids of Meta's API, which know no time.
    "instagram": lambda: _shifted(r"^([0-9]{18,20})(?:_[0-9]+)?$", 23, 1314220021721, 1000),
    "linkedin": lambda: _shifted(r"([0-9]{19})$", 22, 0, 1000),
    "mastodon": lambda: _shifted(r"([0-9]{17,20})$", 16, 0, 1000),
    "bluesky": _bluesky,
}


def id_times(platform: str, ids: pl.Series) -> pl.Series:
    """When each id was made (naive UTC, Datetime us), null where the platform's ids do not say it or are damaged."""
    if platform not in _TIMES:
        return pl.Series(ids.name, [None] * len(ids), dtype=pl.Datetime("us"))
    time = _TIMES[platform]().cast(pl.Datetime("us"))
    plausible = time.is_between(pl.lit(_EARLIEST), pl.lit(_LATEST))
    frame = pl.DataFrame({"id": ids.cast(pl.String)})
    return frame.select(pl.when(plausible).then(time).alias("time"))["time"].alias(ids.name)


def rounded(ids: pl.Series) -> pl.Series:
    """Whether each id is a number that a spreadsheet shortened, such as `6.95E+18`; null stays null."""
    return ids.str.contains(r"(?i)^[0-9](\.[0-9]+)?e\+[0-9]+$")


def is_damaged(platform: str, ids: pl.Series) -> pl.Series:
    """Whether each id is not of the platform's pattern, or a number that a spreadsheet rounded; null stays null."""
    pattern = _PATTERNS.get(platform)  # which no rounded number has
    return rounded(ids) if pattern is None else ~ids.str.contains(pattern)


def find_zone(platform: str, ids: pl.Series, local_times: pl.Series) -> str | None:
    """The zone in which `local_times` were written: the median of written minus id time, to a quarter of an hour.

    An IANA name for the usual offsets, else `+HH:MM`; None when ids say no times, or fewer than half of the rows agree.
    """
    behind = (local_times - id_times(platform, ids)).drop_nulls()
    if behind.is_empty():
        return None
    middle = behind.dt.total_microseconds().median()
    offset = round(timedelta(microseconds=float(str(middle))) / _ZONE_STEP) * _ZONE_STEP
    agree = ((behind - offset).abs() <= _ZONE_STEP).mean()
    if not timedelta(hours=-12) <= offset <= timedelta(hours=14) or float(str(agree)) < 0.5:
        return None
    minutes = round(offset / timedelta(minutes=1))
    sign = "-" if minutes < 0 else "+"
    return _ZONES.get(minutes, f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}")


def with_content_keys(mentions: pl.DataFrame) -> pl.DataFrame:
    """`mentions` (columns of the record) with a key made from their content, and marked, where there is no id."""
    lacking = mentions["id"].is_null() & mentions["platform"].is_not_null()
    content = mentions.filter(lacking).select(
        "platform",
        pl.coalesce("author_id", "author_handle", "author_name"),
        "published_at",
        pl.coalesce("text", "title"),
    )
    keys = pl.Series([content_key(*row) for row in content.iter_rows()], dtype=pl.String)
    marks = mentions["marks"] | (lacking.cast(pl.Int64) * int(Mark.ID_FROM_CONTENT))
    return mentions.with_columns(mentions["id"].scatter(lacking.arg_true(), keys), marks.alias("marks"))


def content_key(platform: str, author: str | None, time: datetime | None, text: str | None) -> str:
    """The key of a mention that has no id: `h-` and 16 hex digits of SHA-256 over platform, author, time, text."""
    when = time.strftime("%Y-%m-%dT%H:%M:%SZ") if time else ""
    content = "\x1f".join((platform, author or "", when, text or ""))
    return f"h-{sha256(content.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
