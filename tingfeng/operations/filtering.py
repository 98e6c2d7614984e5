"""Filters as a command or a page writes them, made into the store's filters."""

from collections.abc import Callable
from difflib import get_close_matches
from typing import Any, Final

from sentiment import languages
from tingfeng.errors import UsageError
from tingfeng.mentions.record import KINDS, LABELS
from tingfeng.queries import parse
from tingfeng.queries.fields import platforms
from tingfeng.store import Filters, Store
from tingfeng.store.filters import LISTS

#: Filters whose values are all known beforehand. Regions are named by the files that come in.
WORDS: Final[dict[str, Callable[[], tuple[str, ...]]]] = {
    "platform": platforms,
    "language": languages,
    "kind": lambda: KINDS,
    "label": lambda: LABELS,
}


def filters_of(store: Store, params: dict[str, Any]) -> Filters:
    """The store's filters for `{"watchlist", "platform": [...], ..., "query", "since", "until"}`.

    Raises UnknownNameError for a watchlist that is not saved, QueryError, and UsageError for a platform, language,
    kind, label or time that cannot be, and for a period that ends before it begins.
    """
    watchlist = store.watchlist(params["watchlist"])
    for name, words in WORDS.items():
        for value in params.get(name) or ():
            refuse_unknown(value, words(), name)
    asked = {name: tuple(params.get(name) or ()) for name in LISTS}
    asked |= {name: (params[name],) for name in ("query", "since", "until") if params.get(name) is not None}
    filters = Filters.from_params(asked | {"watchlist": (watchlist.name,), "zone": (watchlist.time_zone,)})
    since, until = filters.period
    if since and until and since > until:
        where = f"--since {filters.since} --until {filters.until}"
        raise UsageError("The period ends before it begins", where=where, hint="swap the two")
    if filters.query is not None:
        parse(filters.query, filters.zone)
    return filters


def refuse_unknown(word: str, known: tuple[str, ...], option: str, where: str = "") -> None:
    """UsageError with the nearest of `known` when `word` is none of them."""
    if word not in known:
        close = get_close_matches(word, known, n=1)
        hint = f"did you mean {close[0]!r}?" if close else f"there is {', '.join(known)}"
        raise UsageError(f"There is no {option} {word!r}", where=where or f"--{option}", hint=hint)
