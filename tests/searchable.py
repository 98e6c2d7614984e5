"""The searchable text of mentions that a test made up."""

from collections.abc import Iterable

import polars as pl

from tingfeng.mentions.searchable import folded_mentions

_SEARCHED = dict.fromkeys(("title", "text", "hashtags"), pl.String)


def searchable(mentions: Iterable[tuple[str | None, str | None, str | None]]) -> list[str]:
    """Of each (title, text, hashtags joined with `|`)."""
    return folded_mentions(pl.DataFrame(list(mentions), _SEARCHED, orient="row")).to_list()
