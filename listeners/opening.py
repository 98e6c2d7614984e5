"""From a source to its mentions: who can read it, and the batches that follow."""

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from listeners import registry
from listeners.contract import Batch, Context, Listener, NotRecognised, Options, Refused, Sample
from listeners.guesses import guess, guess_of_text, known
from listeners.hints import likelier
from listeners.reading import Source, Table, tables
from listeners.table import mapper
from listeners.table.listener import NAME as TABLE
from tingfeng.errors import TingfengError, UsageError
from tingfeng.home import config
from tingfeng.mentions.times import zone

_NAMELESS: Final = Options()


@dataclass
class Reading:
    """A file on its way: iterate it, once, for its batches. Zone and platform may only be final after the first one."""

    listener: Listener
    context: Context
    layout: str
    _tables: Iterator[tuple[Listener, Table]]

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
    def mapping(self) -> dict[str, Any] | None:
        """The mapping in force, for a table of unknown layout."""
        return getattr(self.listener, "mapping", None)

    def __iter__(self) -> Iterator[Batch]:
        for listener, table in self._tables:
            for records, rejects in table.chunks():
                batch = listener.map(records, self.context)
                yield Batch(batch.mentions, sorted([*rejects, *batch.rejects], key=lambda reject: reject.line or 0))


def open(source: Source, options: Options = _NAMELESS) -> Reading:  # noqa: A001 - as one says it: listeners.open
    """Recognise `source` and prepare to read it.

    NotRecognised with the nearest guess or the proposed mapping; Refused for what holds no mentions; UsageError for an
    unknown format, platform or zone.
    """
    _check(options)
    try:
        found = list(tables(source))
        chosen = _chosen([table.sample(source.name) for table in found], options)
    except NotRecognised as error:
        error.guess = error.guess or guess_of_text(source)
        raise
    readable = [(listener, table) for listener, table in zip(chosen, found, strict=True) if listener]
    listener, table = readable[0]
    context = Context(source.name, options.platform, options.time_zone, table.medium)
    return Reading(listener, context, table.sample(source.name).layout, iter(readable))


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


def _chosen(samples: Sequence[Sample], options: Options) -> list[Listener | None]:
    """Who reads each table; at least one is read."""
    if options.as_format == TABLE:
        return _mapped(samples, options)
    chosen = [_recognised(sample, options) for sample in samples]
    if any(chosen):
        return chosen
    if options.as_format:
        wanted = next(one for one in registry.listeners() if one.name == options.as_format)
        what = f"The file does not have the columns of {wanted.name}"
        raise NotRecognised(what, where=samples[0].name, hint=f"it needs {wanted.how_recognised}")
    unread = known(samples) if samples[0].medium in {"json", "ndjson"} else None
    if unread:
        raise _not_recognised(samples[0].name, unread)
    return _mapped(samples, options)


def _recognised(sample: Sample, options: Options) -> Listener | None:
    """The listener with the highest score; where several have it, the one that names and links speak for."""
    able = [one for one in registry.listeners() if options.as_format in {None, one.name}]
    scores = [(one.recognise(sample), one) for one in able]
    best = max((score for score, _ in scores), default=0)
    if not best:
        return None
    equal = likelier([one for score, one in scores if score == best], sample, options.platform)
    if len(equal) > 1:
        names = " or ".join(one.name for one in equal)
        raise NotRecognised(f"The file could be {names}", where=sample.name, hint="say which with --as", guess=names)
    return equal[0]


def _mapped(samples: Sequence[Sample], options: Options) -> list[Listener | None]:
    """The tables of unknown layout that can be mapped; the first one's error when none can."""
    mapped: list[Listener | None] = []
    errors: list[TingfengError] = []
    for sample in samples:
        try:
            mapped.append(mapper(sample, options))
        except TingfengError as error:
            if isinstance(error, NotRecognised):
                error.guess = error.guess or guess(samples)
                error.layout = sample.layout
            errors.append(error)
            mapped.append(None)
    if len(errors) == len(samples):
        raise next((error for error in errors if isinstance(error, Refused)), errors[0])
    return mapped


def _not_recognised(name: str, likely: str) -> NotRecognised:
    what = f"The file is not recognised; it looks like {likely}"
    return NotRecognised(what, where=name, hint="this version does not read that yet", guess=likely)
