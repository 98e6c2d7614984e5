"""From columns of records to columns of mentions, where it is the same for every layout."""

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Any, Final

import polars as pl

from listeners.privacy import masked
from listeners.rules import listed
from listeners.table import cells
from listeners.table.keys import sound
from tingfeng.mentions.counts import counts
from tingfeng.mentions.record import AT_LEAST

_NUMBERS: Final = r"\[(?:phone|id card|ip)\]"


class Fields:
    """The columns of a frame by the fields that they hold; a missing one is null.

    `rules` are those of a layout. Where a field has several columns, the first that says something counts, row by row.
    Of a field of which a record says nothing, `in_url` has the pattern by which its address tells it, and `elsewhere`
    what holds for all records. `meaning` is, by field, what a cell means that the site writes otherwise.
    """

    def __init__(
        self, records: pl.DataFrame, rules: Mapping[str, Any], elsewhere: Mapping[str, str] | None = None
    ) -> None:
        self._in_url: Mapping[str, str] = rules.get("in_url", {})
        self._meaning: Mapping[str, dict[str, str]] = rules.get("meaning", {})
        self._elsewhere = elsewhere or {}
        nowhere: dict[str, str | list[str]] = {field: [] for field in self._in_url}
        self.columns: dict[str, str | list[str]] = nowhere | rules["columns"]
        self._records = records
        self._missing = pl.repeat(None, records.height, dtype=pl.String, eager=True)

    def __getitem__(self, field: str) -> pl.Series:
        cells = self._written(field)
        if field in self._meaning:
            return cells.replace(self._meaning[field])
        if field not in self._in_url:
            return cells
        linked = self._written("url").str.extract(self._in_url[field], 1)
        return cells.zip_with(cells.is_not_null(), linked)

    def _written(self, field: str) -> pl.Series:
        names = [name for name in listed(self.columns.get(field, [])) if name in self._records.columns]
        if field not in self._elsewhere and len(names) < 2:
            return self._records[names[0]] if names else self._missing
        otherwise = pl.repeat(self._elsewhere.get(field), self._records.height, dtype=pl.String)
        return self._records.select(pl.coalesce(*names, otherwise)).to_series()

    def has(self, field: str) -> bool:
        """Whether the records have a column for it."""
        return not {*listed(self.columns.get(field, []))}.isdisjoint(self._records.columns)


def author(fields: Fields) -> list[pl.Series]:
    """The account, known by its id or by the collector's hash of it."""
    ids = sound(cells.ids(fields["author_id"]))
    if (hashes := fields["author_hash"]).count():
        hashed = pl.select("hash:" + cells.ids(hashes)).to_series()
        ids = ids.zip_with(ids.is_not_null(), hashed)
    return [
        ids.alias("author_id"),
        masked(fields["author_name"]).alias("author_name"),
        handles(fields).alias("author_handle"),
        counts(fields["author_followers"])[0].alias("author_followers"),
        cells.places(fields["region"]).alias("region"),
    ]


def handles(fields: Fields) -> pl.Series:
    """Names of accounts without their `@`; null for one that holds a number which leads to somebody.

    `name@server`, as Mastodon has them, is no e-mail address.
    """
    written = cells.ids(fields["author_handle"]).str.strip_prefix("@")
    return written.set(masked(written).str.contains(_NUMBERS).fill_null(value=False), None)


def counted(fields: Fields, *, borrowed: bool = False) -> pl.DataFrame:
    """The counts, and `count_marks` for the lower bounds among them. A repost has none when it shows its original's."""
    written = {name: fields[name] for name in AT_LEAST}
    if borrowed:
        written = {name: shown.set(fields["reposted"].is_not_null(), None) for name, shown in written.items()}
    read = {name: counts(shown) for name, shown in written.items()}
    marks = [at_least.cast(pl.Int64) * int(AT_LEAST[name]) for name, (_, at_least) in read.items()]
    return pl.DataFrame(
        [*(values.alias(name) for name, (values, _) in read.items()), reduce(or_, marks).alias("count_marks")]
    )
