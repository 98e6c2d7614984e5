"""Measures, as the pages show them."""

from difflib import get_close_matches
from typing import Any

from tingfeng.errors import UsageError
from tingfeng.insights import MEASURES
from tingfeng.intake.progress import Progress
from tingfeng.operations.filtering import filters_of
from tingfeng.operations.rows import rows_of
from tingfeng.operations.workspace import Workspace

#: Measures whose rows stand for what `--by` says.
GROUPED = ("volume", "sentiment")
BY = ("hour", "day", "week", "month", "subject", "platform", "language", "kind", "region")


def measure(workspace: Workspace, params: dict[str, Any], _on_progress: Progress) -> dict[str, Any]:
    """`{"measure", "filters", "rows"}` of the measure named in `params`, by `by` (default day, subject)."""
    name = params["measure"]
    by = checked(name, tuple(params.get("by") or ()))
    filters = filters_of(workspace, params)
    ask = MEASURES[name]
    frame = (
        ask(workspace.store, filters, by or ("day", "subject")) if name in GROUPED else ask(workspace.store, filters)
    )
    asked = {key: value for key, value in filters.to_params().items() if value}
    return {"measure": name, "filters": asked, "rows": rows_of(frame)}


def checked(name: str, by: tuple[str, ...]) -> tuple[str, ...]:
    """`by`, if the measure `name` exists and can be cut that way."""
    if name not in MEASURES:
        raise UsageError(f"There is no measure {name!r}", where="measure", hint=_near(name, tuple(MEASURES)))
    if by and name not in GROUPED:
        raise UsageError(f"The measure {name!r} takes no --by", where="--by", hint="leave it out")
    for part in by:
        if part not in BY:
            raise UsageError(f"There is no --by {part!r}", where="--by", hint=_near(part, BY))
    return by


def _near(word: str, known: tuple[str, ...]) -> str:
    close = get_close_matches(word, known, n=1)
    return f"did you mean {close[0]!r}?" if close else f"there is {', '.join(known)}"
