"""Listeners for exports of one platform with known columns: the columns are data, the rules are the same."""

from dataclasses import dataclass, field
from datetime import UTC, timedelta
from typing import Any, Final

import polars as pl

from listeners import links
from listeners.contract import LINE, Batch, Context, Sample
from listeners.dating import Dated, dated
from listeners.fields import Fields, author, counted
from listeners.rows import objections, split
from listeners.table import cells
from listeners.texts import all_own, hashtags, own_part
from tingfeng.mentions.ids import find_zone, id_times, is_damaged, with_content_keys
from tingfeng.mentions.record import Mark, conform
from tingfeng.mentions.times import times, zone

_AHEAD: Final = timedelta(hours=8)
_NEAR: Final = timedelta(minutes=5)


@dataclass(frozen=True)
class LayoutListener:
    """Reads one layout by rules as config/mediacrawler.yaml explains them. `kind` is None where a column says it."""

    name: str
    platform: str
    kind: str | None
    rules: dict[str, Any] = field(repr=False)

    @property
    def how_recognised(self) -> str:
        """The columns that make a table this format."""
        without = f"; not {', '.join(self.rules['without'])}" if "without" in self.rules else ""
        return f"columns {', '.join(self.rules['signature'])}{without}"

    def recognise(self, sample: Sample) -> int:
        """How many columns the signature has when all are there and none of another format."""
        if set(self.rules.get("without", ())) & set(sample.header):
            return 0
        return sample.count(*self.rules["signature"])

    def map(self, records: pl.DataFrame, context: Context) -> Batch:
        """Mentions and rejects of a frame of MediaCrawler's columns."""
        fields = Fields(records, self.rules["columns"])
        ids = cells.ids(fields["id"])
        collected, _ = times(fields["collected"], UTC, day_first=context.days_come_first(fields["collected"]))
        when = self._published(ids, fields, collected, context)
        mentions = pl.DataFrame(
            [
                ids.alias("id"),
                when.published_at.alias("published_at"),
                collected.alias("collected_at"),
                *self._place(ids, fields),
                *author(fields),
                *self._words(fields),
                fields["keywords"].alias("keywords"),
                (when.from_id.cast(pl.Int64) * int(Mark.TIME_FROM_ID)).alias("time_marks"),
                records[LINE],
            ]
        ).with_columns(pl.lit(self.platform).alias("platform"), pl.lit(self.name).alias("source"))
        marks = pl.sum_horizontal("time_marks", "text_marks", "count_marks").alias("marks")
        mentions = with_content_keys(mentions.hstack(counted(fields)).with_columns(marks))
        reason = objections(mentions, when.reason, is_damaged(self.platform, ids))
        _, rejects = split(records, reason)
        kept = mentions.filter(reason.is_null())
        return Batch(conform(kept).with_columns(kept[LINE]), rejects)

    def _published(self, ids: pl.Series, fields: Fields, collected: pl.Series, context: Context) -> Dated:
        """The written time; on Weibo the one with a zone, because the number is often eight hours ahead."""
        number = fields["time"]
        first = context.days_come_first(number)
        if self.rules.get("local_times") and not context.time_zone:
            local, _ = times(number, UTC, day_first=first)
            context.time_zone = find_zone(self.platform, ids, local) or self.rules["zone"]
        here = zone(context.time_zone or self.rules.get("zone", "UTC"))
        if "written" not in fields.columns:
            return dated(self.platform, ids, number, here, collected, day_first=first)
        first = context.days_come_first(fields["written"])
        read, _ = times(fields["written"], here, day_first=first)
        written = fields["written"].zip_with(read.is_not_null(), number)
        when = dated(self.platform, ids, written, here, collected, day_first=first)
        ahead = (when.published_at - id_times(self.platform, ids) - _AHEAD).abs() <= _NEAR
        ahead = (ahead & read.is_null()).fill_null(value=False)
        published = (when.published_at - _AHEAD).zip_with(ahead, when.published_at)
        return Dated(published, when.from_id | ahead, when.reason)

    def _place(self, ids: pl.Series, fields: Fields) -> list[pl.Series]:
        """Kind, what it answers to, and the address of the post."""
        posts = cells.ids(fields["post"])
        posts = posts.set(is_damaged(self.platform, posts), None)
        parents = cells.ids(fields["parent"])
        parents = parents.set(is_damaged(self.platform, parents) | (parents == ids).fill_null(value=False), None)
        linked = self._links(posts if "post" in self.rules["columns"] else ids, fields)
        written = links.cleaned(fields["url"]) if "url" in fields.columns else linked
        return [
            self._kinds(fields).alias("kind"),
            parents.zip_with(parents.is_not_null(), posts).alias("parent_id"),
            posts.alias("root_id"),
            written.zip_with(written.is_not_null(), linked).alias("url"),
        ]

    def _kinds(self, fields: Fields) -> pl.Series:
        if self.kind:
            return pl.repeat(self.kind, len(fields["id"]), eager=True)
        return fields["kind"].replace_strict(self.rules["kinds"], default="post", return_dtype=pl.String)

    def _links(self, posts: pl.Series, fields: Fields) -> pl.Series:
        """Addresses of posts by their ids, and where it matters by their type."""
        form = self.rules.get("links", {})
        start = fields["post_type"].replace_strict(form, default=self.rules["link"], return_dtype=pl.String)
        return pl.select(start + posts).to_series()

    def _words(self, fields: Fields) -> list[pl.Series]:
        """Title, text, how much of it is the author's own, and hashtags."""
        text, title = _unless_blank(fields["text"]), _unless_blank(fields["title"])
        title = title.set((title.str.strip_chars() == text.str.strip_chars()).fill_null(value=False), None)
        own, cut = own_part(text) if self.rules.get("forwards") else all_own(text)
        spoken = pl.select(pl.concat_str([title, text], separator="\n", ignore_nulls=True)).to_series()
        return [
            title.alias("title"),
            text.alias("text"),
            own.alias("own_chars"),
            (cut.cast(pl.Int64) * int(Mark.TEXT_CUT)).alias("text_marks"),
            hashtags(spoken, self.rules.get("hashtag"), fields["hashtags"]),
        ]


def _unless_blank(words: pl.Series) -> pl.Series:
    return words.set(words.str.strip_chars() == "", None)
