"""Corrections, tags and hiding: what people know better than the engine."""

from pathlib import Path
from typing import Any

from tingfeng.errors import TingfengError
from tingfeng.intake.matching import rematch_reading
from tingfeng.intake.progress import Progress
from tingfeng.operations.context import Workspace


def correct(workspace: Workspace, params: dict[str, Any], _on_progress: Progress) -> dict[str, Any]:
    """Give a mention, or what it says about `subject`, a label (`none` withdraws it).

    `{"platform", "id", "subject", "label"}`, the label being the one that now counts.
    """
    store, platform, identity = workspace.store, params["platform"], params["id"]
    subject, label = params.get("subject"), params["label"]
    store.correct(platform, identity, label, subject, by=params.get("by"), origin=params.get("origin"))
    rematch_reading(store, workspace.scorer(), ("label",))
    return {"platform": platform, "id": identity, "subject": subject, "label": None if label == "none" else label}


def correct_file(workspace: Workspace, params: dict[str, Any], _on_progress: Progress) -> dict[str, Any]:
    """Take the labels that were edited in an exported file: `{"file", "changed", "labels", "dry_run"}`."""
    from tingfeng.reports import read_corrections

    path, dry_run = Path(params["path"]), bool(params.get("dry_run"))
    if not path.is_file():
        raise TingfengError("There is no such file", where=params["file"], hint="check the path")
    changes = read_corrections(path, workspace.store)
    if changes and not dry_run:
        workspace.store.correct_all(changes, by=params.get("by"), origin=params["file"])
        rematch_reading(workspace.store, workspace.scorer(), ("label",))
    labels = [{"platform": one.platform, "id": one.id, "subject": one.subject, "label": one.label} for one in changes]
    return {"file": params["file"], "changed": len(changes), "labels": labels, "dry_run": dry_run}


def tag(workspace: Workspace, params: dict[str, Any], _on_progress: Progress) -> dict[str, Any]:
    """Give a mention exactly the tags in `tags`."""
    workspace.store.tag(params["platform"], params["id"], params["tags"])
    rematch_reading(workspace.store, workspace.scorer(), ("tag",))
    return {"platform": params["platform"], "id": params["id"], "tags": params["tags"]}


def hide(workspace: Workspace, params: dict[str, Any], _on_progress: Progress) -> dict[str, Any]:
    """Leave a mention out of all numbers, or with `hidden` false take it in again."""
    hidden = bool(params.get("hidden", True))
    workspace.store.hide(params["platform"], params["id"], hidden=hidden)
    return {"platform": params["platform"], "id": params["id"], "hidden": hidden}
