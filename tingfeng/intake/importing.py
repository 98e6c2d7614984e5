"""Files in: each one recognised, read in batches, and judged."""

import logging
import time
import traceback
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import Any, Final, Protocol

import polars as pl
import yaml

from listeners import Batch, Options, Reading, Refused
from tingfeng.errors import DiskFullError, TingfengError, UsageError, is_disk_full
from tingfeng.intake.progress import Progress, silent, step
from tingfeng.intake.reading import File, Given, Piece, ahead, read
from tingfeng.intake.verdicts import Verdict, total, verdict
from tingfeng.mentions.record import Mark
from tingfeng.mentions.times import zone

LOG: Final = logging.getLogger("tingfeng")


class Takes(Protocol):
    """What batches are given to: a store, or the rehearsal of one."""

    def begin(self, paths: Sequence[str]) -> None:
        """A file was recognised, so this is an import; told before each batch."""

    def take(self, batch: Batch, file: str) -> dict[str, int]:
        """Store a batch of `file`; how many of its mentions were new, updated and unchanged."""

    def remember(self, layout: str, mapping: str) -> None:
        """A file was read with a mapping that a person gave for tables of this layout."""


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
    _since: float = 0.0

    def run(self) -> None:
        """Read all files, one after the other; one that fails does not stop the others."""
        self._since = time.perf_counter()
        for file, pieces in groupby(ahead(read(self.paths, self.options)), attrgetter("file")):
            judged = verdict(file.name)
            try:
                self._take(file, pieces, judged)
            except UsageError:
                raise
            except Refused as error:
                judged |= {"format": error.format, "refused": sentence(error)}
            except Exception as error:  # noqa: BLE001 - whatever is wrong with one file, the others are read
                file.dropped = True
                self._fail(judged, understood(error, file.name), named=file.named)
            finally:
                self.verdicts.append(judged)
        self.whole = not any(judged["format"] and "error" in judged for judged in self.verdicts)

    def _take(self, file: File, pieces: Iterable[Piece], judged: Verdict) -> None:
        """Take in one file, counting in `judged`."""
        platforms: set[str] = set()
        for piece in pieces:
            try:
                platforms |= self._take_piece(piece, judged)
            finally:
                self._add_seconds(judged)
        if file.reading:
            describe(judged, file.reading, platforms)
            if self.options.mapping and file.reading.layout:
                self.takes.remember(file.reading.layout, self.options.mapping)

    def _take_piece(self, piece: Piece, judged: Verdict) -> set[str]:
        """Take in a batch; the platforms in it."""
        if piece.file.reading:
            judged["format"] = piece.file.reading.format
            self.takes.begin([given.given for given in self.paths])
        if isinstance(piece.found, Exception):
            raise piece.found
        counts = self.takes.take(piece.found, judged["file"])
        count(judged, piece.found, counts)
        self.on_progress(step(judged["file"], judged["read"]))
        return set(piece.found.mentions["platform"].unique())

    def _add_seconds(self, judged: Verdict) -> None:
        """Count the time since the piece before: so the files' seconds add up to those of the import."""
        now = time.perf_counter()
        judged["seconds"] = round(judged["seconds"] + now - self._since, 3)
        self._since = now

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
