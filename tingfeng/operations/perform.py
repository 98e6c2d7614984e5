"""Doing an operation in the process that owns the store."""

from typing import Any

from tingfeng.errors import TingfengError
from tingfeng.intake import inbox
from tingfeng.intake.progress import Progress, silent
from tingfeng.operations.catalogue import OPERATIONS
from tingfeng.operations.context import Workspace
from tingfeng.operations.fields import check
from tingfeng.operations.log import unexpected


def perform(workspace: Workspace, op: str, params: dict[str, Any], on_progress: Progress) -> Any:
    """The JSON of operation `op`; whatever goes wrong inside is a TingfengError."""
    try:
        check(op, params)
        with workspace.operating():
            return OPERATIONS[op](workspace, params, on_progress)
    except TingfengError:
        raise
    except Exception as error:
        raise unexpected(error) from error


def ingest_inbox(workspace: Workspace) -> int:
    """Import what waits in the inbox; how many jobs there were."""
    return inbox.ingest(workspace.home, lambda params: perform(workspace, "import", params, silent))
