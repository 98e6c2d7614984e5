"""Asking for a pull: credential and address are those of the process that asks, whoever owns the store."""

from typing import Any

from listeners.apis.contract import Api
from tingfeng.intake.progress import Progress
from tingfeng.operations.dispatch import run
from tingfeng.operations.filtering import refuse_unknown


def pull_source(params: dict[str, Any], on_progress: Progress | None = None) -> dict[str, Any]:
    """What the operation `pull` returns for `params`."""
    from listeners.apis.credentials import address, credential

    api = api_of(params["source"])
    given = {} if params.get("dry_run") else {"secret": credential(api), "address": address(api)}
    result: dict[str, Any] = run("pull", params | given, on_progress)
    return result


def api_of(source: str) -> Api:
    """The API called `source`; UsageError with the nearest name otherwise."""
    from listeners.apis.registry import apis

    refuse_unknown(source, tuple(apis()), "source", where="SOURCE")
    return apis()[source]
