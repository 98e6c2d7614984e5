"""Files on their way in, batch by batch, each read while the one before it is being stored."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import listeners
from listeners import Batch, Options, Reading, Source
from tingfeng.errors import TingfengError

Item = TypeVar("Item")


class Given(NamedTuple):
    """A path as a person gave it, and where that is."""

    given: str
    path: str

    def shown(self, source: str) -> str:
        """The name of a source at or below this path, as the person would write it."""
        below = source.removeprefix(self.path.rstrip("/"))
        return self.given.rstrip("/") + below if below else self.given


@dataclass(eq=False)
class File:
    """A file by the name that a person would write. `named`: somebody gave it, not only a folder where it lies.

    `reading` is there once the file is recognised. Whoever sets `dropped` wants no more of it.
    """

    name: str
    named: bool
    reading: Reading | None = None
    dropped: bool = False


class Piece(NamedTuple):
    """A batch of a file, or, as the file's last piece, what ended its reading."""

    file: File
    found: Batch | Exception


def read(paths: Sequence[Given], options: Options) -> Iterator[Piece]:
    """All pieces of all files, one file after the other; each has at least one."""
    for given in paths:
        try:
            for source in listeners.sources(given.path):
                yield from _pieces(File(given.shown(source.name), source.name == given.path), source, options)
        except (TingfengError, OSError) as error:
            yield Piece(File(given.given, named=True), error)


def _pieces(file: File, source: Source, options: Options) -> Iterator[Piece]:
    try:
        file.reading = listeners.open(source, options)
        for batch in file.reading:
            yield Piece(file, batch)
            if file.dropped:
                return
    except Exception as error:  # noqa: BLE001 - whoever takes the pieces says what is wrong with the file
        yield Piece(file, error)


def ahead(items: Iterable[Item]) -> Iterator[Item]:
    """`items`, each made while the one before it is being used."""
    rest = iter(items)
    with ThreadPoolExecutor(1, "tingfeng-reading") as reader:
        coming = reader.submit(next, rest, None)
        while (item := coming.result()) is not None:
            coming = reader.submit(next, rest, None)
            yield item
