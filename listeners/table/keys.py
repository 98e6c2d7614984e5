"""The keys of a table's rows: their own ids, else the ones in their links."""

from typing import Final

import polars as pl

from listeners import links
from tingfeng.mentions.ids import is_damaged, rounded
from tingfeng.mentions.record import Mark

_ZEROED: Final = r"^\d{15}0{2,5}$"


def with_ids(frame: pl.DataFrame) -> pl.DataFrame:
    """`frame` with `id`, `parent_id` and `root_id` from its columns and links; damaged ids are replaced and marked."""
    posts, comments = _in_links(frame)
    is_comment = frame["kind"] == "comment"
    linked = comments.zip_with(is_comment, posts)
    own = frame["id"].set(_is_lost(frame, linked), None)
    repaired = own.is_null() & linked.is_not_null() & bool(frame["id"].count())
    key = own.zip_with(own.is_not_null(), linked).alias("id")
    above = pl.DataFrame({"key": key, "post": posts.set(~is_comment, None)})
    return frame.with_columns(key, _add(frame["marks"], repaired, Mark.ID_FROM_LINK), *_parents(frame.hstack(above)))


def sound(ids: pl.Series) -> pl.Series:
    """Ids of others (authors, parents) with the ones that a spreadsheet rounded left out."""
    return ids.set(rounded(ids), None)


def _in_links(frame: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    """The ids of the post and of the comment in each row's link."""
    posts = comments = pl.Series([None] * frame.height, dtype=pl.String)
    for platform in frame["platform"].drop_nulls().unique():
        here = frame["platform"].eq_missing(platform)
        posts = links.post_ids(platform, frame["url"]).zip_with(here, posts)
        comments = links.comment_ids(platform, frame["url"]).zip_with(here, comments)
    return posts, comments


def _is_lost(frame: pl.DataFrame, linked: pl.Series) -> pl.Series:
    """Ids that a spreadsheet rounded, and ids of another shape than the platform's beside a link that has one."""
    own = frame["id"]
    lost = rounded(own)
    for shortened in (own.str.contains(_ZEROED), _is_double(own)):
        if shortened.sum() * 2 > own.count():
            lost |= shortened
    for platform in frame["platform"].drop_nulls().unique():
        here = frame["platform"].eq_missing(platform)
        lost |= here & linked.is_not_null() & is_damaged(platform, own)
    return lost.fill_null(value=False)


def _is_double(ids: pl.Series) -> pl.Series:
    """Long numbers that a double holds exactly, as one id in hundreds is by chance and a rounded one always."""
    number = ids.str.extract(r"^(\d{18,19})$", 1).cast(pl.UInt64, strict=False)
    return (number.cast(pl.Float64).cast(pl.UInt64) == number).fill_null(value=False)


def _parents(frame: pl.DataFrame) -> list[pl.Series]:
    """What a comment answers to: the comment above it or the post; what a repost repeats."""
    frame = frame.with_columns(sound(frame[name]) for name in ("parent_id", "root_id", "reposted_id"))
    parent = pl.when(pl.col("parent_id").ne_missing(pl.col("key"))).then("parent_id")
    root = pl.coalesce(pl.when(pl.col("root_id").ne_missing(pl.col("key"))).then("root_id"), "post")
    answered = pl.coalesce("reposted_id", parent, root)
    found = frame.select(parent_id=answered, root_id=pl.when(kind="comment").then(root))
    return [found["parent_id"], found["root_id"]]


def _add(marks: pl.Series, where: pl.Series, mark: Mark) -> pl.Series:
    return (marks | (where.cast(pl.Int64) * int(mark))).alias("marks")
