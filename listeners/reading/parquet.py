"""Parquet files: typed columns, said again as text."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec
import polars as pl

from listeners.contract import LINE, NotRecognised, Reject
from listeners.reading.records import BATCH, Chunk, Table, clean, names
from listeners.reading.sources import Source

if TYPE_CHECKING:
    import pyarrow.parquet as pq


def parquet(source: Source) -> Iterator[Table]:
    """The one table of a Parquet file. NotRecognised for a damaged one."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(source.path)
        header = names(file.schema_arrow.names, source.name)
        found = _chunks(file, header)
        first = next(found, Chunk(_empty(header), []))
    except (pa.ArrowException, OSError, UnicodeError) as error:
        raise NotRecognised("The Parquet file is damaged", where=source.name) from error
    yield Table("parquet", header, first, _while_readable(found, first))


def _while_readable(chunks: Iterator[Chunk], first: Chunk) -> Iterator[Chunk]:
    """The chunks behind the first one; where the file is damaged, a reject ends them."""
    import pyarrow as pa

    line = first.records.height + 1
    try:
        for chunk in chunks:
            yield chunk
            line += chunk.records.height
    except (pa.ArrowException, OSError, UnicodeError):
        yield Chunk(first.records.clear(), [Reject(line, "the Parquet file is damaged from here on", "{}")])


def _chunks(file: "pq.ParquetFile", header: tuple[str, ...]) -> Iterator[Chunk]:
    line = 1
    for batch in file.iter_batches(batch_size=BATCH):
        batch.validate(full=True)
        typed = pl.DataFrame(pl.from_arrow(batch)).rename(dict(zip(batch.schema.names, header, strict=True)))
        lines = pl.int_range(line, line + typed.height, dtype=pl.Int64, eager=True)
        cells = clean(pl.DataFrame([_text(column) for column in typed]))
        yield Chunk(cells.with_columns(lines.alias(LINE)), [])
        line += typed.height


def _empty(header: tuple[str, ...]) -> pl.DataFrame:
    return pl.DataFrame(schema=dict.fromkeys(header, pl.String) | {LINE: pl.Int64})


def _text(column: pl.Series) -> pl.Series:
    """A column as text: times in ISO form, lists and structures as JSON."""
    kind = column.dtype
    if isinstance(kind, pl.Datetime):
        zone = "" if kind.time_zone is None else "Z"
        moment = column.dt.convert_time_zone("UTC") if kind.time_zone else column
        text = moment.dt.strftime(f"%Y-%m-%dT%H:%M:%S%.f{zone}")
    elif kind.is_nested():
        cells = [None if cell is None else msgspec.json.encode(cell).decode() for cell in column.to_list()]
        text = pl.Series(column.name, cells, dtype=pl.String)
    elif kind == pl.Binary:
        text = pl.Series(column.name, [None] * len(column), dtype=pl.String)
    else:
        text = column.cast(pl.String)
    return text
