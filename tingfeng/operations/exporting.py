"""Mentions out, as a file or as a stream."""

import shutil
import sys
from pathlib import Path
from typing import Any

from tingfeng.errors import DiskFullError, TingfengError, UsageError, is_disk_full
from tingfeng.home import passing_folder
from tingfeng.intake.progress import Progress
from tingfeng.operations.context import Workspace
from tingfeng.operations.filtering import filters_of

FORMATS = ("csv", "xlsx", "parquet")


def export_to(out: str, params: dict[str, Any], on_progress: Progress | None) -> dict[str, Any]:
    """Export to `out`, `-` being CSV on standard output; `{"out", "rows"}`."""
    from tingfeng.operations.dispatch import run

    if out != "-":
        target = Path(out).expanduser().absolute()
        result: dict[str, Any] = run(
            "export", params | {"out": out, "path": str(target), "format": _format(out)}, on_progress
        )
        return result
    # Another process may do the work, and a failure must not leave half a table in the pipe.
    with passing_folder("export-") as folder:
        spool = Path(folder) / "export.csv"
        result = run("export", params | {"out": out, "path": str(spool), "format": "csv"}, on_progress)
        with spool.open("rb") as stream:
            shutil.copyfileobj(stream, sys.stdout.buffer)
        return result


def export(workspace: Workspace, params: dict[str, Any], on_progress: Progress) -> dict[str, Any]:
    """Write the mentions that pass the filters in `params` to `path`; `{"out", "rows"}`."""
    from tingfeng.reports import export as write

    filters = filters_of(workspace.store, params)
    path = Path(params["path"])
    if not path.parent.is_dir():
        raise TingfengError("There is no such folder", where=str(path.parent), hint="make it first")
    try:
        rows = write(workspace.store, filters, path, params["format"], on_progress)
    except OSError as error:
        if is_disk_full(error):
            raise DiskFullError(params["out"]) from error
        raise TingfengError(f"The file cannot be written: {error.strerror}", where=params["out"]) from error
    return {"out": params["out"], "rows": rows}


def _format(out: str) -> str:
    suffix = Path(out).suffix.lower().removeprefix(".")
    if suffix not in FORMATS:
        raise UsageError(
            f"There is no export format {suffix!r}", where=out, hint="end the name in .csv, .xlsx or .parquet"
        )
    return suffix
