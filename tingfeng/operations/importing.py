"""Operations on the way in: import, its history, the quarantine and the demo data."""

from typing import Any

from listeners import Options
from tingfeng.intake.demo_data import load_demo, remove_demo
from tingfeng.intake.importing import Intake, check_mapping
from tingfeng.intake.matching import rematch
from tingfeng.intake.progress import Progress
from tingfeng.intake.quarantine import retry_rejects
from tingfeng.intake.reading import Given
from tingfeng.intake.rehearsal import rehearsal
from tingfeng.intake.taking import Taker
from tingfeng.operations.context import Workspace


def import_(workspace: Workspace, params: dict[str, Any], on_progress: Progress) -> dict[str, Any]:
    """Import `paths` (`[{"given", "path"}]`): `{"import", "files", "total"}`, and `error` if a named one could not be.

    Further: `as_format`, `platform`, `time_zone`, `map` (YAML), `engine`, and `dry_run`, which writes nothing.
    """
    store = workspace.store
    check_mapping(params.get("map"))
    options = Options(
        as_format=params.get("as_format"),
        platform=params.get("platform"),
        time_zone=params.get("time_zone"),
        mapping=params.get("map"),
        remembered=store.mappings(),
    )
    paths = [Given(given["given"], given["path"]) for given in params["paths"]]
    if params.get("dry_run"):
        with rehearsal(store) as takes:
            intake = Intake(takes, options, paths, on_progress)
            intake.run()
            return intake.result(None)
    with Taker(store, workspace.scorer(params.get("engine"))) as taker:
        intake = Intake(taker, options, paths, on_progress)
        try:
            intake.run()
        finally:
            taker.finish(intake.verdicts, on_progress, whole=intake.whole)
    return intake.result(taker.number)


def imports(workspace: Workspace, _params: dict[str, Any], _on_progress: Progress) -> list[dict[str, Any]]:
    """The history, the newest import first."""
    return workspace.store.imports()


def undo(workspace: Workspace, params: dict[str, Any], on_progress: Progress) -> dict[str, Any]:
    """Take import `number` back: `{"import", "removed", "restored", "kept"}`."""
    store, scorer = workspace.store, workspace.scorer(params.get("engine"))
    undone = store.undo_import(params["number"], Taker(store, scorer).matches_of_stored)
    for watchlist in store.watchlists():
        if any(subject.accounts for subject in watchlist.subjects):
            # A post that is gone takes its replies' matches with it.
            rematch(store, scorer, watchlist, on_progress)
    return undone


def rejects(workspace: Workspace, params: dict[str, Any], _on_progress: Progress) -> dict[str, Any]:
    """The quarantine: `{"rows": [{"number", "file", "line", "reason", "raw"}]}`."""
    found = workspace.store.rejects(
        file=params.get("file"), limit=params.get("limit"), offset=params.get("offset") or 0
    )
    return {"rows": found}


def retry(workspace: Workspace, params: dict[str, Any], on_progress: Progress) -> dict[str, Any]:
    """Read the quarantine again: `{"import", "files", "total", "rows"}`.

    `rows` (`[{"number", "raw"}]`) are rows that were mended; without them all are read as they are.
    """
    mended = {row["number"]: row["raw"] for row in params.get("rows") or ()}
    return retry_rejects(workspace.store, workspace.scorer(params.get("engine")), mended, on_progress)


def demo(workspace: Workspace, params: dict[str, Any], on_progress: Progress) -> dict[str, Any]:
    """Load the demo data, or with `remove` take it out."""
    if params.get("remove"):
        return remove_demo(workspace.store)
    return load_demo(workspace.store, workspace.scorer(params.get("engine")), on_progress)
