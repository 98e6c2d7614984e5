"""A self-check that says what is missing."""

import importlib.metadata
import os
import re
import shutil
import sys
import tomllib
from collections.abc import Callable
from typing import Any

from tingfeng.errors import TingfengError
from tingfeng.home import CHECKOUT, home, store_path
from tingfeng.intake.progress import Progress
from tingfeng.operations.context import Workspace
from tingfeng.store.schema import MIGRATIONS

Check = dict[str, Any]
ROOM_BYTES = 1 << 30


def examine() -> dict[str, Any]:
    """`{"ok", "checks": [{"name", "ok", "detail"}]}`; never raises."""
    checks = [
        _checked("python", _python),
        _checked("packages", _packages),
        _checked("home", _home),
        _checked("disk", _disk),
        _checked("time zones", _zones),
        _checked("store", _store),
        _checked("secrets", _secrets),
        _checked("sources", _sources),
    ]
    return {"ok": all(check["ok"] for check in checks), "checks": checks}


def examine_store(workspace: Workspace, params: dict[str, Any], _on_progress: Progress) -> str:
    """What the owner of the store says about it: its version, what lies in it, and what waits to be read again."""
    said = f"{store_path()}, version {len(MIGRATIONS)}, {workspace.store.count():,} mentions; its owner answers"
    if not workspace.store.generation:
        return said
    engine = workspace.engine_version(params.get("engine"))
    waiting = workspace.store.count_waiting(engine)
    hint = (
        f"{waiting:,} wait to be read again with {engine}: tingfeng serve does it by itself, tingfeng rescore at once"
    )
    return f"{said}; {hint}" if waiting else said


def _checked(name: str, look: Callable[[], str]) -> Check:
    try:
        return {"name": name, "ok": True, "detail": look()}
    except (TingfengError, OSError) as error:
        return {"name": name, "ok": False, "detail": str(error)}


def _python() -> str:
    return ".".join(map(str, sys.version_info[:3]))


def _packages() -> str:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = [re.split(r"[<>=!~;\[ ]", requirement)[0] for requirement in project["dependencies"]]
    missing = [name for name in names if not _installed(name)]
    if missing:
        raise TingfengError(f"Missing: {', '.join(missing)}", hint="run make install")
    return f"all {len(names)} are installed"


def _installed(name: str) -> bool:
    try:
        importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def _home() -> str:
    if not os.access(home(), os.W_OK):
        raise TingfengError("The home folder cannot be written", where=str(home()), hint="check its permissions")
    return str(home())


def _disk() -> str:
    if shutil.disk_usage(home()).free < ROOM_BYTES:
        raise TingfengError("Less than 1 GB is free", where=str(home()), hint="make room")
    return "more than 1 GB is free"


def _zones() -> str:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo("Asia/Shanghai")
    except ZoneInfoNotFoundError as error:
        raise TingfengError("The time zones are missing", hint="install tzdata") from error
    return "known"


def _store() -> str:
    from tingfeng.operations.dispatch import run

    return str(run("doctor", {}))


def _secrets() -> str:
    from listeners.apis.credentials import FILE, kept

    return f"{len(kept())} in {FILE}, which only its owner can read" if kept() else f"no {FILE}"


def _sources() -> str:
    from tingfeng.operations.dispatch import run

    known = [row for row in run("sources", {}) if row["last_try"]]
    failed = [f"{row['source']}: {row['last_error']}" for row in known if row["last_error"]]
    if failed:
        raise TingfengError("; ".join(failed), hint="see tingfeng pull --help and docs/listeners")
    if not known:
        return "none was pulled yet"
    return "; ".join(f"{row['source']} last pulled {row['last_success']}" for row in known)
