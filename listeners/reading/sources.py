"""From a path to the files below it: folders, archives, and standard input."""

import io
import lzma
import os
import re
import shutil
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from listeners.contract import NotRecognised
from listeners.reading.encoding import encoding
from tingfeng.errors import TingfengError

_LARGEST: Final = 8 * 2**30
_DENSEST: Final = 200
_SMALL: Final = 16 * 2**20
_DEEPEST: Final = 3
_WORKBOOK: Final = "[Content_Types].xml"
#: How the first member of a workbook may be called, and where a zip file says that.
_OF_WORKBOOKS: Final = (_WORKBOOK.encode(), b"_rels/", b"docProps/", b"xl/")
_FIRST_NAME: Final = 30
_COPY: Final = 2**20
#: What reading a damaged archive, or one of an unknown kind, may raise.
_DAMAGE: Final = (
    *(zipfile.BadZipFile, EOFError, OSError, UnicodeDecodeError),
    *(zlib.error, lzma.LZMAError, NotImplementedError, RuntimeError),
)


@dataclass(frozen=True)
class Source:
    """One file: `name` as the person gave it plus what lies below, `path` where its bytes are, `size` of these.

    `name` is to be shown and is always valid Unicode, whatever bytes the names of files are made of.
    What lies in an archive or comes by standard input has a temporary copy, which lives as long as its source.
    """

    name: str
    path: Path
    size: int
    trouble: TingfengError | None = None
    _copy: Any = field(default=None, repr=False, compare=False)

    def open(self) -> BinaryIO:
        """The bytes, from the start; TingfengError when they cannot be had."""
        if self.trouble:
            raise self.trouble
        try:
            return self.path.open("rb")
        except OSError as error:
            raise TingfengError(f"The file cannot be read: {error.strerror}", where=self.name) from error

    def open_text(self, start: int = 0) -> io.TextIOWrapper:
        """The file as text with its line ends as they are, behind `start` bytes of UTF-8.

        Bytes that are no characters become U+FFFD.
        """
        stream = self.open()
        stream.seek(start)
        return io.TextIOWrapper(stream, "utf-8" if start else self._encoding, errors="replace", newline="")

    @property
    def is_utf8(self) -> bool:
        """Whether its text is UTF-8, though some of it may be damaged."""
        return self._encoding in {"utf-8", "utf-8-sig"}

    @cached_property
    def _encoding(self) -> str:
        """Found once, because all of the file is read for it."""
        with self.open() as stream:
            return encoding(stream)


def sources(path: str) -> Iterator[Source]:
    """The files at `path` (a file, a folder, a zip file or `-`), sorted; TingfengError when there is nothing.

    Hidden files and what archivers add for themselves are left out.
    """
    place = Path(path).expanduser()
    if path != "-" and place.is_dir():
        return _folder(path, place)
    if path != "-" and not place.is_file():
        raise TingfengError("There is no such file or folder", where=_shown(path), hint="check how its name is written")
    file = single(path)
    return _below(file.name, file, 0)


def single(path: str) -> Source:
    """The file at `path`, or what comes by standard input for `-`, as it is: an archive is not opened."""
    if path == "-":
        return _spooled(sys.stdin.buffer)
    place = Path(path).expanduser()
    return Source(_shown(path), place, place.stat().st_size if place.is_file() else 0)


def _folder(path: str, folder: Path) -> Iterator[Source]:
    for place in sorted(folder.rglob("*")):
        below = place.relative_to(folder)
        if place.is_file() and not any(part.startswith((".", "__MACOSX")) for part in below.parts):
            name = _shown(f"{path.rstrip('/')}/{below.as_posix()}")
            yield from _below(name, Source(name, place, place.stat().st_size), 0)


