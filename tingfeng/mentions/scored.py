"""What of mentions sentiment reads."""

import polars as pl


def scored_texts(mentions: pl.DataFrame) -> list[str]:
    """What `scored_text` says of each mention (title, text, own_chars), all at once, which is many times as fast."""
    own = pl.when(pl.col("own_chars").is_null()).then("text").otherwise(pl.col("text").str.head("own_chars"))
    parts = (pl.when(part != "").then(part) for part in (pl.col("title"), own))
    return mentions.select(pl.concat_str(*parts, separator="\n", ignore_nulls=True)).to_series().to_list()
