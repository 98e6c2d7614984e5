"""Asking for a pull: credential and address are those of the process that asks, whoever owns the store."""

from typing import TYPE_CHECKING, Any, Final

from tingfeng.errors import TingfengError
from tingfeng.intake.progress import Progress
from tingfeng.intake.verdicts import COUNTS
from tingfeng.operations.dispatch import run
from tingfeng.operations.filtering import refuse_unknown

if TYPE_CHECKING:
    from listeners.apis.contract import Api
    from tingfeng.operations.schedules import Schedule

#: What is counted of a pull, in the order in which it is shown.
COUNTED: Final = ("requests", *COUNTS, "dropped")


def pull_source(params: dict[str, Any], on_progress: Progress | None = None) -> dict[str, Any]:
    """What the operation `pull` returns for `params`."""
    from listeners.apis.credentials import address, credential

    api = api_of(params["source"])
    given = {} if params.get("dry_run") else {"secret": credential(api), "address": address(api)}
    result: dict[str, Any] = run("pull", params | given, on_progress)
    while result.get("ended"):
        # The owner of the store had to end; whoever owns it now goes on where that one was.
        left = {"limit": params["limit"] - result["read"]} if params.get("limit") else {}
        result = _together(result, run("pull", params | given | left, on_progress))
    return result


def connections() -> list[dict[str, Any]]:
    """What the operation `sources` returns, each with where its credential is, and what is scheduled. Never a secret.

    Besides: `variable` and `file`, where a credential may stand, `found` in which it does, `optional` that it works
    without; `trouble`: why it cannot be read; `address` if another was set; `every` (seconds) and `watchlist` if it is
    scheduled.
    """
    from listeners.apis.registry import apis
    from tingfeng.operations.schedules import planned

    known = {one.source: one for one in planned()}
    return [
        row | _credential(apis()[row["source"]]) | _scheduled(known.get(row["source"])) for row in run("sources", {})
    ]


def _credential(api: "Api") -> dict[str, Any]:
    from listeners.apis.credentials import FILE, address, credential, origin, variable

    said = {"variable": variable(api.name, "TOKEN"), "file": FILE, "optional": api.credential_optional}
    found, other, trouble = None, None, None
    try:
        other = address(api)
        if api.credential and (found := origin(api)):
            credential(api)
    except TingfengError as error:
        trouble = error.as_json()["error"]
    return said | {"found": found, "address": other, "trouble": trouble}


def _scheduled(schedule: "Schedule | None") -> dict[str, Any]:
    every = schedule.every.total_seconds() if schedule else None
    return {"every": every, "watchlist": schedule.watchlist if schedule else None}


def _together(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """The result of a pull that two processes did, one after the other."""
    counts = {name: before[name] + after[name] for name in (*COUNTED, "seconds")}
    entries = {name: before[name] + after[name] for name in ("skipped", "partial")}
    return after | counts | entries


def api_of(source: str) -> "Api":
    """The API called `source`; UsageError with the nearest name otherwise."""
    from listeners.apis.registry import apis

    refuse_unknown(source, tuple(apis()), "source", where="SOURCE")
    return apis()[source]
