"""Which mentions a question is about: one frozen object for pages, addresses, commands and exports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Self

from tingfeng import queries
from tingfeng.errors import UsageError
from tingfeng.mentions.times import zone as time_zone
from tingfeng.queries import Sql

#: The names of the list filters in addresses and commands, and their fields.
LISTS: Final = {
    "subject": "subjects",
    "platform": "platforms",
    "language": "languages",
    "kind": "kinds",
    "region": "regions",
    "label": "labels",
}
_TEXTS: Final = ("watchlist", "query", "since", "until")
_FLAGS: Final = ("toward", "hidden", "own")
_COLUMNS: Final = {"platform": "platforms", "language": "languages", "kind": "kinds", "region": "regions"}


@dataclass(frozen=True)
class Filters:
    """A period (`since` inclusive, `until` exclusive, as written, read in `zone`), lists of allowed values, a query.

    An empty list allows everything. Without a watchlist all mentions are meant. Labels are the mention's, with `toward`
    what is said about one of the subjects. `hidden` asks for the hidden mentions instead of the others.
    `own` leaves out what the demo invented, as own watchlists do, once there are own mentions.
    """

    watchlist: str | None = None
    subjects: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    query: str | None = None
    since: str | None = None
    until: str | None = None
    zone: str = "UTC"
    toward: bool = False
    hidden: bool = False
    own: bool = False

    def to_params(self) -> dict[str, list[str]]:
        """The filters as parameters of an address; what is not filtered is left out."""
        params = {name: list(getattr(self, field)) for name, field in LISTS.items()}
        params |= {name: [getattr(self, name)] for name in _TEXTS if getattr(self, name) is not None}
        params |= {"zone": [self.zone]} if self.zone != "UTC" else {}
        params |= {name: ["true"] for name in _FLAGS if getattr(self, name)}
        return {name: values for name, values in params.items() if values}

    @classmethod
    def from_params(cls, params: Mapping[str, Sequence[str]]) -> Self:
        """The filters that `to_params` wrote; other parameters are left alone."""
        values: dict[str, Any] = {field: tuple(params.get(name, ())) for name, field in LISTS.items()}
        values |= {name: params[name][-1] for name in (*_TEXTS, "zone") if params.get(name)}
        values |= {name: list(params.get(name, ())) == ["true"] for name in _FLAGS}
        return cls(**values)

    @property
    def about(self) -> str | None:
        """The one subject toward which all labels and scores are; None where they are those of whole mentions."""
        one = self.toward and self.watchlist is not None and len(self.subjects) == 1
        return self.subjects[0] if one else None

    @property
    def period(self) -> tuple[datetime | None, datetime | None]:
        """`since` and `until` as naive UTC times; UsageError when one cannot be read."""
        return self._moment("since"), self._moment("until")

    def _moment(self, name: str) -> datetime | None:
        written = getattr(self, name)
        if written is None:
            return None
        try:
            moment = datetime.fromisoformat(written.strip())
            zoned = moment if moment.tzinfo else moment.replace(tzinfo=time_zone(self.zone))
            return zoned.astimezone(UTC).replace(tzinfo=None)
        except (ValueError, OverflowError) as error:
            raise UsageError(
                f"{written!r} is no date or time", where=name, hint="write 2025-01-13 or 2025-01-13T18:30"
            ) from error

    def where(self, *, joined: bool = False) -> Sql:
        """The condition on `mentions m`, or on these `joined` with `matches t`.

        Joined, a row is what a mention says about one subject, and `labels` mean that.
        """
        parts = [Sql("m.hidden" if self.hidden else "NOT m.hidden", [])]
        for column, field in _COLUMNS.items():
            parts += _one_of(f"m.{column}", getattr(self, field))
        since, until = self.period
        parts += [Sql("m.published_at >= ?", [since])] if since else []
        parts += [Sql("m.published_at < ?", [until])] if until else []
        toward = _one_of("t.label", self.labels) if joined or self.toward else []
        parts += [] if toward else _one_of("m.label", self.labels)
        if self.watchlist is not None:
            parts.append(self._matched(toward, joined=joined))
        if self.query is not None:
            parts.append(queries.to_sql(queries.parse(self.query, self.zone)))
        return _all(parts)

    def _matched(self, toward: list[Sql], *, joined: bool) -> Sql:
        """Whether one of the subjects matches."""
        matched = _all([Sql("t.watchlist = ?", [self.watchlist]), *_one_of("t.subject", self.subjects), *toward])
        if joined:
            return matched
        text = f"EXISTS (SELECT 1 FROM matches t WHERE t.mention = m.number AND {matched.text})"
        return Sql(text, matched.params)


def _all(parts: Sequence[Sql]) -> Sql:
    """`parts` joined with AND."""
    return Sql(" AND ".join(part.text for part in parts), [value for part in parts for value in part.params])


def _one_of(column: str, values: Sequence[str]) -> list[Sql]:
    if not values:
        return []
    return [Sql(f"{column} IN ({', '.join('?' * len(values))})", list(values))]
