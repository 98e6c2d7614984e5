"""From a source to its mentions: who can read it, and the batches that follow."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import polars as pl

from listeners import registry
from listeners.contract import (
    LINE,
    Batch,
    Context,
    Known,
    Listener,
    NotRecognised,
    Options,
    Refused,
    Reject,
    Sample,
    Unread,
)
from listeners.formats.tingfeng_export import METHOD, TingfengExport
from listeners.guesses import guess, known, known_by_text, refused
from listeners.hints import likelier
from listeners.privacy import mask
from listeners.reading import Source, Table, tables
from listeners.table import mapper
from listeners.table.listener import NAME as TABLE
from listeners.table.listener import TableListener
from tingfeng.errors import TingfengError, UsageError
from tingfeng.home import config
from tingfeng.mentions.record import SCHEMA
from tingfeng.mentions.times import zone

_NAMELESS: Final = Options()
#: A table of unknown layout beside a known one is read where it says which posts it has, not only words.
_OF_POSTS: Final = {"published_at", "url"}

#: Who reads a table; None: nobody, and nobody misses it; a reject: nobody, which is said.
Choice = Listener | Reject | None


@dataclass
class Reading:
    """A file on its way: iterate it, once, for its batches. Zone and platform may only be final after the first one.

    `mapping` is the one in force, for a table of unknown layout, and `layout` the key of that table.
    """

    listener: Listener
    context: Context
    layout: str
    mapping: dict[str, Any] | None
    _tables: Iterator[tuple[Choice, Table]]

    @property
    def format(self) -> str:
        """The name of the listener; a workbook's first recognised sheet decides."""
        return self.listener.name

    @property
    def platform(self) -> str | None:
        """The platform of all mentions, None where several or unknown."""
        return self.listener.platform or self.context.platform

    @property
    def time_zone(self) -> str | None:
        """The zone in which times were written without one; None where there were none such."""
        return self.context.time_zone

    @property
    def zone_assumed(self) -> bool:
        """Whether nothing in the file spoke for `time_zone`."""
        return self.context.zone_assumed

    @property
    def unread(self) -> dict[str, Unread]:
        """By field, the cells that look like counts but could not be read."""
        return self.context.unread

    def __iter__(self) -> Iterator[Batch]:
        for choice, table in self._tables:
            if isinstance(choice, Reject):
                yield Batch(pl.DataFrame(schema={**SCHEMA, LINE: pl.Int64}), [choice])
            elif choice:
                yield from self._batches(choice, table)

    def _batches(self, listener: Listener, table: Table) -> Iterator[Batch]:
        for records, aside in table.chunks():
            batch = listener.map(records, self.context)
            rejects = [*aside, *batch.rejects]
            if isinstance(listener, TingfengExport):
                rejects = [*(listener.without_guard(reject, self.context) for reject in aside), *batch.rejects]
            yield Batch(batch.mentions, sorted(rejects, key=lambda reject: reject.line or 0))


def open(source: Source, options: Options = _NAMELESS) -> Reading:  # noqa: A001 - as one says it: listeners.open
    """Recognise `source` and prepare to read it.

    NotRecognised with the nearest guess or the proposed mapping; Refused for what holds no mentions; UsageError for an
    unknown format, platform or zone.
    """
    _check(options)
    try:
        found = list(tables(source, _unfolded(options)))
        samples = [table.sample(source.name) for table in found]
        chosen = _chosen(samples, options)
    except NotRecognised as error:
        by_text = known_by_text(source)
        refused(by_text, source.name)
        error.guess = error.guess or (by_text["name"] if by_text else None)
        raise
    readers = [(one, sample) for one, sample in zip(chosen, samples, strict=True) if isinstance(one, Listener)]
    mapped, of_layout = next((pair for pair in readers if isinstance(pair[0], TableListener)), readers[0])
    context = Context(
        source.name, options.platform, options.time_zone, found[0].medium, partial(_column, source, _unfolded(options))
    )
    mapping = mapped.mapping if isinstance(mapped, TableListener) else None
    return Reading(readers[0][0], context, of_layout.layout, mapping, zip(chosen, found, strict=True))


