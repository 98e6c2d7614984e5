"""The tables of a file, whatever kind of file it is."""

from collections.abc import Callable, Iterator
from typing import Final

from listeners.contract import NotRecognised
from listeners.reading.documents import array, objects
from listeners.reading.medium import Shape, shape
from listeners.reading.parquet import parquet
from listeners.reading.records import Table
from listeners.reading.separated import separated
from listeners.reading.sheets import sheets
from listeners.reading.sources import Source

_READERS: Final[dict[Shape, Callable[[Source], Iterator[Table]]]] = {
    "xlsx": sheets,
    "parquet": parquet,
    "array": array,
    "objects": objects,
    "separated": separated,
}
_NO_TABLE: Final[dict[Shape, str]] = {
    "empty": "The file is empty",
    "binary": "The file is neither text nor a known kind of table",
    "xml": "The file is XML or a web page, not a table",
}


def tables(source: Source) -> Iterator[Table]:
    """The tables of `source`, a workbook's sheets one after the other; NotRecognised when it is no table."""
    found = shape(source)
    if found in _NO_TABLE:
        raise NotRecognised(_NO_TABLE[found], where=source.name)
    return _READERS[found](source)
