"""What changed against the period before, as facts that a page puts into words.

A fact speaks of all mentions (subject None) or of one subject. Its drivers are the subjects, the platforms and the
languages that contributed most to it, each among its like.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

import pandas as pd

from tingfeng.insights import formulas
from tingfeng.insights.formulas import Labels
from tingfeng.insights.periods import previous
from tingfeng.mentions.record import LABELS
from tingfeng.store import Filters, Store

DIMENSIONS: Final = ("subject", "platform", "language")

#: How many subjects are spoken of, and how far a subject's mentions must have moved to be worth a word.
LISTED: Final = 3
#: How many drivers of one dimension there are at most.
DRIVERS: Final = 2
NOTABLE: Final = 0.2

Kind = Literal["mentions", "net"]


@dataclass(frozen=True)
class Driver:
    """A part of the whole that moved with it.

    `change` is what it contributes, in mentions or in net sentiment of the whole; `share` is that out of all
    contributions of this dimension in the same direction.
    """

    dimension: str
    value: str
    change: float
    share: float


@dataclass(frozen=True)
class Fact:
    """One thing that changed. `change` is relative for mentions (None: too few to compare), a difference for net.

    `significant` says whether it is more than chance; only the fact on all mentions is told even when it is not.
    """

    kind: Kind
    subject: str | None
    value: float
    previous: float
    change: float | None
    significant: bool
    drivers: tuple[Driver, ...] = ()


@dataclass(frozen=True)
class _Counts:
    """Labels and mentions of one value of a dimension, or of everything."""

    labels: Labels
    mentions: int


_NONE: Final = _Counts((0, 0, 0), 0)

#: Counts now and in the period before.
_Pair = tuple[_Counts, _Counts]


def changes(store: Store, filters: Filters) -> list[Fact]:
    """The facts, the most general first; none when no closed period is asked for or both are silent."""
    before = previous(filters)
    if before is None:
        return []
    parts = {
        name: _pairs(store, filters, before, name) for name in DIMENSIONS if name != "subject" or filters.watchlist
    }
    every = parts["platform"].values()
    whole = _sum(now for now, _ in every), _sum(then for _, then in every)
    if not whole[0].mentions and not whole[1].mentions:
        return []
    subjects = parts.get("subject", {})
    told = subjects if len(subjects) > 1 else {}
    volume, net = _volume_fact(None, whole), _net_fact(None, whole)
    facts = [replace(volume, drivers=_drivers(parts, volume, _moved_mentions))]
    if net is not None and net.significant:
        facts.append(replace(net, drivers=_drivers(parts, net, _moved_net)))
    return [*facts, *_subject_volumes(told), *_subject_nets(told)]


def _pairs(store: Store, filters: Filters, before: Filters, dimension: str) -> dict[str, _Pair]:
    now, then = _counts(store.labels(filters, [dimension])), _counts(store.labels(before, [dimension]))
    return {value: (now.get(value, _NONE), then.get(value, _NONE)) for value in {**now, **then}}


def _counts(frame: pd.DataFrame) -> dict[str, _Counts]:
    known = frame[frame.iloc[:, 0].notna()]
    columns = [known[name].tolist() for name in (frame.columns[0], *LABELS, "unlabelled")]
    return {
        value: _Counts((positive, neutral, negative), positive + neutral + negative + rest)
        for value, positive, neutral, negative, rest in zip(*columns, strict=True)
    }


def _sum(counts: Iterable[_Counts]) -> _Counts:
    listed = list(counts)
    positive, neutral, negative = (sum(each.labels[place] for each in listed) for place in range(3))
    return _Counts((positive, neutral, negative), sum(each.mentions for each in listed))


def _volume_fact(subject: str | None, pair: _Pair) -> Fact:
    now, then = pair[0].mentions, pair[1].mentions
    change = None if formulas.few(now, then) else formulas.change(now, then)
    return Fact("mentions", subject, now, then, change, formulas.counts_differ(now, then))


def _net_fact(subject: str | None, pair: _Pair) -> Fact | None:
    now, then = (formulas.net_sentiment(*each.labels) for each in pair)
    gap = formulas.net_difference(pair[0].labels, pair[1].labels)
    if now is None or then is None or gap is None or formulas.few(*(sum(each.labels) for each in pair)):
        return None
    return Fact("net", subject, now, then, gap[0], significant=gap[1] > 0 or gap[2] < 0)


def _subject_volumes(subjects: Mapping[str, _Pair]) -> list[Fact]:
    facts = [_volume_fact(name, pair) for name, pair in subjects.items()]
    notable = [fact for fact in facts if fact.significant and _notable(fact)]
    return sorted(notable, key=lambda fact: -abs(fact.value - fact.previous))[:LISTED]


def _notable(fact: Fact) -> bool:
    """Whether so much changed about a subject that it is worth a word."""
    return max(fact.value, fact.previous) >= formulas.FEW and (fact.change is None or abs(fact.change) >= NOTABLE)


def _subject_nets(subjects: Mapping[str, _Pair]) -> list[Fact]:
    facts = [_net_fact(name, pair) for name, pair in subjects.items()]
    notable = [fact for fact in facts if fact is not None and fact.significant]
    return sorted(notable, key=lambda fact: -abs(fact.value - fact.previous))[:LISTED]


def _moved_mentions(part: _Pair, _whole: _Pair) -> float:
    return part[0].mentions - part[1].mentions


def _moved_net(part: _Pair, whole: _Pair) -> float:
    return formulas.contribution((part[0].labels, part[1].labels), (whole[0].labels, whole[1].labels))


def _drivers(
    parts: Mapping[str, Mapping[str, _Pair]], fact: Fact, moved: Callable[[_Pair, _Pair], float]
) -> tuple[Driver, ...]:
    """The values of each dimension that contributed most to the fact; the whole is that dimension's own."""
    way = 1 if fact.value > fact.previous else -1
    found = []
    for dimension, pairs in parts.items():
        whole = _sum(now for now, _ in pairs.values()), _sum(then for _, then in pairs.values())
        moves = {value: moved(pair, whole) for value, pair in pairs.items()}
        along = {value: move for value, move in moves.items() if move * way > 0}
        furthest = sorted(along, key=lambda value: -abs(moves[value]))[:DRIVERS]
        found += [Driver(dimension, name, along[name], along[name] / sum(along.values())) for name in furthest]
    return tuple(found)
