"""The columns of an unknown table with some of their values, so that a reader knows which is which."""

from dataclasses import dataclass
from typing import Final

from listeners import sources
from listeners.reading import tables

SHOWN: Final = 2
LONGEST: Final = 24


@dataclass(frozen=True)
class Column:
    """A column's name and a few of its values in one line."""

    name: str
    sample: str


def columns(path: str) -> list[Column]:
    """The columns of the first table at `path`, in their order."""
    source = next(iter(sources(path)))
    sample = next(tables(source)).sample(source.name)
    found = []
    for name in sample.header:
        values = sample.records[name].drop_nulls().unique(maintain_order=True)[:SHOWN]
        found.append(Column(name, ", ".join(_short(value) for value in values)))
    return found


def _short(value: str) -> str:
    line = " ".join(value.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"
