"""How far a long piece of work has come."""

from collections.abc import Callable
from typing import Any

#: Takes `{"what": str, "done": int, "of": int | None}`.
Progress = Callable[[dict[str, Any]], None]


def step(what: str, done: int, of: int | None = None) -> dict[str, Any]:
    """One report of progress: `done` of `of` (None: nobody knows yet)."""
    return {"what": what, "done": done, "of": of}


def silent(_step: dict[str, Any]) -> None:
    """Report to nobody."""
