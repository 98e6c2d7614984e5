"""The inbox of the home folder: imports that wait for the owner of the store.

A job is a folder with `manifest.json` and copies of the files. It is written under a temporary name, synced to the
disk and renamed, so that a job is either there completely or not at all. Links are no part of that: one is neither a
job nor read, and nothing is written through it.
"""

import json
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from tingfeng.errors import DiskFullError, TingfengError, is_disk_full

FAILED: Final = "failed"
_UNFINISHED: Final = ".unfinished-"


def folder(home: Path) -> Path:
    """The inbox, made when missing."""
    path = home / "inbox"
    path.mkdir(exist_ok=True)
    return path


def leave(home: Path, params: dict[str, Any]) -> Path:
    """Leave an import for the owner: `params` as the operation takes them, files copied. Returns the job's folder."""
    name = f"{time.time_ns():020d}-{uuid4().hex[:8]}"
    begun = folder(home) / f"{_UNFINISHED}{name}"
    begun.mkdir()
    for number, given in enumerate(params["paths"]):
        _copy(Path(given["path"]), begun / str(number))
    (begun / "manifest.json").write_text(json.dumps(params), encoding="utf-8")
    for path in (*begun.rglob("*"), begun):
        _sync(path)
    job = begun.rename(folder(home) / name)
    _sync(job.parent)
    return job


def jobs(home: Path) -> list[Path]:
    """The complete jobs, oldest first."""
    return sorted(
        path for path in folder(home).iterdir() if path.name[0].isdigit() and path.is_dir() and not path.is_symlink()
    )


def unfinished(home: Path) -> list[Path]:
    """The jobs that are being written, or whose writer died."""
    return list(folder(home).glob(f"{_UNFINISHED}*"))


def ingest(home: Path, do_import: Callable[[dict[str, Any]], dict[str, Any]]) -> int:
    """Do every waiting job, and return how many there were; one that fails is moved to `failed` with its reason."""
    waiting = jobs(home)
    for job in waiting:
        try:
            result = do_import(_params(job))
        except Exception as error:  # noqa: BLE001 - a poisoned job must not stop the ones behind it
            _set_aside(job, str(error) if isinstance(error, TingfengError) else type(error).__name__)
            continue
        if "error" in result:
            _set_aside(job, result["error"]["what"])
        else:
            shutil.rmtree(job)
    return len(waiting)


def _params(job: Path) -> dict[str, Any]:
    if any(path.is_symlink() for path in job.rglob("*")):
        raise TingfengError("The job holds a link", where=str(job), hint="import the files themselves")
    params: dict[str, Any] = json.loads((job / "manifest.json").read_text(encoding="utf-8"))
    for number, given in enumerate(params["paths"]):
        given["path"] = str(job / str(number))
    return params


def _set_aside(job: Path, reason: str) -> None:
    failed = job.parent / FAILED
    if failed.is_symlink():
        failed.unlink()
    failed.mkdir(exist_ok=True)
    said = job.rename(failed / job.name) / "reason.txt"
    said.unlink(missing_ok=True)
    said.write_text(reason + "\n", encoding="utf-8")


def _copy(source: Path, target: Path) -> None:
    try:
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copyfile(source, target)
    except OSError as error:
        shutil.rmtree(target.parent, ignore_errors=True)
        if is_disk_full(error):
            raise DiskFullError(target.parent.parent) from error
        raise TingfengError(f"The file cannot be read: {error.strerror}", where=str(source)) from error


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
