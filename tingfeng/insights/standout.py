"""The day that stands out: far more mentions of a subject, or far more negative ones, than on the others in view."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from tingfeng.insights import formulas
from tingfeng.insights.coverage import Covered
from tingfeng.mentions.record import LABELS
from tingfeng.store import Filters, Store

#: What is counted on a day, in this order: a day of many mentions is not told again for its negative ones.
COUNTED: Final = ("mentions", "negative")

#: How far above the others a day must be, in their standard deviations, and how many others there must be.
FAR: Final = 3
OTHERS: Final = 6

#: Platforms are named that had this share of what was more than usual at least, and so many at most.
WORTH_NAMING: Final = 0.25
PLATFORMS: Final = 2


@dataclass(frozen=True)
class Standout:
    """A day and a subject, on the platforms that had most of it.

    There were `n` mentions (`counted` says whether all or the negative ones) instead of the `usual` number a day, and
    this net sentiment toward the subject.
    """

    day: str
    subject: str
    platforms: tuple[str, ...]
    counted: str
    n: int
    usual: float
    net: float | None


def standout(store: Store, filters: Filters, covered: Sequence[Covered]) -> Standout | None:
    """The day with most beyond the usual; None where nothing stands out, or without a watchlist."""
    days = sorted({day for each in covered for day in each.days})
    if filters.watchlist is None or len(days) <= OTHERS:
        return None
    frame = store.labels(filters, ["day", "subject", "platform"])
    frame["mentions"] = frame[[*LABELS, "unlabelled"]].sum(axis="columns")
    found = [
        (float(beyond), str(subject), str(day), counted)
        for subject, said in frame.groupby("subject")
        for counted in COUNTED
        for day, beyond in _beyond(said, counted, days).items()
    ]
    if not found:
        return None
    _, subject, day, counted = max(found, key=lambda each: (COUNTED.index(each[3]) == 0, each[0]))
    return _told(frame[frame["subject"] == subject], subject, day, counted, days)


def _beyond(said: pd.DataFrame, counted: str, days: list[str]) -> pd.Series:
    """By how much those days that stand out exceed the mean of the others."""
    daily = _daily(said, counted, days)
    rest = len(days) - 1
    mean = (daily.sum() - daily) / rest
    spread = (((daily**2).sum() - daily**2 - rest * mean**2).clip(lower=0) / (rest - 1)) ** 0.5
    return (daily - mean)[(daily >= formulas.FEW) & (daily > mean + FAR * spread)]


def _daily(said: pd.DataFrame, counted: str, days: list[str]) -> pd.Series:
    """How many there were on each of `days`, silent ones included."""
    return said.groupby("date")[counted].sum().reindex(days, fill_value=0).astype("float64")


def _told(said: pd.DataFrame, subject: str, day: str, counted: str, days: list[str]) -> Standout:
    more = {}
    for platform, part in said.groupby("platform"):
        daily = _daily(part, counted, days)
        more[str(platform)] = daily[day] - daily.drop(day).mean()
    gained = sum(value for value in more.values() if value > 0)
    most = sorted(more, key=lambda platform: -more[platform])[:PLATFORMS]
    named = tuple(each for each in most if each == most[0] or more[each] >= WORTH_NAMING * gained)
    there = said[said["platform"].isin(named)]
    daily = _daily(there, counted, days)
    positive, neutral, negative = (int(there.loc[there["date"] == day, label].sum()) for label in LABELS)
    net = formulas.net_sentiment(positive, neutral, negative)
    return Standout(day, subject, named, counted, int(daily[day]), float(daily.drop(day).mean()), net)
