"""What of a mention is searched and matched."""

import polars as pl

from tingfeng.mentions.text import BORDER, fold_table


def folded_mentions(mentions: pl.DataFrame) -> pl.Series:
    """The searchable text of mentions: title, text, and each of the hashtags, folded and parted by `BORDER`."""
    title, text, hashtags = (
        pl.col(name).fill_null("").str.replace_all("\n", " ", literal=True).str.replace_all(BORDER, "", literal=True)
        for name in ("title", "text", "hashtags")
    )
    tags = hashtags.str.replace_all("|", BORDER, literal=True)
    lines = mentions.select(pl.concat_str(title, text, tags, separator=BORDER).str.join("\n")).item()
    return pl.Series("folded", fold_table().folded(lines) if mentions.height else [], dtype=pl.String)
