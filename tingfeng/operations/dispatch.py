"""Who does an operation: this process when it owns the store or can, else the process that does."""

import os
from typing import Any, Final

from tingfeng.home import store_path
from tingfeng.intake.progress import Progress, silent
from tingfeng.operations.context import ENGINE_VARIABLE
from tingfeng.operations.ownership import UnwritableError, here, place, reading, take
from tingfeng.operations.perform import ingest_inbox, perform
from tingfeng.store import owner

#: What can be asked of a store that cannot be written.
QUESTIONS: Final = (
    *("imports", "rejects", "watchlist_list", "watchlist_show", "watchlist_test"),
    *("measure", "export", "learning", "rules", "sources"),
)


def run(op: str, params: dict[str, Any], on_progress: Progress | None = None) -> Any:
    """Do the operation `op` and return its JSON, which is the same whoever does it."""
    report = on_progress or silent
    if engine := os.environ.get(ENGINE_VARIABLE):
        # The one who asks chooses, also when another process does the work.
        params = {"engine": engine} | params
    if workspace := here():
        return perform(workspace, op, params, report)
    while True:
        try:
            taken = take()
        except UnwritableError:
            if op not in QUESTIONS or not os.access(store_path(), os.R_OK):
                raise
            with reading() as readable:
                return perform(readable, op, params, report)
        if taken:
            try:
                if op == "import":
                    # What waits in the inbox came first, and nobody else may ever look.
                    ingest_inbox(taken.workspace)
                return perform(taken.workspace, op, params, report)
            finally:
                taken.close()
        try:
            return owner.ask(place(), op, params, report)
        except owner.OwnerGone:
            continue
