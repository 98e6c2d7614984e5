"""What a record says: title, text, how much of it is the author's own, and hashtags."""

from typing import Any

import polars as pl

from listeners.fields import Fields
from listeners.markup import plain, unescaped
from listeners.texts import all_own, hashtags, own_part
from tingfeng.home import config
from tingfeng.mentions.record import Mark


def words(fields: Fields, rules: dict[str, Any]) -> list[pl.Series]:
    """Title, text, own_chars, text_marks and hashtags. The words of a repost are all somebody else's."""
    text, title = (_said(name, fields, rules) for name in ("text", "title"))
    spoken = text
    if title.count():
        title = title.set((title.str.strip_chars() == text.str.strip_chars()).fill_null(value=False), None)
        spoken = pl.select(pl.concat_str([title, text], separator="\n", ignore_nulls=True)).to_series()
    own, cut = own_part(text) if rules.get("forwards") else all_own(text)
    cut = cut | (fields["cut"] == "true").fill_null(value=False)
    if rules.get("silent_reposts"):
        own = own.set(fields["reposted"].is_not_null(), 0)
    return [
        title.alias("title"),
        text.alias("text"),
        own.alias("own_chars"),
        (cut.cast(pl.Int64) * int(Mark.TEXT_CUT)).alias("text_marks"),
        hashtags(spoken, config("hashtags").get(rules.get("hashtag")), fields["hashtags"]),
    ]


def _said(name: str, fields: Fields, rules: dict[str, Any]) -> pl.Series:
    """A text as people read it; null where it is blank or only a word of the site for none."""
    written = fields[name]
    if not written.count():
        return written
    if name in rules.get("html", ()):
        written = plain(written)
    elif name in rules.get("escaped", ()):
        written = unescaped(written)
    blank = (written.str.strip_chars() == "") | written.is_in(rules.get("absent", []))
    return written.set(blank.fill_null(value=False), None)
