"""Corrections, tags and hiding: what people know better than the engine."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tingfeng.errors import TingfengError, UsageError
from tingfeng.intake.matching import rematch_touched
from tingfeng.intake.progress import Progress
from tingfeng.mentions.record import LABELS
from tingfeng.operations.workspace import Workspace
from tingfeng.reports import read_corrections

Key = tuple[str, str]
WITHDRAW = "none"


def correct(workspace: Workspace, params: dict[str, Any], _on_progress: Progress) -> dict[str, Any]:
    """Correct one mention, or its sentiment toward `subject`; `{"platform", "id", "subject", "label"}`."""
    label = checked(params["label"])
    key = (params["platform"], params["id"])
    workspace.store.correct(*key, label, subject=params.get("subject"), origin=params.get("origin", "command line"))
    _touched(workspace, "label", [key])
    return {
        "platform": key[0],
        "id": key[1],
        "subject": params.get("subject"),
        "label": None if label == WITHDRAW else label,
    }


def correct_file(workspace: Workspace, params: dict[str, Any], on_progress: Progress) -> dict[str, Any]:
    """Take the labels that were edited in an exported file; `{"file", "changed", "labels", "dry_run"}`."""
    path = Path(params["path"])
    if not path.is_file():
        raise TingfengError("There is no such file", where=params["file"], hint="check the path")
    changes = read_corrections(path, workspace.store)
    dry_run = bool(params.get("dry_run"))
    if not dry_run:
        for number, change in enumerate(changes, 1):
            workspace.store.correct(change["platform"], change["id"], change["label"], origin=params["file"])
            on_progress({"what": "correct", "done": number, "of": len(changes)})
        _touched(workspace, "label", [(change["platform"], change["id"]) for change in changes])
    return {"file": params["file"], "changed": len(changes), "labels": changes, "dry_run": dry_run}


def tag(workspace: Workspace, params: dict[str, Any], _on_progress: Progress) -> dict[str, Any]:
    """Give one mention the tags in `tags`, replacing those it has."""
    key = (params["platform"], params["id"])
    workspace.store.tag(*key, params["tags"])
    _touched(workspace, "tag", [key])
    return {"platform": key[0], "id": key[1], "tags": params["tags"]}


def hide(workspace: Workspace, params: dict[str, Any], _on_progress: Progress) -> dict[str, Any]:
    """Hide one mention from all numbers, or show it again."""
    hidden = bool(params.get("hidden", True))
    workspace.store.hide(params["platform"], params["id"], hidden)
    return {"platform": params["platform"], "id": params["id"], "hidden": hidden}


def checked(label: str) -> str:
    """`label` if there is such a label, or the word that withdraws one."""
    if label not in (*LABELS, WITHDRAW):
        raise UsageError(f"There is no label {label!r}", where="--label", hint=f"use {', '.join(LABELS)} or {WITHDRAW}")
    return label


def _touched(workspace: Workspace, field: str, keys: Iterable[Key]) -> None:
    rematch_touched(workspace.store, workspace.scorer, field, list(keys))
