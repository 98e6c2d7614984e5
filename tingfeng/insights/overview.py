"""What the overview shows: cards, what changed, and the frames below them."""

from dataclasses import dataclass, replace
from typing import Any, Final

import pandas as pd

from tingfeng.insights import formulas
from tingfeng.insights.changes import Fact, changes
from tingfeng.insights.coverage import Covered, coverage, daily_volume
from tingfeng.insights.formulas import Interval
from tingfeng.insights.measures import sentiment, share_of_voice
from tingfeng.insights.periods import previous
from tingfeng.insights.standout import Standout, standout
from tingfeng.mentions.record import LABELS
from tingfeng.store import Filters, Store

Totals = dict[str, Any]

#: Kinds of subjects whose shares of voice can be compared. A topic overlaps those who take part in it, and is in none.
VOICES: Final = {"brands": ("brand", "product", "competitor"), "kols": ("kol",)}

#: How many of the most engaged mentions are shown.
TOP = 5


@dataclass(frozen=True)
class Card:
    """A number with what is needed to believe it.

    `name`: mentions, net, engagement, authors or negative (share of negative mentions among those with a label).
    `change` is relative for counts and a difference for net and negative, which have an `interval`; it is None where
    the previous value is unknown or rests on too little. `n` mentions stand behind the value, `before` behind the
    previous one (None: there is no period before). `daily` has date and value.
    """

    name: str
    value: float | None
    previous: float | None
    change: float | None
    interval: Interval | None
    n: int
    daily: pd.DataFrame
    before: int | None = None

    @property
    def new(self) -> bool:
        """Whether there was nothing before and is something now."""
        return self.before == 0 and bool(self.value) and self.interval is None

    @property
    def incomparable(self) -> bool:
        """Whether one of the two periods has too few mentions to be held against the other."""
        return self.before is not None and formulas.few(self.n, self.before)

    @property
    def few(self) -> bool:
        """Whether the value rests on so few mentions that a reader must be warned."""
        return self.n < formulas.FEW


@dataclass(frozen=True)
class Overview:
    """Cards by name; facts; daily volume by platform, language and subject; daily sentiment; shares; top mentions; the
    day that stands out.

    `covered` says for which days each platform has data (see `coverage`). `shares` are by `VOICES`. Without a
    watchlist there are no subjects and no shares.
    """

    cards: dict[str, Card]
    facts: list[Fact]
    covered: list[Covered]
    volume: dict[str, pd.DataFrame]
    sentiment: pd.DataFrame
    shares: dict[str, pd.DataFrame]
    top: pd.DataFrame
    standout: Standout | None = None


def overview(store: Store, filters: Filters) -> Overview:
    """All of it, for one set of filters."""
    covered = coverage(store, filters)
    labelled = sentiment(store, filters, ["day"])
    dimensions = ("platform", "language", "subject") if filters.watchlist else ("platform", "language")
    return Overview(
        cards=cards(store, filters, daily_volume(store, filters, None, covered), labelled),
        facts=changes(store, filters),
        covered=covered,
        volume={by: daily_volume(store, filters, by, covered) for by in dimensions},
        sentiment=labelled,
        shares=_shares(store, filters) if filters.watchlist else {},
        top=store.mentions_page(filters, order="engagement", limit=TOP),
        standout=standout(store, filters, covered),
    )


def _shares(store: Store, filters: Filters) -> dict[str, pd.DataFrame]:
    """Share of voice among the subjects of each of `VOICES` that there are."""
    frames = {name: share_of_voice(store, filters, kinds) for name, kinds in VOICES.items()}
    return {name: frame for name, frame in frames.items() if len(frame)}


def cards(store: Store, filters: Filters, volume: pd.DataFrame, labelled: pd.DataFrame) -> dict[str, Card]:
    """The cards in their order, from the daily frames and the totals of the period and of the one before."""
    before = previous(filters)
    now, then = store.totals(filters), store.totals(before) if before else None
    counts = [_count_card(name, now, then, volume) for name in ("mentions", "engagement", "authors")]
    mentions, engagement, authors = counts
    ordered = (mentions, _net_card(now, then, labelled), engagement, authors, _negative_card(now, then, labelled))
    return {card.name: replace(card, change=None) if card.incomparable else card for card in ordered}


def _count_card(name: str, now: Totals, then: Totals | None, volume: pd.DataFrame) -> Card:
    before = then[name] if then else None
    daily = volume[["date", name]].rename(columns={name: "value"})
    change = formulas.change(now[name], before)
    return Card(name, now[name], before, change, None, now["mentions"], daily, then["mentions"] if then else None)


def _net_card(now: Totals, then: Totals | None, labelled: pd.DataFrame) -> Card:
    value, before = formulas.net_sentiment(*_labels(now)), formulas.net_sentiment(*_labels(then)) if then else None
    daily = labelled[["date", "net"]].rename(columns={"net": "value"})
    around = formulas.net_interval(*_labels(now))
    change, n_before = formulas.difference(value, before), sum(_labels(then)) if then else None
    return Card("net", value, before, change, around, sum(_labels(now)), daily, n_before)


def _negative_card(now: Totals, then: Totals | None, labelled: pd.DataFrame) -> Card:
    whole = sum(_labels(now))
    value = formulas.share(now["negative"], whole)
    n_before = sum(_labels(then)) if then else None
    before = formulas.share(then["negative"], n_before) if then else None
    shares = labelled["negative"] / labelled[list(LABELS)].sum(axis="columns").replace(0, pd.NA)
    daily = pd.DataFrame({"date": labelled["date"], "value": shares.astype("float64")})
    around = formulas.share_interval(now["negative"], whole)
    return Card("negative", value, before, formulas.difference(value, before), around, whole, daily, n_before)


def _labels(totals: Totals) -> formulas.Labels:
    return totals["positive"], totals["neutral"], totals["negative"]
