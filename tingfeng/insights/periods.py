"""Periods of time, and the ones right before them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

from tingfeng.mentions.times import zone as time_zone
from tingfeng.store import Filters

_INSTANT: Final = timedelta(microseconds=1)


def previous(filters: Filters) -> Filters | None:
    """The same filters over the equally long period right before; None unless both ends of the period are given.

    Between two dates days are counted in the calendar, so a change of the clocks moves no mention across midnight.
    """
    if filters.since is None or filters.until is None:
        return None
    start, end = filters.period
    since, until = _date(filters.since), _date(filters.until)
    try:
        if since and until:
            return replace(filters, since=(since - (until - since)).isoformat(), until=since.isoformat())
        if start and end:
            return replace(filters, since=_written(start - (end - start)), until=_written(start))
    except OverflowError:
        return None
    return None


def asked_days(filters: Filters) -> tuple[date, date]:
    """The first and last local day of the period, both included; open ends reach as far as the calendar does."""
    zone = time_zone(filters.zone)
    since, until = filters.period
    first = since.replace(tzinfo=UTC).astimezone(zone).date() if since else date.min
    last = (until - _INSTANT).replace(tzinfo=UTC).astimezone(zone).date() if until else date.max
    return first, last


def days_between(first: date, last: date) -> list[str]:
    """Every day from `first` to `last`, both included, as ISO dates."""
    return [(first + timedelta(days=number)).isoformat() for number in range((last - first).days + 1)]


def _date(written: str) -> date | None:
    try:
        return date.fromisoformat(written.strip())
    except ValueError:
        return None


def _written(moment: datetime) -> str:
    return moment.replace(tzinfo=UTC).isoformat()
