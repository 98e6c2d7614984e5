"""Who does an operation: this process when it owns the store or can, else the process that owns it."""

import threading
from typing import Any

from tingfeng.home import home
from tingfeng.intake.progress import Progress, silent
from tingfeng.operations.workspace import Workspace
from tingfeng.store import owner

#: How long a process that starts the dashboard waits for a command that owns the store to end.
PATIENCE = 60.0
POLL = 1.0

_here: Workspace | None = None
_opening = threading.RLock()


def run(op: str, params: dict[str, Any], on_progress: Progress | None = None) -> Any:
    """Do the operation `op` and return its JSON, which is the same whoever does it."""
    report = on_progress or silent
    if _here is not None:
        return perform(_here, op, params, report)
    while True:
        claim = owner.claim(home())
        if claim is not None:
            with _owned(claim) as workspace:
                return perform(workspace, op, params, report)
        try:
            return owner.ask(home(), op, params, report)
        except owner.OwnerGone:
            continue
