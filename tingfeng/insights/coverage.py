"""Which days a platform's data cover: inside them a day without mentions is a zero, outside them nobody knows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from tingfeng.insights.periods import asked_days, days_between
from tingfeng.store import Filters, Store


@dataclass(frozen=True)
class Covered:
    """A platform's data: its first and last day, and those days of the period that lie between (ISO dates).

    `silent` are those of `days` on which nothing was said at all: a quiet day, or a collector that failed.
    """

    platform: str
    first: str
    last: str
    days: tuple[str, ...]
    silent: tuple[str, ...]


def coverage(store: Store, filters: Filters) -> list[Covered]:
    """What each platform's data of the watchlist cover, whatever else is filtered; none without dated mentions."""
    every = Filters(watchlist=filters.watchlist, platforms=filters.platforms, zone=filters.zone)
    counted = store.volume(every, ["day", "platform"])
    first, last = (day.isoformat() for day in asked_days(filters))
    found = []
    for platform, group in counted.groupby("platform", sort=True):
        heard = set(group["date"])
        inside = _days(max(min(heard), first), min(max(heard), last))
        silent = tuple(day for day in inside if day not in heard)
        found.append(Covered(str(platform), min(heard), max(heard), inside, silent))
    return found


def daily_volume(store: Store, filters: Filters, by: str | None, covered: Sequence[Covered]) -> pd.DataFrame:
    """date, the field `by` (if any), mentions, engagement, authors by day, with zeros on the `covered` days.

    A platform has zeros inside its own data's range only, everything else on days that any platform covers.
    """
    frame = store.volume(filters, ["day", by] if by else ["day"])
    keys = ["date", *([by] if by else [])]
    zeros = pd.DataFrame(_zeros(frame, by, covered), columns=keys).astype(dict.fromkeys(keys, "str"))
    whole = zeros.merge(frame, on=keys, how="outer", indicator="found").sort_values(keys, ignore_index=True)
    unheard = whole.pop("found") == "left_only"
    for name in ("mentions", "engagement", "authors"):
        whole.loc[unheard, name] = 0
    return whole


def _zeros(frame: pd.DataFrame, by: str | None, covered: Iterable[Covered]) -> Iterable[tuple[str, ...]]:
    """The (day, value) pairs of which the number of mentions is known."""
    if by == "platform":
        shown = set(frame["platform"])
        return [(day, each.platform) for each in covered if each.platform in shown for day in each.days]
    days = sorted({day for each in covered for day in each.days})
    if by is None:
        return [(day,) for day in days]
    return [(day, value) for value in frame[by].dropna().unique() for day in days]


def _days(first: str, last: str) -> tuple[str, ...]:
    return tuple(days_between(date.fromisoformat(first), date.fromisoformat(last))) if first <= last else ()
