"""Where a report goes: a stream, or a file that appears whole or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4


@contextmanager
def opened(out: Path | BinaryIO) -> Iterator[BinaryIO]:
    """A stream to write to. A file is written beside its place and moved there at the end; on an error it is gone.

    What is no plain file (a pipe, a device) is written to directly, as nothing can take its place.
    """
    if not isinstance(out, Path):
        yield out
        return
    place = out.resolve()
    if place.exists() and not place.is_file():
        with place.open("wb") as stream:
            yield stream
        return
    beside = place.with_name(f".{uuid4().hex}.part")
    try:
        with beside.open("xb") as stream:
            yield stream
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)
