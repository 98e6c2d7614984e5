"""Mentions out of the store, into a file or a stream."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

import polars as pl

from tingfeng.errors import UsageError
from tingfeng.intake.progress import Progress, silent, step
from tingfeng.reports.columnar import write_parquet
from tingfeng.reports.columns import batches
from tingfeng.reports.method import Tally, method
from tingfeng.reports.separated import write_csv
from tingfeng.reports.target import opened
from tingfeng.reports.workbook import write_xlsx
from tingfeng.store import Filters, Store

FORMATS: Final = ("csv", "xlsx", "parquet")


def export(store: Store, filters: Filters, out: Path | BinaryIO, form: str, on_progress: Progress = silent) -> int:
    """Write the mentions that pass `filters` to `out` as csv, xlsx or parquet; how many there were.

    A file appears whole or not at all; OSError when it cannot be written. Any number of mentions is written in bounded
    memory.
    """
    if form not in FORMATS:
        raise UsageError(f"There is no export format {form!r}", where="format", hint=f"use {', '.join(FORMATS)}")
    tally = Tally()
    found = _counted(batches(store, filters), tally, store.count(filters), on_progress)
    with opened(out) as stream:
        if form == "xlsx":
            write_xlsx(found, stream, tally, lambda counted: method(store, filters, counted))
        elif form == "parquet":
            write_parquet(found, stream)
        else:
            write_csv(found, stream)
    return tally.rows


def _counted(
    found: Iterable[pl.DataFrame], tally: Tally, expected: int, on_progress: Progress
) -> Iterator[pl.DataFrame]:
    for batch in found:
        tally.add(batch)
        yield batch
        on_progress(step("export", tally.rows, expected))
