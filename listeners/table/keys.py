"""The keys of a table's rows: their own ids, else the ones in their links, else keys made from their content."""

from typing import Final

import polars as pl

from listeners import links
from tingfeng.mentions.ids import content_key, is_damaged
from tingfeng.mentions.record import Mark

_ROUNDED: Final = r"(?i)^\d(\.\d+)?e\+\d+$"
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
    return ids.set(ids.str.contains(_ROUNDED), None)


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
    lost = own.str.contains(_ROUNDED)
    for rounded in (own.str.contains(_ZEROED), _is_double(own)):
        if rounded.sum() * 2 > own.count():
            lost |= rounded
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
    root = pl.coalesce("root_id", "post")
    answered = pl.coalesce("reposted_id", parent, root)
    found = frame.select(parent_id=answered, root_id=pl.when(kind="comment").then(root))
    return [found["parent_id"], found["root_id"]]


def with_content_keys(frame: pl.DataFrame) -> pl.DataFrame:
    """`frame` with a key made from platform, author, time and text where there is no id."""
    missing = frame["id"].is_null() & frame["platform"].is_not_null()
    if not missing.any():
        return frame
    content = frame.filter(missing).select(
        "platform",
        pl.coalesce("author_id", "author_handle", "author_name"),
        "published_at",
        pl.coalesce("text", "title"),
    )
    made = iter([content_key(*row) for row in content.iter_rows()])
    key = [next(made) if gap else id_ for id_, gap in zip(frame["id"], missing, strict=True)]
    return frame.with_columns(
        pl.Series("id", key, dtype=pl.String), _add(frame["marks"], missing, Mark.ID_FROM_CONTENT)
    )


def objections(frame: pl.DataFrame, unreadable: pl.Series) -> pl.Series:
    """Why each row is no mention (String); null where it is one."""
    nothing = pl.all_horizontal(
        pl.col(name).is_null() for name in ("text", "title", "author_id", "author_name", "author_handle")
    )
    reason = (
        pl.when(nothing)
        .then(pl.lit("no text, no title, no author"))
        .when(pl.col("platform").is_null())
        .then(pl.lit("the platform is not known"))
        .when(unreadable)
        .then(pl.lit("the date cannot be read"))
    )
    return frame.select(reason.alias("reason"))["reason"]


def _add(marks: pl.Series, where: pl.Series, mark: Mark) -> pl.Series:
    return (marks | (where.cast(pl.Int64) * int(mark))).alias("marks")
