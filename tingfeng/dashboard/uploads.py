"""Files that a reader dragged in: kept on disk until they are imported, never in memory twice."""

import hashlib
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from tingfeng.operations import sweeping
from tingfeng.operations.given import Given

_CHUNK = 1 << 20
#: Bytes of a file's name: file systems take 255, and a file that is being written has a longer name.
_NAME_BYTES = 200


class Upload(Protocol):
    """What Streamlit's uploader gives."""

    name: str
    file_id: str

    def seek(self, offset: int, /) -> int: ...  # noqa: D102 - as of any file
    def read(self, size: int, /) -> bytes: ...  # noqa: D102


def keep(uploads: Iterable[Upload], home: Path) -> list[Given]:
    """The uploads as files below `home`, each under its own name, as the import takes paths."""
    return [{"given": upload.name, "path": str(_kept(upload, home))} for upload in uploads]


def drop(given: Iterable[Given], home: Path) -> None:
    """Delete kept files."""
    for each in given:
        folder = Path(each["path"]).parent
        if folder.parent == sweeping.uploads(home):
            shutil.rmtree(folder, ignore_errors=True)


def _kept(upload: Upload, home: Path) -> Path:
    # The browser chooses the name, so nothing of it but its last part may say where the file goes.
    name = Path(upload.name.replace("\\", "/")).name.lstrip(".") or "file"
    path = sweeping.uploads(home) / hashlib.sha256(upload.file_id.encode()).hexdigest()[:16] / _cut(name)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.part")
        upload.seek(0)
        with part.open("wb") as out:
            while chunk := upload.read(_CHUNK):
                out.write(chunk)
        part.rename(path)
    path.touch()  # it is in use, so it is not swept away
    return path


def _cut(name: str) -> str:
    """`name` in no more than `_NAME_BYTES`, cut between characters and before its suffix."""
    stem, suffix = Path(name).stem, Path(name).suffix
    room = _NAME_BYTES - len(suffix.encode())
    if room <= 0:
        stem, suffix, room = name, "", _NAME_BYTES
    return stem.encode()[:room].decode(errors="ignore") + suffix
