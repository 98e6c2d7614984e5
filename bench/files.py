"""The files that are measured on: demo mentions in the product's own CSV layout, one file a platform."""

from pathlib import Path

import polars as pl

from tingfeng.intake.demo import demo_batches
from tingfeng.mentions.record import FIELDS, KEY

OWN_COLUMNS = (
    *("platform", "id", "kind", "parent_id", "root_id", "url", "author_id", "author_name", "author_handle"),
    *("author_followers", "published_at", "collected_at", "title", "text", "language", "region"),
    *("likes", "comments", "shares", "saves", "views", "rating", "hashtags", "subjects", "label", "score"),
    *("confidence", "corrected", "target_sentiment", "glosses", "source"),
)


def write_files(folder: Path, mentions: int, seed: int) -> list[Path]:
    """CSV files of about `mentions` rows in `folder`, the same for the same seed."""
    frame = pl.concat(demo_batches(mentions, seed)).unique(KEY, maintain_order=True)
    times = [name for name, kind in FIELDS.items() if kind == pl.Datetime("us")]
    # What the demo invented is not imported as anybody's own.
    frame = frame.with_columns(pl.col(times).dt.strftime("%Y-%m-%dT%H:%M:%SZ"), source=pl.lit("bench"))
    known = [pl.col(name) if name in frame.columns else pl.lit(None, pl.String).alias(name) for name in OWN_COLUMNS]
    paths = []
    for (platform,), part in frame.select(known).group_by("platform", maintain_order=True):
        path = folder / f"{platform}.csv"
        part.write_csv(path, include_bom=True)
        paths.append(path)
    return paths