def _below(name: str, source: Source, depth: int) -> Iterator[Source]:
    """`source` itself, or the members of the archive that it is."""
    if not _is_archive(source):
        yield source
    elif depth == _DEEPEST:
        yield _in_trouble(source, "Archives are nested too deep", "unpack the outer ones first")
    else:
        try:
            yield from _members(name, source, depth)
        except _DAMAGE as error:
            yield _in_trouble(source, f"The archive is damaged: {error}", "pack it again or unpack it yourself")


def _is_archive(source: Source) -> bool:
    """A zip file that is no workbook; of a damaged one the first member's name tells."""
    try:
        with source.open() as stream:
            head = stream.read(64)
            if head[:4] not in {b"PK\x03\x04", b"PK\x05\x06"}:
                return False
        with zipfile.ZipFile(source.path) as archive:
            return _WORKBOOK not in archive.namelist()
    except (TingfengError, OSError):
        return False
    except _DAMAGE:
        return not head[_FIRST_NAME:].startswith(_OF_WORKBOOKS)


def _members(name: str, source: Source, depth: int) -> Iterator[Source]:
    with zipfile.ZipFile(source.path) as archive:
        found = [(_member_name(info), info) for info in archive.infolist() if not info.is_dir()]
        found.sort(key=lambda entry: entry[0])
        wanted = [(inner, info) for inner, info in found if _leads_out(inner) or not _is_hidden(inner)]
        if not wanted:
            yield Source(name, source.path, source.size, NotRecognised("The archive is empty", where=name))
        for inner, info in wanted:
            member = f"{name}!{inner}"
            yield from _below(member, _extracted(archive, info, member), depth + 1)


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in name.split("/") if part != ".")


def _leads_out(name: str) -> bool:
    """Whether whoever unpacks the archive as its names say writes elsewhere: `../x`, `/x`, `C:\\x`."""
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or not parts[0] or re.fullmatch("[A-Za-z]:", parts[0]) is not None


def _member_name(info: zipfile.ZipInfo) -> str:
    """The name as it was meant: archivers in China write GBK without saying so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        written = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    return _decoded(written) or info.filename


def _shown(path: str) -> str:
    """A path in which the names that are no UTF-8, as GBK names on Linux, are said as they were meant."""
    if path.isascii():
        return path
    return "/".join(_decoded(part) or part.decode("utf-8", "replace") for part in os.fsencode(path).split(b"/"))


def _decoded(name: bytes) -> str | None:
    """What people in China mean by these bytes: UTF-8, else GB18030; None when it is neither."""
    for meant in ("utf-8", "gb18030"):
        try:
            return name.decode(meant)
        except UnicodeDecodeError:
            continue
    return None


def _extracted(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> Source:
    """A temporary copy of one member, unless it is encrypted or swells like a bomb."""
    empty = Source(name, Path(name), info.file_size)
    if _leads_out(_member_name(info)):
        return _in_trouble(empty, "The path leads out of the archive", "pack the file again under a plain name")
    if info.flag_bits & 0x1:
        return _in_trouble(empty, "The file in the archive is encrypted", "unpack it with its password first")
    dense = info.file_size > _SMALL and info.file_size > _DENSEST * max(info.compress_size, 1)
    if dense or info.file_size > _LARGEST:
        return _in_trouble(empty, "The file in the archive is suspiciously large", "unpack it yourself if you trust it")
    try:
        with archive.open(info) as stream:
            return _spooled(cast("BinaryIO", stream), name)
    except _DAMAGE as error:
        return _in_trouble(empty, f"The file in the archive is damaged: {error}", "pack it again or unpack it yourself")


def _spooled(stream: BinaryIO, name: str = "-") -> Source:
    copy = tempfile.NamedTemporaryFile(prefix="tingfeng-")  # noqa: SIM115 - lives as long as its source
    shutil.copyfileobj(stream, copy, _COPY)
    copy.flush()
    return Source(name, Path(copy.name), copy.tell(), _copy=copy)


def _in_trouble(source: Source, what: str, hint: str) -> Source:
    return Source(source.name, source.path, source.size, TingfengError(what, where=source.name, hint=hint))
