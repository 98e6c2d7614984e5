"""Listeners: one module a source, each of which turns export files into frames of mentions."""

from listeners.contract import Batch, Format, NotRecognised, Options, Refused, Reject
from listeners.opening import Reading, open  # noqa: A004 - as one says it: listeners.open
from listeners.reading import Source, sources
from listeners.registry import formats

__all__ = [
    "Batch",
    "Format",
    "NotRecognised",
    "Options",
    "Reading",
    "Refused",
    "Reject",
    "Source",
    "formats",
    "open",
    "sources",
]