def _unfolded(options: Options) -> dict[str, Known]:
    """The formats whose documents are unfolded: the one that a person named first, none where that has plain tables."""
    every = registry.nested()
    if options.as_format is None:
        return every
    return {options.as_format: every[options.as_format], **every} if options.as_format in every else {}


def _column(source: Source, documents: Mapping[str, Known], name: str) -> Iterator[pl.Series]:
    """The cells of the columns called `name`, whichever tables have them."""
    for table in tables(source, documents):
        yield from (chunk.records[name] for chunk in table.chunks() if name in chunk.records.columns)


def _check(options: Options) -> None:
    """UsageError for names that do not exist."""
    if options.time_zone:
        zone(options.time_zone)
    if options.platform and options.platform not in config("platforms"):
        raise _unknown("platform", options.platform, list(config("platforms")))
    names = [one.name for one in registry.formats()]
    if options.as_format and options.as_format not in names:
        raise _unknown("format", options.as_format, names)


def _unknown(what: str, name: str, choices: Sequence[str]) -> UsageError:
    near = difflib.get_close_matches(name, choices, 1)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(choices)}"
    return UsageError(f"There is no {what} {name!r}", where=what, hint=hint)


def _chosen(samples: Sequence[Sample], options: Options) -> Sequence[Choice]:
    """Who reads each table; at least one is read."""
    if options.as_format == TABLE:
        return _mapped(samples, options)
    chosen = [_recognised(sample, options) for sample in samples]
    if any(chosen):
        exported = any(isinstance(one, TingfengExport) for one in chosen)
        return [
            known or (None if exported and sample.sheet == METHOD else _beside(sample, options))
            for known, sample in zip(chosen, samples, strict=True)
        ]
    if options.as_format:
        wanted = next(one for one in registry.listeners() if one.name == options.as_format)
        what = f"The file does not have the columns of {wanted.name}"
        raise NotRecognised(what, where=samples[0].name, hint=f"it needs {wanted.how_recognised}")
    entry = known(samples)
    refused(entry, samples[0].name)
    if entry and samples[0].medium in {"json", "ndjson"}:
        raise _not_recognised(samples[0].name, entry["name"])
    return _mapped(samples, options)


def _recognised(sample: Sample, options: Options) -> Listener | None:
    """The listener with the highest score; where several have it, the one that names and links speak for."""
    able = [one for one in registry.listeners() if options.as_format in {None, one.name}]
    if sample.format:
        return next((one for one in able if one.name == sample.format), None)
    scores = [(one.recognise(sample), one) for one in able]
    best = max((score for score, _ in scores), default=0)
    if not best:
        return None
    equal = likelier([one for score, one in scores if score == best], sample, options.platform)
    if len(equal) > 1:
        names = " or ".join(one.name for one in equal)
        raise NotRecognised(f"The file could be {names}", where=sample.name, hint="say which with --as", guess=names)
    return equal[0]


def _beside(sample: Sample, options: Options) -> Choice:
    """What becomes of a sheet of unknown layout in a workbook of which others are known."""
    if options.as_format:
        return _unread(sample)
    try:
        found = mapper(sample, options)
    except TingfengError:
        return _unread(sample)
    return found if _OF_POSTS & set(found.mapping["columns"]) else _unread(sample)


def _unread(sample: Sample) -> Reject:
    """A sheet that nobody reads, so that it does not vanish without a word."""
    columns = mask(", ".join(sample.header))
    return Reject(None, f"the sheet {sample.sheet!r} has no known columns", f"{sample.sheet}: {columns}")


def _mapped(samples: Sequence[Sample], options: Options) -> Sequence[Choice]:
    """The tables of unknown layout that can be mapped; the first one's error when none can."""
    mapped: list[Choice] = []
    errors: list[TingfengError] = []
    for sample in samples:
        try:
            mapped.append(mapper(sample, options))
        except TingfengError as error:
            if isinstance(error, NotRecognised):
                error.guess = error.guess or guess(samples)
                error.layout = sample.layout
            errors.append(error)
            mapped.append(_unread(sample))
    if len(errors) == len(samples):
        raise next((error for error in errors if isinstance(error, Refused)), errors[0])
    return mapped


def _not_recognised(name: str, likely: str) -> NotRecognised:
    what = f"The file is not recognised; it looks like {likely}"
    return NotRecognised(what, where=name, hint="this version does not read that yet", guess=likely)
