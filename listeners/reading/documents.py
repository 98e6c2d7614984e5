"""Tables of JSON: documents of a known format unfolded into their records; of all others nested values stay JSON."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import Any

import polars as pl

from listeners.contract import LINE, Known, Medium, NotRecognised, Refused, Reject
from listeners.nested import Document, Refusal, Wrong, cell, columns, values
from listeners.privacy import excerpt
from listeners.reading.jsontext import Found, by_lines, items, lines, whole
from listeners.reading.records import HEAD, Chunk, Table, batches, frame_of_columns, names
from listeners.reading.sources import Source

#: A record and the line where it stands, or what is none.
Line = tuple[int, Document] | Reject


def array(source: Source, known: Mapping[str, Known]) -> Iterator[Table]:
    """The table of an array of objects; `line` is the number of the item."""
    yield from _table("json", source, items(source), known)


def objects(source: Source, known: Mapping[str, Known]) -> Iterator[Table]:
    """The table of objects line by line, or of one object over several lines."""
    if by_lines(source):
        yield from _table("ndjson", source, lines(source), known)
    else:
        yield from _table("json", source, iter([(1, whole(source))]), known)


def _table(medium: Medium, source: Source, found: Iterator[Found], known: Mapping[str, Known]) -> Iterator[Table]:
    """One table of all objects; NotRecognised when there is none among the first.

    The first object tells the format, behind errors: where a collector failed at first, it says so in an object.
    """
    head: list[Found] = []
    for item in islice(found, HEAD):
        head.append(item)
        if not isinstance(item, Reject):
            name = next((name for name, one in known.items() if one.nested.fits(item[1])), None)
            if name:
                yield unfolded(medium, source, name, known[name], chain(head, found))
                return
            if not item[1].get("error"):
                break
    yield _flat(medium, source, chain(head, found))


def _flat(medium: Medium, source: Source, found: Iterator[Found]) -> Table:
    """Objects that are records themselves; what is nested in them stays JSON."""
    chunks = (_chunk(batch, source.name) for batch in batches(found))
    first = next(chunks, None)
    header = tuple(name for name in first.records.columns if name != LINE) if first else ()
    if first is None or not header:
        raise NotRecognised("The JSON holds no records", where=source.name)
    return Table(medium, header, first, (_aligned(chunk, header) for chunk in chunks))


def unfolded(medium: Medium, source: Source, name: str, known: Known, found: Iterator[Found]) -> Table:
    """The records of nested documents; `line` is the number of the record where lines say nothing."""
    records = _records(found, known, source.name, name)
    if medium != "ndjson":
        records = _numbered(records)
    chunks = (_unfolded(batch, known.paths) for batch in batches(records))
    first = next(chunks, None) or _unfolded([], known.paths)
    return Table(medium, tuple(known.paths), first, chunks, format=name)


def _records(found: Iterator[Found], known: Known, where: str, name: str) -> Iterator[Line]:
    """Each record of `found`, at the line of its document.

    Refused when the first document says that there is nothing to read; a later one that says so is a reject.
    """
    fits, records_of = known.nested.fits, known.nested.records
    several = False
    for item in found:
        if isinstance(item, Reject):
            yield item
            continue
        line, document = item
        if not fits(document):
            yield Reject(line, f"the record is not of the format {name}", _raw(document))
            continue
        try:
            for record in records_of(document):
                yield Reject(line, record.reason, _raw(record.record)) if isinstance(record, Wrong) else (line, record)
        except Refusal as refusal:
            if not several:
                raise Refused(str(refusal), where=where, format=name) from None
            yield Reject(line, str(refusal), _raw(document))
        several = True


def _numbered(records: Iterator[Line]) -> Iterator[Line]:
    for number, record in enumerate(records, 1):
        yield replace(record, line=number) if isinstance(record, Reject) else (number, record[1])


def _unfolded(batch: list[Line], paths: Sequence[str]) -> Chunk:
    """The cells at `paths` of some records."""
    rejects = [record for record in batch if isinstance(record, Reject)]
    good = [record for record in batch if not isinstance(record, Reject)]
    taken = columns([record for _, record in good], paths)
    return _filled(frame_of_columns(paths, [line for line, _ in good], taken), rejects)


def chunk(records: Sequence[Document | Wrong], paths: Sequence[str]) -> Chunk:
    """Records of one answer of an API, numbered, and those that are none."""
    lines: list[Line] = [
        Reject(number, record.reason, _raw(record.record)) if isinstance(record, Wrong) else (number, record)
        for number, record in enumerate(records, 1)
    ]
    return _unfolded(lines, paths)


def _raw(record: dict[str, Any]) -> str:
    """A record that is none as it is put aside: its start, without what leads to a person."""
    return excerpt(cell(record) or "")


def _chunk(batch: list[Found], where: str) -> Chunk:
    rejects = [item for item in batch if isinstance(item, Reject)]
    items = [item for item in batch if not isinstance(item, Reject)]
    keys = dict.fromkeys(chain.from_iterable(item for _, item in items))
    header = names(keys, where)
    taken = values([item for _, item in items], list(keys))
    return _filled(frame_of_columns(header, [number for number, _ in items], taken), rejects)


def _filled(records: pl.DataFrame, rejects: list[Reject]) -> Chunk:
    """`records` without the empty ones, which are rejects."""
    empty = records.select(pl.all_horizontal(pl.exclude(LINE).is_null())).to_series()
    if not empty.any():
        return Chunk(records, rejects)
    lines = records.filter(empty)[LINE]
    return Chunk(records.filter(~empty), [*rejects, *(Reject(line, "empty record", "{}") for line in lines)])


def _aligned(chunk: Chunk, header: tuple[str, ...]) -> Chunk:
    """With all columns of `header`; columns that the first records did not have stay behind them."""
    missing = [pl.lit(None, dtype=pl.String).alias(name) for name in header if name not in chunk.records.columns]
    return Chunk(chunk.records.with_columns(missing), chunk.rejects)
