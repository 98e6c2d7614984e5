"""The tables of a file, whatever kind of file it is."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from listeners.contract import Known, NotRecognised
from listeners.reading.documents import array, objects
from listeners.reading.feeds import feed
from listeners.reading.medium import Shape, shape
from listeners.reading.pages import page
from listeners.reading.parquet import parquet
from listeners.reading.records import Table
from listeners.reading.separated import separated
from listeners.reading.sheets import sheets
from listeners.reading.sources import Source

_READERS: Final[dict[Shape, Callable[[Source], Iterator[Table]]]] = {
    "xlsx": sheets,
    "page": page,
    "parquet": parquet,
    "separated": separated,
}
#: Media of documents, in which formats of nested records are known.
_DOCUMENTS: Final[dict[Shape, Callable[[Source, Mapping[str, Known]], Iterator[Table]]]] = {
    "array": array,
    "objects": objects,
    "xml": feed,
}
_NOBODY: Final[Mapping[str, Known]] = MappingProxyType({})
_NO_TABLE: Final[dict[Shape, str]] = {
    "empty": "The file is empty",
    "binary": "The file is neither text nor a known kind of table",
}


def tables(source: Source, known: Mapping[str, Known] = _NOBODY) -> Iterator[Table]:
    """The tables of `source`, a workbook's sheets one after the other; NotRecognised when it is no table.

    `known` are the formats of nested documents, by name: the first one that fits a file's first document unfolds it.
    """
    found = shape(source)
    if found in _NO_TABLE:
        raise NotRecognised(_NO_TABLE[found], where=source.name)
    return _DOCUMENTS[found](source, known) if found in _DOCUMENTS else _READERS[found](source)
