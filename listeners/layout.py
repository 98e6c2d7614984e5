"""Listeners for sources with known columns: the columns are data (config/listeners/), the rules are the same."""

import re
from dataclasses import dataclass, field
from typing import Any, Self

import polars as pl

from listeners import placing
from listeners.contract import LINE, Batch, Context, Known, Sample
from listeners.fields import Fields, author, counted
from listeners.links import platforms
from listeners.nested import Nested
from listeners.rows import objections, split
from listeners.rules import paths, signatures
from listeners.table import cells
from listeners.timing import published
from listeners.wording import words
from tingfeng.mentions.counts import counts
from tingfeng.mentions.ids import is_damaged, with_content_keys
from tingfeng.mentions.record import Mark, conform


@dataclass(frozen=True)
class LayoutListener:
    """Reads one layout by rules as config/listeners/README.md explains them. `kind` is None where a column says it.

    `nested` unfolds documents of JSON whose records have these columns as paths.
    """

    name: str
    platform: str
    kind: str | None
    rules: dict[str, Any] = field(repr=False)
    nested: Nested | None = field(default=None, repr=False)

    @classmethod
    def of(cls, name: str, rules: dict[str, Any], nested: Nested | None = None) -> Self:
        """The listener whose rules say its platform and kind."""
        kind = None if {"kinds", "answers"} & set(rules) else rules.get("kind", "post")
        return cls(name, rules["platform"], kind, rules, nested)

    @property
    def how_recognised(self) -> str:
        """The columns that make a table this format, and what its documents look like."""
        without = f"; not {', '.join(self.rules['without'])}" if "without" in self.rules else ""
        tables = [f"columns {', '.join(columns)}{without}" for columns in signatures(self.rules)]
        return "; or ".join([self.nested.looks, *tables] if self.nested else tables)

    @property
    def known(self) -> Known | None:
        """How documents of this format are unfolded; None for plain tables."""
        return Known(self.nested, paths(self.rules)) if self.nested else None

    def recognise(self, sample: Sample) -> int:
        """How many columns the signature has when all are there and none of another format; all for its documents."""
        if sample.format == self.name:
            return len(paths(self.rules))
        if set(self.rules.get("without", ())) & set(sample.header):
            return 0
        if self.rules.get("linked") and not self._leads_here(sample):
            return 0
        return max(sample.count(*columns) for columns in signatures(self.rules) or [[*paths(self.rules)]])

    def _in_name(self, name: str) -> dict[str, str]:
        """What the name of a file says of all its records."""
        found = {field: re.search(pattern, name) for field, pattern in self.rules.get("in_name", {}).items()}
        return {field: said[1] for field, said in found.items() if said}

    def _leads_here(self, sample: Sample) -> bool:
        """Whether some address of the sample is one of the platform."""
        urls = Fields(sample.records, self.rules)["url"]
        return bool((platforms(urls) == self.platform).any())

    def map(self, records: pl.DataFrame, context: Context) -> Batch:
        """Mentions and rejects of a frame of the layout's columns."""
        fields = Fields(records, self.rules, self._in_name(context.name))
        ids, from_link = placing.ids(self.platform, fields, self.rules)
        when = published(self.platform, ids, fields, self.rules, context)
        mentions = pl.DataFrame(
            [
                ids.alias("id"),
                when.published_at.alias("published_at"),
                when.collected_at.alias("collected_at"),
                *placing.places(self.platform, self.kind, ids, fields, self.rules),
                *author(fields),
                *words(fields, self.rules),
                cells.ratings(fields["rating"]).alias("rating"),
                counts(fields["views_estimated"])[0].alias("views_estimated"),
                cells.lists(fields["keywords"]).alias("keywords"),
                (when.from_id.cast(pl.Int64) * int(Mark.TIME_FROM_ID)).alias("time_marks"),
                (from_link.cast(pl.Int64) * int(Mark.ID_FROM_LINK)).alias("id_marks"),
                records[LINE],
            ]
        ).with_columns(pl.lit(self.platform).alias("platform"), pl.lit(self.name).alias("source"))
        marks = pl.sum_horizontal("time_marks", "id_marks", "text_marks", "count_marks").alias("marks")
        mentions = with_content_keys(
            mentions.hstack(counted(fields, borrowed=bool(self.rules.get("borrowed_counts")))).with_columns(marks)
        )
        reason = objections(mentions, when.reason, is_damaged(self.platform, ids))
        _, rejects = split(records, reason)
        kept = mentions.filter(reason.is_null())
        return Batch(conform(kept).with_columns(kept[LINE]), rejects)
