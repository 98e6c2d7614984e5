"""Pulling what the watchlists want of a source."""

from collections.abc import Callable
from typing import Any

from tingfeng.errors import TingfengError
from tingfeng.intake.progress import Progress
from tingfeng.operations.context import Workspace
from tingfeng.store import Filters


def pull_(workspace: Workspace, params: dict[str, Any], on_progress: Progress) -> dict[str, Any]:
    """Pull `source` for `watchlist` (null: for all), from `since` on (null: from where it ended), `limit` records.

    `{"source", "import", "requests", "read", "new", "updated", "unchanged", "rejected", "dropped", "complete",
    "cursor", "stopped", "next_run", "errors", "skipped", "partial", "cost", "seconds"}`, and `error`. With `dry_run`
    only what it would ask. `secret` and `address` are what `pull_source` found.
    """
    from listeners.apis.client import Http
    from listeners.apis.registry import apis
    from tingfeng.intake.pulling import forecast, pull, wanted

    api = apis()[params["source"]]
    store, name = workspace.store, params.get("watchlist")
    watchlists = [store.watchlist(name)] if name else store.watchlists()
    zone = watchlists[0].time_zone if name else "UTC"
    wants = wanted(api, watchlists, Filters(since=params.get("since"), zone=zone).period[0])
    if not api.jobs(wants):
        raise TingfengError(
            f"No watchlist wants anything of {api.name}",
            where=name or "all watchlists",
            hint=f"give a subject a query or an account of {api.name}, or list {api.name}:... below 'sources'",
        )
    if params.get("dry_run"):
        return forecast(api, wants)
    http = Http(api, secret=params.get("secret"), address=params.get("address"), sleep=_patience(workspace))
    try:
        scorer = workspace.scorer(params.get("engine"))
        return pull(store, scorer, http, api, wants, limit=params.get("limit"), on_progress=on_progress)
    finally:
        http.close()


def _patience(workspace: Workspace) -> Callable[[float], None]:
    """Waiting that ends when the store's owner is asked to end."""

    def sleep(seconds: float) -> None:
        if workspace.closing.wait(seconds):
            raise TingfengError("The pull was ended with the process that owns the store", hint="repeat it: it goes on")

    return sleep
