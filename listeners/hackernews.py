"""Stories and comments of Hacker News, as the search of Algolia answers."""

from dataclasses import dataclass
from typing import Final

import polars as pl

from listeners import markup
from listeners.contract import LINE, Batch, Context
from listeners.layout import LayoutListener
from listeners.rows import split
from tingfeng.home import config

_TEXTS: Final = ("comment_text", "story_text")


@dataclass(frozen=True)
class HackerNews(LayoutListener):
    """Two kinds of records with columns of their own; texts are HTML, and a story names itself as its story."""

    def map(self, records: pl.DataFrame, context: Context) -> Batch:
        """Mentions and rejects of a frame of hits."""
        batch = super().map(self._plain(records), context)
        reasons = {reject.line: reject.reason for reject in batch.rejects}
        reason = pl.Series([reasons.get(line) for line in records[LINE]], dtype=pl.String)
        return Batch(batch.mentions, split(records, reason)[1])

    def _plain(self, records: pl.DataFrame) -> pl.DataFrame:
        """`records` with one text, kind and address for both kinds."""
        texts = [pl.col(name) for name in _TEXTS if name in records.columns]
        text = pl.coalesce(texts) if texts else pl.lit(None, dtype=pl.String)
        own = pl.col("objectID")
        others = [
            pl.when(pl.col(name) != own).then(pl.col(name)).alias(name)
            for name in ("story_id", "parent_id")
            if name in records.columns
        ]
        made = records.with_columns(
            text.alias("text"),
            pl.when(pl.col("_tags").str.contains('"comment"')).then(pl.lit("comment")).alias("kind"),
            (pl.lit(self.rules["link"]) + own).alias("address"),
            *others,
        )
        return made.with_columns(markup.plain(made["text"]))


def hackernews() -> HackerNews:
    """The listener; its rules are in config/hackernews.yaml."""
    return HackerNews("hackernews", "hackernews", None, config("hackernews"))
