"""Mentions from a table of unknown layout, by its mapping."""

from collections.abc import Callable
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field
from typing import Any, Final

import polars as pl

from listeners import links
from listeners.contract import LINE, Batch, Context, Sample
from listeners.privacy import masked
from listeners.rows import objections, split
from listeners.table import cells, dates, keys
from listeners.table.mapping import Mapping
from listeners.table.platforms import platforms_of_words
from listeners.table.vocabulary import COUNTS, comparable, is_chinese, words
from listeners.texts import own_part
from tingfeng.mentions.counts import counts
from tingfeng.mentions.ids import with_content_keys
from tingfeng.mentions.record import AT_LEAST, SCHEMA, Mark, conform
from tingfeng.mentions.times import times, zone

NAME: Final = "table"
Reader = Callable[[pl.Series], pl.Series]
_READERS: Final[dict[str, Reader]] = {
    "platform": platforms_of_words,
    "id": cells.ids,
    "parent_id": cells.ids,
    "root_id": cells.ids,
    "reposted_id": cells.ids,
    "author_id": lambda ids: keys.sound(cells.ids(ids)),
    "author_name": lambda names: masked(cells.known(names)),
    "author_handle": lambda names: masked(cells.handles(names)),
    "region": cells.places,
    "rating": cells.ratings,
    "hashtags": cells.lists,
    "keywords": cells.lists,
    "url": links.cleaned,
}


