"""Operations on the way in: import, its history, the quarantine and the demo data."""

from typing import Any

from tingfeng.intake import Options, import_paths, inbox
from tingfeng.intake.progress import Progress
from tingfeng.operations.workspace import Workspace


def import_(workspace: Workspace, params: dict[str, Any], on_progress: Progress) -> dict[str, Any]:
    """Import `paths` (`[{"given", "path"}]`); with an `error` when a named path was not handled."""
    options = Options(
        as_format=params.get("as_format"),
        platform=params.get("platform"),
        time_zone=params.get("time_zone"),
        map_text=params.get("map"),
        dry_run=bool(params.get("dry_run")),
    )
    scorer = workspace.scorer(params.get("engine"))
    return import_paths(workspace.store, scorer, params["paths"], options, on_progress)


def ingest_inbox(workspace: Workspace) -> int:
    """Import what waits in the inbox; returns the number of jobs."""
    return inbox.ingest(workspace.home, lambda params: import_(workspace, params, lambda _step: None))
