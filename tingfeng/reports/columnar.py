"""Mentions as Parquet: typed, UTC times with their zone, one row group a batch."""

from collections.abc import Iterable
from typing import BinaryIO

import polars as pl
import pyarrow.parquet as pq

from tingfeng.reports.columns import COLUMNS, UTC_TIMES


def write_parquet(batches: Iterable[pl.DataFrame], out: BinaryIO) -> None:
    """Write all batches (columns of `COLUMNS`); without any, a file with the schema alone."""
    empty = pl.DataFrame(schema=COLUMNS)
    with pq.ParquetWriter(out, _typed(empty).to_arrow().schema, compression="zstd") as writer:
        for batch in batches:
            writer.write_table(_typed(batch).to_arrow())


def _typed(batch: pl.DataFrame) -> pl.DataFrame:
    return batch.with_columns(pl.col(name).dt.replace_time_zone("UTC") for name in UTC_TIMES)
