"""Corrections, tags and hiding: what people know better than the engine."""

from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import polars as pl

from tingfeng.errors import TingfengError, UsageError
from tingfeng.intake.matching import rematch_reading
from tingfeng.intake.progress import Progress
from tingfeng.operations.context import Workspace
from tingfeng.store import Store

#: Of one mention: more, or longer ones, are no tags any more.
MAX_TAGS: Final = 100
MAX_TAG: Final = 200


def correct(workspace: Workspace, params: dict[str, Any], _on_progress: Progress) -> dict[str, Any]:
    """Give a mention, or what it says about `subject`, a label (`none` withdraws it).

    `{"platform", "id", "subject", "label"}`, the label being the one that now counts.
    """
    store, platform, identity = workspace.store, params["platform"], params["id"]
    subject, label = params.get("subject"), params["label"]
    store.correct(platform, identity, label, subject, by=params.get("by"), origin=params.get("origin"))
    rematch_reading(store, workspace.scorer(params.get("engine")), ("label",))
    standing = _standing(store, platform, identity, subject)
    return {"platform": platform, "id": identity, "subject": subject, "label": standing}


def _standing(store: Store, platform: str, identity: str, subject: str | None) -> str | None:
    """The label that counts now, of the mention or toward `subject`."""
    found = store.standing_labels(pl.DataFrame({"platform": [platform], "id": [identity]}))
    labels = found.filter(pl.col("subject").eq_missing(pl.lit(subject, pl.String)))["label"]
    return labels[0] if len(labels) else None


def correct_file(workspace: Workspace, params: dict[str, Any], _on_progress: Progress) -> dict[str, Any]:
    """Take the labels that were edited in an exported file.

    `{"file", "changed", "labels", "unknown", "invalid", "dry_run"}`: `unknown` rows are of no stored mention, `invalid`
    ones have a label that is none; both are `[{"line", "platform", "id", "reason"}]`.
    """
    from tingfeng.reports import read_corrections

    path, dry_run = Path(params["path"]), bool(params.get("dry_run"))
    if not path.is_file():
        raise TingfengError("There is no such file", where=params["file"], hint="check the path")
    found = read_corrections(path, workspace.store)
    if found.changed and not dry_run:
        workspace.store.correct_all(found.changed, by=params.get("by"), origin=params["file"])
        rematch_reading(workspace.store, workspace.scorer(params.get("engine")), ("label",))
    return {
        "file": params["file"],
        "changed": len(found.changed),
        "labels": [asdict(one) for one in found.changed],
        "unknown": [problem._asdict() for problem in found.unknown],
        "invalid": [problem._asdict() for problem in found.invalid],
        "dry_run": dry_run,
    }


def tag(workspace: Workspace, params: dict[str, Any], _on_progress: Progress) -> dict[str, Any]:
    """Give a mention exactly the tags in `tags`."""
    if len(params["tags"]) > MAX_TAGS or any(len(tag) > MAX_TAG for tag in params["tags"]):
        raise UsageError(f"A mention has at most {MAX_TAGS} tags of {MAX_TAG} characters", hint="shorten them")
    workspace.store.tag(params["platform"], params["id"], params["tags"])
    rematch_reading(workspace.store, workspace.scorer(params.get("engine")), ("tag",))
    return {"platform": params["platform"], "id": params["id"], "tags": params["tags"]}


def hide(workspace: Workspace, params: dict[str, Any], _on_progress: Progress) -> dict[str, Any]:
    """Leave a mention out of all numbers, or with `hidden` false take it in again."""
    hidden = bool(params.get("hidden", True))
    workspace.store.hide(params["platform"], params["id"], hidden=hidden)
    return {"platform": params["platform"], "id": params["id"], "hidden": hidden}
