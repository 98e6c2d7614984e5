"""One function a command: JSON in, JSON out, for the command line and the pages alike.

`run` does an operation, whoever owns the store; `own` makes this process the owner, and `workspace` is what it owns.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tingfeng.operations.catalogue import OPERATIONS
    from tingfeng.operations.context import Workspace
    from tingfeng.operations.dispatch import run
    from tingfeng.operations.ownership import disown, own, workspace

__all__ = ["OPERATIONS", "Workspace", "disown", "own", "run", "workspace"]

_HOMES = {"OPERATIONS": "catalogue", "Workspace": "context", "run": "dispatch"} | dict.fromkeys(
    ("disown", "own", "workspace"), "ownership"
)


def __getattr__(name: str) -> Any:
    """Load what opens the store only for those who want it: `tingfeng formats` must not wait for a database."""
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
