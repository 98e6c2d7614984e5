"""Files in: each one recognised, read in batches, and judged."""

import logging
import time
import traceback
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from typing import Any, Final, NamedTuple, Protocol

import polars as pl
import yaml

import listeners
from listeners import Batch, Options, Reading, Refused, Source
from tingfeng.errors import DiskFullError, TingfengError, UsageError, is_disk_full
from tingfeng.intake.progress import Progress, silent, step
from tingfeng.intake.verdicts import Verdict, total, verdict
from tingfeng.mentions.record import Mark
from tingfeng.mentions.times import zone

LOG: Final = logging.getLogger("tingfeng")


class Takes(Protocol):
    """What batches are given to: a store, or the rehearsal of one."""

    def begin(self, paths: Sequence[str]) -> None:
        """A file was recognised, so this is an import; told once a file."""

    def take(self, batch: Batch, file: str) -> dict[str, int]:
        """Store a batch of `file`; how many of its mentions were new, updated and unchanged."""

    def remember(self, layout: str, mapping: str) -> None:
        """A file was read with a mapping that a person gave for tables of this layout."""


class Given(NamedTuple):
    """A path as a person gave it, and where that is."""

    given: str
    path: str

    def shown(self, source: str) -> str:
        """The name of a source at or below this path, as the person would write it."""
        below = source.removeprefix(self.path.rstrip("/"))
        return self.given.rstrip("/") + below if below else self.given


@dataclass
class Intake:
    """One import on its way: `verdicts` on all files, `failures` of the named ones.

    `whole` says afterwards whether each file that was begun was read to its end.
    """

    takes: Takes
    options: Options
    paths: Sequence[Given]
    on_progress: Progress = silent
    verdicts: list[Verdict] = field(default_factory=list)
    failures: list[TingfengError] = field(default_factory=list)
    whole: bool = False

    def run(self) -> None:
        """Read all files, one after the other; one that fails does not stop the others."""
        for given in self.paths:
            for source in self._sources(given):
                started = time.perf_counter()
                judged = verdict(given.shown(source.name))
                try:
                    self._read(source, judged)
                except UsageError:
                    raise
                except Refused as error:
                    judged |= {"format": error.format, "refused": sentence(error)}
                except Exception as error:  # noqa: BLE001 - whatever is wrong with one file, the others are read
                    self._fail(judged, understood(error, judged["file"]), named=source.name == given.path)
                finally:
                    judged["seconds"] = round(time.perf_counter() - started, 3)
                    self.verdicts.append(judged)
        self.whole = not any(judged["format"] and "error" in judged for judged in self.verdicts)

    def _sources(self, given: Given) -> Iterator[Source]:
        try:
            yield from listeners.sources(given.path)
        except (TingfengError, OSError) as error:
            judged = verdict(given.given)
            self._fail(judged, understood(error, given.given), named=True)
            self.verdicts.append(judged)

    def _read(self, source: Source, judged: Verdict) -> None:
        """Take in one file, counting in `judged`."""
        opened = listeners.open(source, self.options)
        judged["format"] = opened.format
        self.takes.begin([given.given for given in self.paths])
        platforms: set[str] = set()
        for batch in ahead(opened):
            counts = self.takes.take(batch, judged["file"])
            count(judged, batch, counts)
            platforms.update(batch.mentions["platform"].unique())
            self.on_progress(step(judged["file"], judged["read"]))
        describe(judged, opened, platforms)
        if self.options.mapping and opened.layout:
            self.takes.remember(opened.layout, self.options.mapping)

    def result(self, number: int | None) -> dict[str, Any]:
        """What `import` prints, `number` being the import's."""
        printed = {"import": number, "files": self.verdicts, "total": total(self.verdicts)}
        return printed | ({"error": as_error(self.failures)} if self.failures else {})

    def _fail(self, judged: Verdict, error: TingfengError, *, named: bool) -> None:
        judged["error"] = sentence(error)
        judged["guess"] = getattr(error, "guess", None)
        judged["mapping"] = getattr(error, "proposal", None)
        if named:
            self.failures.append(TingfengError(error.what, where=judged["file"], hint=error.hint))


def ahead(batches: Iterable[Batch]) -> Iterator[Batch]:
    """`batches`, each read while the one before it is being stored."""
    rest = iter(batches)
    with ThreadPoolExecutor(1, "tingfeng-reading") as reader:
        coming = reader.submit(next, rest, None)
        while batch := coming.result():
            coming = reader.submit(next, rest, None)
            yield batch


def check_mapping(text: str | None) -> None:
    """UsageError for a mapping with a zone that does not exist, before any file is read.

    What else may be wrong with a mapping depends on the table, and is said of the file.
    """
    try:
        content = yaml.safe_load(text or "")
    except yaml.YAMLError:
        return
    if isinstance(content, dict) and content.get("time_zone"):
        zone(str(content["time_zone"]))


def count(judged: Verdict, batch: Batch, counts: dict[str, int]) -> None:
    """Add a batch to the verdict on its file."""
    for name in ("new", "updated", "unchanged"):
        judged[name] += counts[name]
    judged["rejected"] += len(batch.rejects)
    judged["read"] += batch.mentions.height + len(batch.rejects)
    judged["repaired"]["times"] += marked(batch.mentions, Mark.TIME_FROM_ID)
    judged["repaired"]["ids"] += marked(batch.mentions, Mark.ID_FROM_LINK)


def marked(mentions: pl.DataFrame, mark: Mark) -> int:
    """How many mentions bear `mark`."""
    return int((mentions["marks"] & int(mark)).cast(pl.Boolean).sum())


def describe(judged: Verdict, opened: Reading, platforms: set[str]) -> None:
    """Say what the whole file turned out to be."""
    judged["platform"] = platforms.pop() if len(platforms) == 1 else None if platforms else opened.platform
    judged["time_zone"] = opened.time_zone
    judged["time_zone_assumed"] = opened.zone_assumed
    judged["running_ids"] = opened.context.running_ids
    judged["unread"] = {field: asdict(unread) for field, unread in opened.unread.items()}
    judged["mapping"] = opened.mapping


def sentence(error: TingfengError) -> str:
    """What went wrong and what to do; the verdict says where."""
    return f"{error.what}: {error.hint}" if error.hint else error.what


def understood(error: Exception, file: str) -> TingfengError:
    """`error` in words for people; an unexpected one is written down without its message, which may quote a text."""
    if isinstance(error, TingfengError):
        return error
    if is_disk_full(error):
        return DiskFullError(file)
    if isinstance(error, OSError) and error.strerror:
        return TingfengError(f"The file cannot be read: {error.strerror}", where=file)
    LOG.error("%s while reading a file\n%s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
    return TingfengError("The file cannot be read by this version", where=file, hint="the log file says more")


def as_error(failures: Sequence[TingfengError]) -> dict[str, str]:
    """One error for all named files that could not be imported."""
    first = failures[0]
    if len(failures) == 1:
        return first.as_json()["error"]
    names = ", ".join(error.where for error in failures)
    several = TingfengError(f"{len(failures)} named paths could not be imported", where=names, hint=first.what)
    return several.as_json()["error"]