@dataclass(frozen=True)
class TableListener:
    """Reads one table as `layout` says.

    `links_tell`: the link of a row tells its platform. `running_ids`: the column of ids only counts the rows. A format
    with a fixed mapping has its own `name`, `others` (further columns of a field, for rows in which its first says
    nothing), and may have `answers`: a row below another one is a comment.
    """

    layout: Mapping
    header: tuple[str, ...] = ()
    links_tell: bool = False
    running_ids: bool = False
    name: str = NAME
    how_recognised: str = "a table with a column of texts or titles: by the names of its columns and what they hold"
    others: Dictionary[str, list[str]] = field(default_factory=dict)
    answers: bool = False

    @property
    def platform(self) -> str | None:
        """The platform of rows that do not say theirs."""
        return self.layout.platform

    @property
    def kind(self) -> str | None:
        """The kind of rows that do not say theirs."""
        return self.layout.kind

    @property
    def mapping(self) -> dict[str, Any]:
        """The mapping in force."""
        return self.layout.as_json()

    def recognise(self, sample: Sample) -> int:
        """0: a table is read by its mapping only where no listener knows its layout."""
        return 0

    def map(self, records: pl.DataFrame, context: Context) -> Batch:
        """Mentions and rejects of `records`; the first of them tell the zone of the written times."""
        context.running_ids = self.running_ids
        frame = _without_repetition(self._said(records, context))
        frame = frame.with_columns(self._platforms(frame))
        frame = keys.with_ids(frame.with_columns(self._kinds(frame, records)))
        frame, undated = self._dated(frame, records, context)
        frame = _own_words(with_content_keys(frame))
        reasons = objections(frame, undated)
        _, rejects = split(records, reasons)
        mentions = conform(frame).with_columns(records[LINE], source=pl.lit(self.name))
        return Batch(mentions.filter(reasons.is_null()), rejects)

    def _column(self, records: pl.DataFrame, field: str, read: Reader | None = None) -> pl.Series:
        """The cells of a field, as `read` understands them; nulls where the table has no column for it."""
        if field not in self.layout.columns:
            return pl.Series(field, [None] * records.height, dtype=pl.String)
        names = [self.layout.columns[field], *self.others.get(field, ())]
        cells = [records[name].cast(pl.String) for name in names]
        if read:
            cells = [read(one) for one in cells]
        return pl.select(pl.coalesce(cells).alias(names[0])).to_series() if len(cells) > 1 else cells[0]

    def _said(self, records: pl.DataFrame, context: Context) -> pl.DataFrame:
        """All fields but the times as the table says them; null where it does not."""
        columns: dict[str, pl.Series] = {}
        marks = pl.Series("marks", [0] * records.height, dtype=pl.Int64)
        for name in (*SCHEMA, "reposted_id"):
            if name in COUNTS:
                values = self._column(records, name)
                columns[name], at_least = counts(values)
                context.leave_unread(name, values.filter(columns[name].is_null() & values.str.contains(r"\d")))
                marks |= at_least.fill_null(value=False).cast(pl.Int64) * AT_LEAST.get(name, 0)
            else:
                columns[name] = self._column(records, name, _READERS.get(name, _as_it_is))
        return pl.DataFrame(columns).with_columns(marks)

    def _platforms(self, frame: pl.DataFrame) -> pl.Series:
        """The platform that each row names, else that of its link, else that of the table, else the web."""
        nothing = pl.lit(None, dtype=pl.String)
        linked = links.platforms(frame["url"]) if self.links_tell else nothing
        of_table = pl.lit(self.layout.platform, dtype=pl.String)
        at_large = pl.when(pl.col("url").is_not_null()).then(pl.lit("web"))
        named = pl.when(pl.col("platform") != "web").then("platform")
        return frame.select(platform=pl.coalesce(named, linked, "platform", of_table, at_large))["platform"]

    def _kinds(self, frame: pl.DataFrame, records: pl.DataFrame) -> pl.Series:
        """The kind that each row names, else what its ids tell, else that of the table or its platform."""
        named = self._column(records, "kind", _kinds_of_words)
        below = pl.col("parent_id") != pl.col("id")
        usual = pl.col("platform").replace_strict(words("kind_of_platform"), default="post")
        kind = pl.coalesce(
            pl.when(pl.col("reposted_id").is_not_null()).then(pl.lit("repost")),
            named.alias("named"),
            pl.lit(self.layout.kind, dtype=pl.String),
            pl.when(below & pl.lit(self.answers)).then(pl.lit("comment")),
            usual,
        )
        return frame.select(kind=kind)["kind"]

    def _dated(self, frame: pl.DataFrame, records: pl.DataFrame, context: Context) -> tuple[pl.DataFrame, pl.Series]:
        """`frame` with its times, and why rows whose time cannot be read are no mentions."""
        clock = self._column(records, "time_of_day") if "time_of_day" in self.layout.columns else None
        written = dates.written_times(self._column(records, "published_at"), clock)
        if context.time_zone is None:
            context.time_zone = self.layout.time_zone or self._zone(frame, written, records, context)
        collected = self._column(records, "collected_at")
        first = context.days_come_first(collected)
        collected, _ = times(collected, zone(context.time_zone), day_first=first)
        frame = frame.with_columns(collected.alias("collected_at"))
        found = dates.read_dates(frame, written, context)
        marks = frame["marks"] | (found.from_id.cast(pl.Int64) * int(Mark.TIME_FROM_ID))
        return frame.with_columns(found.published_at.alias("published_at"), marks=marks), found.reason

    def _zone(self, frame: pl.DataFrame, written: pl.Series, records: pl.DataFrame, context: Context) -> str:
        """The zone that the rows tell, else, as an assumption, that of the columns' language."""
        documents = dates.documents(records.select(self.header))
        found = dates.find_time_zone(frame, written, documents, day_first=context.days_come_first(written))
        context.zone_assumed = found is None and written.count() > 0
        return found or ("Asia/Shanghai" if any(map(is_chinese, self.header)) else "UTC")


def _kinds_of_words(said: pl.Series) -> pl.Series:
    """The kind that each word stands for."""
    known = {comparable(word): kind for kind, listed in words("kind_words").items() for word in listed}
    return pl.Series(said.name, [known.get(comparable(word)) if word else None for word in said], dtype=pl.String)


def _without_repetition(frame: pl.DataFrame) -> pl.DataFrame:
    """`frame` without the titles that only repeat the text."""
    same = pl.col("title").str.strip_chars() == pl.col("text").str.strip_chars()
    return frame.with_columns(title=pl.when(~same.fill_null(value=False)).then("title"))


def _own_words(frame: pl.DataFrame) -> pl.DataFrame:
    """`frame` with how much of each Weibo text is its author's own, and which ones the site cut."""
    here = frame["platform"].eq_missing("weibo")
    own, cut = own_part(frame["text"])
    marks = frame["marks"] | (cut & here).cast(pl.Int64) * int(Mark.TEXT_CUT)
    return frame.with_columns(own.set(~here, None).alias("own_chars"), marks.alias("marks"))


def _as_it_is(values: pl.Series) -> pl.Series:
    return values.set(values.str.strip_chars() == "", None)
