"""Measures, as the pages show them."""

from typing import Any, Final

from tingfeng.errors import UsageError
from tingfeng.intake.progress import Progress
from tingfeng.operations.context import Workspace
from tingfeng.operations.filtering import filters_of, refuse_unknown
from tingfeng.operations.rows import rows_of
from tingfeng.store.filters import LISTS

#: Measures whose rows stand for what `--by` says.
GROUPED: Final = ("volume", "sentiment")
BY: Final = ("hour", "day", "week", "month", "subject", "platform", "language", "kind", "region")


def measure(workspace: Workspace, params: dict[str, Any], _on_progress: Progress) -> dict[str, Any]:
    """`{"measure", "filters", "rows"}` of the measure named in `params`, by `by` (default day, subject)."""
    from tingfeng.insights import MEASURES

    name = params["measure"]
    by = checked(name, tuple(params.get("by") or ()))
    filters = filters_of(workspace.store, params)
    options = {"by": by or ("day", "subject")} if name in GROUPED else {}
    frame = MEASURES[name](workspace.store, filters, **options)
    asked = {key: values if key in LISTS else values[0] for key, values in filters.to_params().items()}
    return {"measure": name, "filters": asked, "rows": rows_of(frame)}


def checked(name: str, by: tuple[str, ...]) -> tuple[str, ...]:
    """`by`, if the measure `name` exists and can be cut that way."""
    from tingfeng.insights import MEASURES

    refuse_unknown(name, tuple(MEASURES), "measure", "measure NAME")
    if by and name not in GROUPED:
        raise UsageError(f"The measure {name!r} takes no --by", where="--by", hint="leave it out")
    for part in by:
        refuse_unknown(part, BY, "by")
    return by
