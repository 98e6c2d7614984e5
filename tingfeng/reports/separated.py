"""Mentions as CSV: UTF-8 with a byte-order mark for Excel, one header, LF line ends, formulas made harmless."""

from collections.abc import Iterable
from typing import BinaryIO, Final

import polars as pl

from tingfeng.mentions.guard import guarded
from tingfeng.reports.columns import COLUMNS, LOCAL_TIME, UTC_TIMES

_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


def write_csv(batches: Iterable[pl.DataFrame], out: BinaryIO) -> None:
    """Write the header and all batches (columns of `COLUMNS`); unknown is an empty cell."""
    out.write(_BYTE_ORDER_MARK + ",".join(COLUMNS).encode() + b"\n")
    out.writelines(written(batch).write_csv(include_header=False).encode() for batch in batches)


def written(batch: pl.DataFrame) -> pl.DataFrame:
    """`batch` with times as the contract writes them and texts guarded."""
    times = [pl.col(name).dt.strftime("%Y-%m-%dT%H:%M:%SZ") for name in UTC_TIMES]
    local = pl.col(LOCAL_TIME).dt.strftime("%Y-%m-%d %H:%M:%S")
    texts = [guarded(pl.col(name)) for name, kind in COLUMNS.items() if kind == pl.String]
    return batch.with_columns(*times, local, *texts)
