"""Asking for a pull: credential and address are those of the process that asks, whoever owns the store."""

from typing import Any

from listeners.apis.contract import Api
from tingfeng.intake.progress import Progress
from tingfeng.intake.verdicts import COUNTS
from tingfeng.operations.dispatch import run
from tingfeng.operations.filtering import refuse_unknown


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


def _together(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """The result of a pull that two processes did, one after the other."""
    counts = {name: before[name] + after[name] for name in (*COUNTS, "requests", "dropped", "seconds")}
    entries = {name: before[name] + after[name] for name in ("skipped", "partial")}
    return after | counts | entries


def api_of(source: str) -> Api:
    """The API called `source`; UsageError with the nearest name otherwise."""
    from listeners.apis.registry import apis

    refuse_unknown(source, tuple(apis()), "source", where="SOURCE")
    return apis()[source]
