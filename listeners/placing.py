"""Where a record belongs: its id, its kind, what it answers to, and its address."""

import re
from typing import Any

import polars as pl

from listeners import links
from listeners.fields import Fields
from listeners.table import cells
from tingfeng.mentions.ids import is_damaged


def ids(platform: str, fields: Fields, rules: dict[str, Any]) -> tuple[pl.Series, pl.Series]:
    """Each record's id, and whether its link had to tell it because a spreadsheet had damaged the written one."""
    own = cells.ids(fields["id"])
    if "url" not in fields.columns or not rules.get("ids_in_links"):
        return own, pl.repeat(False, len(own), eager=True)  # noqa: FBT003 - a value
    posts, comments = links.post_ids(platform, fields["url"]), links.comment_ids(platform, fields["url"])
    linked = comments.zip_with(comments.is_not_null(), posts)
    damaged = is_damaged(platform, own) | _equal_to_a_spreadsheet(own, linked)
    lost = (own.is_null() | damaged).fill_null(value=True) & linked.is_not_null()
    return linked.zip_with(lost, own), lost & bool(own.count())


def _equal_to_a_spreadsheet(own: pl.Series, linked: pl.Series) -> pl.Series:
    """Whether two different ids are one number to a spreadsheet, which keeps 15 digits of it."""
    numbers = [ids.cast(pl.Float64, strict=False) for ids in (own, linked)]
    return ((numbers[0] == numbers[1]) & (own != linked)).fill_null(value=False)


def places(platform: str, kind: str | None, ids: pl.Series, fields: Fields, rules: dict[str, Any]) -> list[pl.Series]:
    """Kind, parent, root and address."""
    posts, parents, reposted = (_above(platform, fields[name]) for name in ("post", "parent", "reposted"))
    if rules.get("ids_in_links") and "post" not in fields.columns and kind == "comment":
        posts = links.post_ids(platform, fields["url"])
    parents = parents.set((parents == ids).fill_null(value=False), None)
    own = "post" not in fields.columns
    linked = _addresses(
        rules, {"id": ids, "post": ids if own else posts, "author_handle": fields["author_handle"]}, fields
    )
    written = links.cleaned(fields["url"]) if "url" in fields.columns else linked
    kinds = _kinds(kind, fields, rules)
    kinds = pl.repeat("repost", len(ids), eager=True).zip_with(reposted.is_not_null(), kinds)
    above = pl.select(pl.coalesce(reposted, parents, posts)).to_series()
    return [
        kinds.alias("kind"),
        above.alias("parent_id"),
        posts.set((posts == ids).fill_null(value=False), None).alias("root_id"),
        written.zip_with(written.is_not_null(), linked).alias("url"),
    ]


def _above(platform: str, written: pl.Series) -> pl.Series:
    """Ids of others; null where they are damaged."""
    found = cells.ids(written)
    return found.set(is_damaged(platform, found), None)


def _kinds(kind: str | None, fields: Fields, rules: dict[str, Any]) -> pl.Series:
    if kind:
        return pl.repeat(kind, len(fields["id"]), eager=True)
    return fields["kind"].replace_strict(rules["kinds"], default=rules.get("kind", "post"), return_dtype=pl.String)


def _addresses(rules: dict[str, Any], known: dict[str, pl.Series], fields: Fields) -> pl.Series:
    """Addresses made of `{id}`, `{post}` and `{author_handle}`, and where it matters by the type of the post."""
    nothing = pl.repeat(None, len(known["id"]), dtype=pl.String, eager=True)
    found = _filled(rules["link"], known) if "link" in rules else nothing
    for kind, form in rules.get("links", {}).items():
        found = _filled(form, known).zip_with(fields["post_type"].eq_missing(kind), found)
    return found


def _filled(form: str, known: dict[str, pl.Series]) -> pl.Series:
    parts = re.split(r"\{(\w+)\}", form)
    pieces = [known[part] if place % 2 else pl.lit(part) for place, part in enumerate(parts)]
    return pl.select(pl.concat_str(pieces)).to_series()
