"""From columns of records to columns of mentions, where it is the same for every layout."""

from functools import reduce
from operator import or_

import polars as pl

from listeners.privacy import masked
from listeners.table import cells
from listeners.table.keys import sound
from tingfeng.mentions.counts import counts
from tingfeng.mentions.record import AT_LEAST


class Fields:
    """The columns of a frame by the fields that they hold; a missing one is null.

    Where a field has several columns, the first that says something counts, row by row. `meaning`: by field, what
    a cell means that the site writes otherwise.
    """

    def __init__(
        self,
        records: pl.DataFrame,
        columns: dict[str, str | list[str]],
        meaning: dict[str, dict[str, str]] | None = None,
    ) -> None:
        self.columns = columns
        self._records = records
        self._meaning = meaning or {}
        self._missing = pl.repeat(None, records.height, dtype=pl.String, eager=True)

    def __getitem__(self, field: str) -> pl.Series:
        cells = self._written(field)
        return cells.replace(self._meaning[field]) if field in self._meaning else cells

    def _written(self, field: str) -> pl.Series:
        written = self.columns.get(field, [])
        names = [name for name in ([written] if isinstance(written, str) else written) if name in self._records.columns]
        if len(names) < 2:
            return self._records[names[0]] if names else self._missing
        return self._records.select(pl.coalesce(names))[names[0]]


def author(fields: Fields) -> list[pl.Series]:
    """The account, known by its id or by the collector's hash of it."""
    ids = sound(cells.ids(fields["author_id"]))
    hashed = pl.select("hash:" + cells.ids(fields["author_hash"])).to_series()
    return [
        ids.zip_with(ids.is_not_null(), hashed).alias("author_id"),
        masked(fields["author_name"]).alias("author_name"),
        cells.ids(fields["author_handle"]).str.strip_prefix("@").alias("author_handle"),
        counts(fields["author_followers"])[0].alias("author_followers"),
        cells.places(fields["region"]).alias("region"),
    ]


def counted(fields: Fields) -> pl.DataFrame:
    """The counts, and `count_marks` for the lower bounds among them."""
    read = {name: counts(fields[name]) for name in AT_LEAST}
    marks = [at_least.cast(pl.Int64) * int(AT_LEAST[name]) for name, (_, at_least) in read.items()]
    return pl.DataFrame(
        [*(values.alias(name) for name, (values, _) in read.items()), reduce(or_, marks).alias("count_marks")]
    )
