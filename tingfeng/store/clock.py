"""Local time in SQL: a day in Shanghai is not a day in New York."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

from tingfeng.mentions.times import zone as time_zone

#: Years in which changes of the clock are looked up; before and after, the offset of the nearest one holds.
_YEARS: Final = (1970, 2100)

DATE_FORMATS: Final = {"hour": "%Y-%m-%dT%H:00", "day": "%Y-%m-%d", "week": "%Y-%m-%d", "month": "%Y-%m"}


def local(column: str, zone: str, years: tuple[int, int]) -> str:
    """SQL for `column` (naive UTC) as the clock of `zone` shows it, right for times within `years`.

    Adding offsets is several times faster than the database's own time zones, and any database can do it.
    """
    first, *later = _offsets(zone, max(years[0], _YEARS[0]), min(years[1], _YEARS[1]))
    ahead = str(first[1])
    if later:
        cases = " ".join(f"WHEN {column} >= TIMESTAMP '{start}' THEN {offset}" for start, offset in reversed(later))
        ahead = f"CASE {cases} ELSE {first[1]} END"
    return f"make_timestamp(epoch_us({column}) + {ahead})"


@lru_cache(maxsize=64)
def _offsets(zone: str, first_year: int, last_year: int) -> list[tuple[datetime, int]]:
    """From when (naive UTC) the clock of `zone` is how many microseconds ahead of UTC."""
    moment = datetime(first_year, 1, 1, tzinfo=UTC)
    found = [(moment, _offset(zone, moment))]
    while moment.year <= last_year:
        following = moment + timedelta(days=1)
        if _offset(zone, following) != found[-1][1]:
            found.append((_change(zone, moment, following), _offset(zone, following)))
        moment = following
    return [(start.replace(tzinfo=None), offset) for start, offset in found]


def _change(zone: str, before: datetime, after: datetime) -> datetime:
    """The second between the two at which the offset changes."""
    old = _offset(zone, before)
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        before, after = (middle, after) if _offset(zone, middle) == old else (before, middle)
    return after


def _offset(zone: str, moment: datetime) -> int:
    offset = moment.astimezone(time_zone(zone)).utcoffset()
    return (offset or timedelta()) // timedelta(microseconds=1)
