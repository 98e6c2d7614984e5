"""Where a record belongs: its id, its kind, what it answers to, and its address."""

import re
from typing import Any

import polars as pl

from listeners import links
from listeners.fields import Fields, handles
from listeners.rules import listed
from listeners.table import cells
from tingfeng.mentions.ids import is_damaged


def ids(platform: str, fields: Fields, rules: dict[str, Any]) -> tuple[pl.Series, pl.Series]:
    """Each record's id, and whether its link had to tell it because a spreadsheet had damaged the written one."""
    own = _without_session(cells.ids(fields["id"]))
    if "url" not in fields.columns or not rules.get("ids_in_links"):
        return own, pl.repeat(False, len(own), eager=True)  # noqa: FBT003 - a value
    posts, comments = links.post_ids(platform, fields["url"]), links.comment_ids(platform, fields["url"])
    linked = comments.zip_with(comments.is_not_null(), posts)
    damaged = is_damaged(platform, own) | _equal_to_a_spreadsheet(own, linked)
    lost = (own.is_null() | damaged).fill_null(value=True) & linked.is_not_null()
    return linked.zip_with(lost, own), lost & fields.has("id") & bool(own.count())


def _equal_to_a_spreadsheet(own: pl.Series, linked: pl.Series) -> pl.Series:
    """Whether two different ids are one number to a spreadsheet, which keeps 15 digits of it."""
    numbers = [ids.cast(pl.Float64, strict=False) for ids in (own, linked)]
    return ((numbers[0] == numbers[1]) & (own != linked)).fill_null(value=False)


def places(platform: str, kind: str | None, ids: pl.Series, fields: Fields, rules: dict[str, Any]) -> list[pl.Series]:
    """Kind, parent, root and address."""
    posts, parents, reposted = (_above(platform, fields[name]) for name in ("post", "parent", "reposted"))
    if rules.get("ids_in_links") and "post" not in fields.columns and kind == "comment":
        posts = links.post_ids(platform, fields["url"])
    kinds = _kinds(kind, parents, fields, rules)
    if "local" in fields.columns:
        parents = _named(fields["local"], ids, parents)
    parents = parents.set((parents == ids).fill_null(value=False), None)
    roots = posts.set((posts == ids).fill_null(value=False), None)
    own = "post" not in fields.columns
    linked = _addresses(rules, {"id": ids, "post": ids if own else posts, "author_handle": handles(fields)}, fields)
    written = links.cleaned(fields["url"]) if "url" in fields.columns else linked
    kinds = pl.repeat("repost", len(ids), eager=True).zip_with(reposted.is_not_null(), kinds)
    above = pl.select(pl.coalesce(reposted, parents, roots)).to_series()
    return [
        kinds.alias("kind"),
        above.alias("parent_id"),
        roots.alias("root_id"),
        written.zip_with(written.is_not_null(), linked).alias("url"),
    ]


def _above(platform: str, written: pl.Series) -> pl.Series:
    """Ids of others; null where they are damaged."""
    if written.null_count() == len(written):
        return written
    found = _without_session(cells.ids(written))
    return found.set(is_damaged(platform, found), None)


def _without_session(ids: pl.Series) -> pl.Series:
    """Ids of which those that are links carry nobody's session."""
    linked = (ids.str.starts_with("http://") | ids.str.starts_with("https://")).fill_null(value=False)
    return links.cleaned(ids).zip_with(linked, ids) if linked.any() else ids


def _named(names: pl.Series, ids: pl.Series, wanted: pl.Series) -> pl.Series:
    """The ids of the records that have the `wanted` names among `names`; null where none of these records has it."""
    known = pl.DataFrame({"name": names, "id": ids}).drop_nulls().unique("name", keep="last")
    return wanted.replace_strict(known["name"], known["id"], default=None, return_dtype=pl.String)


def _kinds(kind: str | None, parents: pl.Series, fields: Fields, rules: dict[str, Any]) -> pl.Series:
    if kind:
        return pl.repeat(kind, len(parents), eager=True)
    usual = rules.get("kind", "post")
    if "answers" in rules:
        answers = pl.repeat(rules["answers"], len(parents), eager=True)
        return answers.zip_with(parents.is_not_null(), pl.repeat(usual, len(parents), eager=True))
    return fields["kind"].replace_strict(rules["kinds"], default=usual, return_dtype=pl.String)


def _addresses(rules: dict[str, Any], known: dict[str, pl.Series], fields: Fields) -> pl.Series:
    """Addresses made of `{id}`, `{post}` and `{author_handle}`, and where it matters by the type of the post."""
    found = pl.repeat(None, len(known["id"]), dtype=pl.String, eager=True)
    for form in listed(rules.get("link", [])):
        found = found.zip_with(found.is_not_null(), _filled(form, known))
    for kind, form in rules.get("links", {}).items():
        found = _filled(form, known).zip_with(fields["post_type"].eq_missing(kind), found)
    return found


def _filled(form: str, known: dict[str, pl.Series]) -> pl.Series:
    parts = re.split(r"\{(\w+)\}", form)
    pieces = [known[part] if place % 2 else pl.lit(part) for place, part in enumerate(parts)]
    return pl.select(pl.concat_str(pieces)).to_series()
