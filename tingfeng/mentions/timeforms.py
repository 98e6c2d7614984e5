"""The forms in which exports write a time: epochs in three sizes, dates in many orders, Chinese and English words."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tingfeng.errors import UsageError


class UnreadableTime(ValueError):  # noqa: N818 - what it is called in the rooms around
    """A time that no form fits, or a relative one without the time at which it was collected."""


_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})")
_ABBREVIATED: Final = {"Z": 0, "UTC": 0, "GMT": 0, "EST": -5, "EDT": -4, "PST": -8, "PDT": -7}
#: From, below, microseconds of one: seconds, milliseconds and microseconds are told by their size.
EPOCHS: Final = ((10**9, 10**10, 1_000_000), (10**12, 10**13, 1000), (10**15, 10**16, 1))
_SCIENTIFIC = re.compile(r"(\d)(?:\.(\d+))?e\+?(\d+)", re.IGNORECASE)

_CLOCK = (
    r"(?:(?P<before>上午|下午|AM|PM) ?)?(?P<hour>\d{1,2})[:时点](?P<minute>\d{1,2})(?:[:分](?P<second>\d{1,2}))?"
    r"(?:[.,](?P<fraction>\d{1,6})\d*)?[分秒]?(?: ?(?P<after>AM|PM))?"
)
_ZONE = r"(?P<zone>Z|UTC|GMT|EST|EDT|PST|PDT|[+-]\d{2}:?\d{2})"
_REST = rf"(?:(?:[ T]|, ?)?{_CLOCK}(?: ?{_ZONE})?)?"
_WORD = r"(?: [^\d\s]+)?"


def _form(*parts: str) -> re.Pattern[str]:
    return re.compile("".join(parts), re.IGNORECASE)


_YEAR_FIRST = _form(r"(?P<year>\d{4})[-/.年] ?(?P<month>\d{1,2})[-/.月] ?(?P<day>\d{1,2})[日号]?", _REST)
_YEAR_LAST = _form(r"(?P<one>\d{1,2})(?P<mark>[-/.])(?P<two>\d{1,2})(?P=mark)(?P<year>\d{4})", _REST)
_NO_YEAR = _form(r"(?P<month>\d{1,2})[-月](?P<day>\d{1,2})[日号]?", rf"(?: ?{_CLOCK})?", _WORD)
_DAY_WORD = _form(r"(?P<word>今天|昨天|前天|today|yesterday)", rf"(?:,? ?(?:at )?{_CLOCK})?", _WORD)
_AGO = _form(
    r"(?P<number>\d+) ?(?P<unit>秒|分钟|小时|天|周|星期|seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|[smhdw])",
    r" ?(?:前|ago|•)?",
    _WORD,
)
_COLLECTION_WORD = re.compile(r"^(?:编辑于|发布于|发表于|更新于) ?")
_NAMED_MONTH: Final = (
    "%a %b %d %H:%M:%S %z %Y",
    "%b %d, %Y",
    "%b %d, %Y %H:%M",
    "%b %d, %Y %I:%M %p",
    "%b %d, %Y, %I:%M %p",
    "%B %d, %Y",
    "%B %d, %Y %I:%M %p",
    "%d-%b-%Y",
    "%d-%b-%Y %I:%M%p",
    "%d %b %Y",
    "%d %b %Y %H:%M",
    "%d %B %Y",
)
_DAYS_BACK: Final = {"今天": 0, "today": 0, "昨天": 1, "yesterday": 1, "前天": 2}
_SECONDS: Final = {"s": 1, "秒": 1, "m": 60, "分钟": 60, "h": 3600, "小时": 3600, "d": 86400, "天": 86400}
_WEEK: Final = 7 * 86400


@cache
def zone(name: str) -> tzinfo:
    """The time zone of an IANA name or a fixed offset `+HH:MM`; UsageError otherwise."""
    found = _OFFSET.fullmatch(name)
    if found:
        minutes = int(found[2]) * 60 + int(found[3])
        if minutes < 24 * 60:
            return timezone(timedelta(minutes=-minutes if found[1] == "-" else minutes))
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        hint = "use a name like Asia/Shanghai or an offset like +08:00"
        raise UsageError(f"There is no time zone {name!r}", where="time zone", hint=hint) from error


def is_rounded(text: str) -> bool:
    """Whether `text` is a number that a spreadsheet shortened, such as `1.74175E+12`: its last digits are lost."""
    found = _SCIENTIFIC.fullmatch(text.strip())
    return found is not None and len(found[2] or "") < int(found[3])


class _Clues(NamedTuple):
    """What a time is read with: its zone, when it was collected (aware), whether days come before months."""

    zone: tzinfo
    collected: datetime | None
    day_first: bool


def parse_time(text: str, zone: tzinfo, collected_at: datetime | None = None, *, day_first: bool = False) -> datetime:
    """The naive UTC time that `text` says, read in `zone` where it names none.

    Words like `5分钟前` and dates without a year are read against `collected_at` (naive UTC). Of `1/2/2025` the first
    is the month unless `day_first`, and in either case what is above 12 is the day. UnreadableTime for anything else.
    """
    plain = _COLLECTION_WORD.sub("", text.strip().strip("\u200b\ufeff"))
    clues = _Clues(zone, collected_at and collected_at.replace(tzinfo=UTC).astimezone(zone), day_first)
    for read in _READERS:
        try:
            found = read(plain, clues)
            naive = found and found.astimezone(UTC).replace(tzinfo=None)
        except (ValueError, OverflowError, UsageError):
            continue
        if naive is not None and 1970 <= naive.year < 2100:
            return naive
    raise UnreadableTime(text)


def _digits(text: str, clues: _Clues) -> datetime | None:
    """An epoch in seconds, milliseconds or microseconds by its size, or a date without separators."""
    found = re.fullmatch(r"(\d{8,16})(?:\.(\d+))?", text)
    if not found:
        return None
    number = int(found[1])
    for low, high, unit in EPOCHS:
        if low <= number < high:
            part = int((found[2] or "0")[:6].ljust(6, "0")) * unit // 1_000_000
            return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=number * unit + part)
    form = {8: "%Y%m%d", 12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S"}.get(len(found[1]))
    return datetime.strptime(found[1], form).replace(tzinfo=clues.zone) if form and not found[2] else None


def _iso(text: str, clues: _Clues) -> datetime | None:
    if len(text) < 8 or not text[:4].isdigit():
        return None
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=clues.zone)


def _exact_scientific(text: str, clues: _Clues) -> datetime | None:
    found = _SCIENTIFIC.fullmatch(text)
    return _digits(str(int(float(text))), clues) if found and not is_rounded(text) else None


def _year_first(text: str, clues: _Clues) -> datetime | None:
    found = _YEAR_FIRST.fullmatch(text)
    return _at(found, int(found["year"]), int(found["month"]), int(found["day"]), clues.zone) if found else None


def _year_last(text: str, clues: _Clues) -> datetime | None:
    """`M/D/YYYY`, or `D/M/YYYY` where that is known or only that can be; with dots or hyphens the day comes first."""
    found = _YEAR_LAST.fullmatch(text)
    if not found:
        return None
    month, day = int(found["one"]), int(found["two"])
    if clues.day_first or found["mark"] != "/":
        month, day = day, month
    if found["mark"] == "/" and month > 12:
        month, day = day, month
    return _at(found, int(found["year"]), month, day, clues.zone)


def _no_year(text: str, clues: _Clues) -> datetime | None:
    """The latest such day that is not after the collection."""
    found = _NO_YEAR.fullmatch(text)
    if not found or clues.collected is None:
        return None
    for year in range(clues.collected.year, clues.collected.year - 5, -1):
        with suppress(ValueError):
            then = _at(found, year, int(found["month"]), int(found["day"]), clues.zone)
            if then <= clues.collected:
                return then
    return None


def _day_word(text: str, clues: _Clues) -> datetime | None:
    found = _DAY_WORD.fullmatch(text)
    if not found or clues.collected is None:
        return None
    day = clues.collected - timedelta(days=_DAYS_BACK[found["word"].lower()])
    return _at(found, day.year, day.month, day.day, clues.zone)


def _ago(text: str, clues: _Clues) -> datetime | None:
    """A distance in seconds up to weeks; months and years are too coarse to be a time."""
    found = _AGO.fullmatch(text)
    if clues.collected is None:
        return None
    if not found:
        return clues.collected if text.lower() in {"刚刚", "just now", "now"} else None
    unit = found["unit"].lower()
    seconds = _WEEK if unit[0] in "w周星" else _SECONDS.get(unit) or _SECONDS[unit[0]]
    return clues.collected - timedelta(seconds=int(found["number"]) * seconds)


def _named_month(text: str, clues: _Clues) -> datetime | None:
    if not text[-1:].isalnum() or not re.search("[A-Za-z]{3}", text):
        return None
    for form in _NAMED_MONTH:
        with suppress(ValueError):
            found = datetime.strptime(text, form)
            return found if found.tzinfo else found.replace(tzinfo=clues.zone)
    found = parsedate_to_datetime(text)
    return found if found.tzinfo else found.replace(tzinfo=clues.zone)


def _tuple(text: str, clues: _Clues) -> datetime | None:
    """A Python date printed by its parts: `2021, 5, 3, 5, 13, 3`."""
    parts = text.strip("()").split(",")
    return datetime(*map(int, parts), tzinfo=clues.zone) if 3 <= len(parts) <= 7 else None  # type: ignore[misc,arg-type]


_READERS: Final[tuple[Callable[[str, _Clues], datetime | None], ...]] = (
    _digits,
    _iso,
    _year_first,
    _year_last,
    _exact_scientific,
    _no_year,
    _day_word,
    _ago,
    _named_month,
    _tuple,
)


def _at(found: re.Match[str], year: int, month: int, day: int, zone: tzinfo) -> datetime:
    """The day and the clock of a match, in its own zone if it names one."""
    parts = found.groupdict()
    hour, minute, second = (int(parts[name] or 0) for name in ("hour", "minute", "second"))
    half = (parts["before"] or parts["after"] or "").upper()
    if half in {"下午", "PM"} and hour < 12:
        hour += 12
    if half in {"上午", "AM"} and hour == 12:
        hour = 0
    microsecond = int((parts["fraction"] or "0").ljust(6, "0"))
    return datetime(year, month, day, hour, minute, second, microsecond, tzinfo=_named_zone(parts.get("zone")) or zone)


def _named_zone(text: str | None) -> tzinfo | None:
    if not text:
        return None
    hours = _ABBREVIATED.get(text.upper())
    return zone(f"{text[:3]}:{text[-2:]}") if hours is None else timezone(timedelta(hours=hours))
