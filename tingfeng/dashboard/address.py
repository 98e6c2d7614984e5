"""What the bar of filters holds, and how it stands in the page's address."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from tingfeng.mentions.record import KINDS, LABELS
from tingfeng.store import Filters
from tingfeng.store.filters import LISTS
from tingfeng.store.pages import ORDERS

#: Presets of the period: days back from the last day of data; "custom" reads `since` and `until`.
PERIODS: Final = ("7", "30", "90", "all", "custom")
USUAL: Final = "30"

NAMES: Final = ("watchlist", "period", "since", "until", *LISTS, "query", "order")

#: Years far enough from the ends of the calendar to reckon with days and zones.
_YEARS: Final = range(1900, 9999)

_ONES: Final = ("watchlist", "period", "since", "until", "query", "order")


@dataclass(frozen=True)
class Known:
    """What the store has to filter by; `watchlists` are names with their subjects."""

    watchlists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    platforms: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()

    def of(self, name: str, watchlist: str | None) -> Collection[str]:
        """The values that the list parameter `name` may have."""
        return {
            "subject": self.watchlists.get(watchlist or "", ()),
            "platform": self.platforms,
            "language": self.languages,
            "kind": KINDS,
            "region": self.regions,
            "label": LABELS,
        }[name]


@dataclass(frozen=True)
class Choice:
    """What a reader chose to look at. `since` is a day or time, `until` the first one after it, both as
    written. `order` is that of the list of mentions."""

    watchlist: str | None = None
    period: str = USUAL
    since: str | None = None
    until: str | None = None
    subjects: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    query: str | None = None
    order: str | None = None

    def to_params(self) -> dict[str, list[str]]:
        """The parameters of the address; what is not chosen is left out."""
        one = {name: [value] for name in _ONES if (value := self._one(name))}
        many = {name: list(getattr(self, where)) for name, where in LISTS.items() if getattr(self, where)}
        return one | many

    def _one(self, name: str) -> str | None:
        if name in {"since", "until"} and self.period != "custom":
            return None
        value: str | None = getattr(self, name)
        return value

    def filters(self, zone: str, last_day: date | None) -> Filters:
        """The same choice as the store's filters, days being those of `zone` and presets ending with `last_day`.

        One subject alone means what is said about it: labels and net sentiment are those toward it.
        """
        since, until = self.span(last_day)
        lists = {where: getattr(self, where) for where in LISTS.values()}
        one = len(self.subjects) == 1
        return Filters(self.watchlist, query=self.query, since=since, until=until, zone=zone, toward=one, **lists)

    def span(self, last_day: date | None) -> tuple[str | None, str | None]:
        """`since` and `until` of the period; None means open."""
        if self.period == "custom":
            return self.since, self.until
        if self.period == "all" or last_day is None:
            return None, None
        until = last_day + timedelta(days=1)
        return str(until - timedelta(days=int(self.period))), str(until)

    def fixed(self, last_day: date | None) -> "Choice":
        """The same view with its days written out, so that a link to it shows the same tomorrow."""
        since, until = self.span(last_day)
        return replace(self, period="custom" if since or until else "all", since=since, until=until)

    def without(self, name: str, value: str | None = None) -> "Choice":
        """Without one value of a list parameter, or without the query."""
        if name not in LISTS:
            return replace(self, **{name: None})  # type: ignore[arg-type]
        where = LISTS[name]
        kept: Any = tuple(each for each in getattr(self, where) if each != value)
        return replace(self, **{where: kept})

    def narrowed(self) -> bool:
        """Whether anything but the watchlist and the usual period is chosen."""
        return replace(self, order=None) != Choice(watchlist=self.watchlist)


def read(params: Mapping[str, list[str]], known: Known) -> tuple[Choice, list[str]]:
    """The choice that an address stands for, and its values that mean nothing here, as `name=value`."""
    dropped: list[str] = []
    watchlist = _one_of(params, "watchlist", known.watchlists, dropped) or next(iter(known.watchlists), None)
    lists = {where: _those_of(params, name, known.of(name, watchlist), dropped) for name, where in LISTS.items()}
    since, until = _ends(params, dropped)
    usual = "custom" if since or until else USUAL
    period = _one_of(params, "period", PERIODS, dropped) or usual
    if period != "custom":
        since = until = None
    query = (params.get("query") or [""])[-1].strip() or None
    order = _one_of(params, "order", ORDERS, dropped)
    return Choice(watchlist, period, since, until, query=query, order=order, **lists), dropped


def _one_of(params: Mapping[str, list[str]], name: str, known: Collection[str], dropped: list[str]) -> str | None:
    chosen = _those_of(params, name, known, dropped)
    return chosen[-1] if chosen else None


def _those_of(
    params: Mapping[str, list[str]], name: str, known: Collection[str], dropped: list[str]
) -> tuple[str, ...]:
    given = params.get(name, [])
    dropped += [f"{name}={value}" for value in given if value not in known]
    return tuple(dict.fromkeys(value for value in given if value in known))


def _ends(params: Mapping[str, list[str]], dropped: list[str]) -> tuple[str | None, str | None]:
    """`since` and `until`; a period that ends before it begins is none."""
    since, until = _moment(params, "since", dropped), _moment(params, "until", dropped)
    begin, end = Filters(since=since, until=until).period
    if begin and end and begin > end:
        dropped += [f"since={since}", f"until={until}"]
        return None, None
    return since, until


def _moment(params: Mapping[str, list[str]], name: str, dropped: list[str]) -> str | None:
    given = params.get(name, [])
    if not given:
        return None
    try:
        year = datetime.fromisoformat(given[-1]).year
    except ValueError:
        year = None
    if year is None or year not in _YEARS:
        dropped.append(f"{name}={given[-1]}")
        return None
    return given[-1]
