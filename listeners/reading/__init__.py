"""Files of any kind, read into tables of text cells: the first bytes decide what a file is, never its name."""

from listeners.reading.records import Chunk, Table
from listeners.reading.sources import Source, sources
from listeners.reading.tables import tables

__all__ = ["Chunk", "Source", "Table", "sources", "tables"]
