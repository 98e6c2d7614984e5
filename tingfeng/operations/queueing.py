"""Import, even while the process that owns the store does not answer: the files then wait in the inbox."""

from typing import Any

from tingfeng.intake import inbox
from tingfeng.intake.progress import Progress
from tingfeng.intake.verdicts import COUNTS, verdict
from tingfeng.operations.dispatch import run
from tingfeng.operations.ownership import place
from tingfeng.store import owner


def import_or_queue(params: dict[str, Any], on_progress: Progress | None = None) -> dict[str, Any]:
    """What the operation `import` returns; with `"queued": true` and null counts when the owner was silent."""
    try:
        result: dict[str, Any] = run("import", params, on_progress)
    except owner.OwnerSilent:
        if params.get("dry_run"):
            raise
        inbox.leave(place(), params)
        unknown = dict.fromkeys((*COUNTS, "seconds"))
        unjudged = unknown | {"repaired": {"times": None, "ids": None}}
        files = [verdict(given["given"]) | unjudged for given in params["paths"]]
        return {"import": None, "queued": True, "files": files, "total": unknown}
    return result
