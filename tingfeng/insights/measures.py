"""The measures that pages, commands and reports share. Each asks the store and returns one small pandas frame.

Shares and net sentiment are fractions; what is unknown is null (`<NA>` or NaN). See docs/measures.md.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Final

import pandas as pd

from tingfeng.errors import UsageError
from tingfeng.insights import formulas
from tingfeng.insights.periods import previous
from tingfeng.mentions.record import LABELS
from tingfeng.store import Filters, Store
from tingfeng.watchlists.watchlist import SUBJECT_KINDS

BY: Final = ("day", "subject")
_OF_APPS: Final = ("appstore", "appstore_charts")


def volume(store: Store, filters: Filters, by: Sequence[str] = BY) -> pd.DataFrame:
    """The `by` fields (a time bucket as `date`), mentions, engagement, authors; ordered by the `by` fields."""
    return store.volume(filters, by)


def sentiment(store: Store, filters: Filters, by: Sequence[str] = BY) -> pd.DataFrame:
    """The `by` fields, positive, neutral, negative, net, low, high (95 % interval of net), corrected."""
    frame = store.labels(filters, by)
    counts = list(zip(*(frame[label] for label in LABELS), strict=True))
    around = [formulas.net_interval(*each) or (None, None) for each in counts]
    frame["net"] = pd.Series([formulas.net_sentiment(*each) for each in counts], dtype="float64")
    frame["low"] = pd.Series([low for low, _ in around], dtype="float64")
    frame["high"] = pd.Series([high for _, high in around], dtype="float64")
    fields = [name for name in frame.columns if name not in (*LABELS, "net", "low", "high", "corrected", "unlabelled")]
    return frame[[*fields, *LABELS, "net", "low", "high", "corrected"]]


def share_of_voice(store: Store, filters: Filters, kinds: Collection[str] = SUBJECT_KINDS) -> pd.DataFrame:
    """subject, mentions, share, previous_share; the largest first, then in the watchlist's order.

    A mention of two subjects counts for both, and the whole is the sum over all subjects of the watchlist of one of the
    `kinds`, also where the filters name only some of them. `previous_share` is null without a period.
    """
    if filters.watchlist is None:
        raise UsageError("Share of voice needs a watchlist", where="share-of-voice", hint="name one with --watchlist")
    every = store.watchlist(filters.watchlist).subjects
    subjects = [subject.name for subject in every if subject.kind in kinds]
    now, before = _mentions(store, filters, subjects), _mentions(store, previous(filters), subjects)
    rows = [
        {
            "subject": name,
            "mentions": now.get(name, 0),
            "share": formulas.share(now.get(name, 0), sum(now.values())),
            "previous_share": formulas.share(before.get(name, 0), sum(before.values())),
        }
        for name in sorted(subjects, key=lambda name: -now.get(name, 0))
        if not filters.subjects or name in filters.subjects
    ]
    kinds = {"subject": "str", "mentions": "Int64", "share": "float64", "previous_share": "float64"}
    return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)


def ranks(store: Store, filters: Filters) -> pd.DataFrame:
    """date, country, chart, app, rank of the apps that the watchlist follows, as `appstore:ID` or `appstore:cc/ID`.

    A row is an app that stood in a chart on a day; of the filters only the period and the regions are heeded.
    """
    if filters.watchlist is None:
        raise UsageError("Ranks need a watchlist", where="ranks", hint="name one with --watchlist")
    listed = [source.partition(":") for source in store.watchlist(filters.watchlist).sources]
    followed = [what.strip().lower().rpartition("/") for source, _, what in listed if source in _OF_APPS]
    return store.ranks(filters, [(country.upper() or None, app) for country, _, app in followed])


MEASURES: Final[Mapping[str, Callable[..., pd.DataFrame]]] = {
    "volume": volume,
    "sentiment": sentiment,
    "share-of-voice": share_of_voice,
    "ranks": ranks,
}


def _mentions(store: Store, filters: Filters | None, subjects: Sequence[str]) -> dict[str, int]:
    """Mentions by subject, of all `subjects` whatever is filtered; nothing without filters."""
    if filters is None:
        return {}
    frame = store.volume(replace(filters, subjects=()), ["subject"])
    counted = zip(frame["subject"], frame["mentions"], strict=True)
    return {subject: mentions for subject, mentions in counted if subject in subjects}
