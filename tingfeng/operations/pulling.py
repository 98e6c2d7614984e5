"""Pulling what the watchlists want of a source."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from tingfeng.errors import TingfengError
from tingfeng.intake.progress import Progress
from tingfeng.operations.context import Workspace
from tingfeng.store import Filters
from tingfeng.store.history import now
from tingfeng.watchlists import examples


def pull_(workspace: Workspace, params: dict[str, Any], on_progress: Progress) -> dict[str, Any]:
    """Pull `source` for `watchlist` (null: all but the examples) from `since` (null: where it ended) on.

    At most `limit` records.

    `{"source", "import", "requests", "read", "new", "updated", "unchanged", "rejected", "dropped", "complete",
    "cursor", "stopped", "next_run", "errors", "skipped", "partial", "cost", "seconds"}`, and `error`. With `dry_run`
    only what it would ask. `secret` and `address` are what `pull_source` found; `every` seconds after now the source
    is to be pulled again. `ended`: the owner of the store had to end, and who asked may go on.
    """
    from listeners.apis.client import Http
    from listeners.apis.registry import apis
    from tingfeng.intake.pulling import forecast, pull, wanted

    api = apis()[params["source"]]
    store, name = workspace.store, params.get("watchlist")
    # The examples name invented brands, and asking an API for these may cost real money.
    watchlists = [store.watchlist(name)] if name else [one for one in store.watchlists() if one not in examples()]
    zone = watchlists[0].time_zone if name else "UTC"
    wants = wanted(api, watchlists, Filters(since=params.get("since"), zone=zone).period[0])
    if name:
        wants = replace(wants, others=wanted(api, store.watchlists()).queries)
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
        return pull(
            store,
            scorer,
            http,
            wants,
            limit=params.get("limit"),
            every=_after(params.get("every")),
            on_progress=on_progress,
        )
    finally:
        http.close()


def pull_failed(workspace: Workspace, params: dict[str, Any], _on_progress: Progress) -> None:
    """Remember that `source` could not be pulled, for the reason `error`, and is to be tried again `every` seconds."""
    next_run = _after(params.get("every"))
    workspace.store.save_health(params["source"], tried=now(), error=params["error"], next_run=next_run)


def sources(workspace: Workspace, _params: dict[str, Any], _on_progress: Progress) -> list[dict[str, Any]]:
    """All sources: `{"source", "platform", "credential", "last_try", "last_success", "last_error", "next_run"}`.

    `credential` says in words what it needs, null where nothing; times are null for what never happened.
    """
    from listeners.apis.registry import apis

    known = {row.pop("source"): row for row in workspace.store.source_health()}
    unknown = dict.fromkeys(("last_try", "last_success", "last_error", "next_run"))
    return [
        {"source": name, "platform": api.platform, "credential": api.credential or None}
        | {field: _written(value) for field, value in known.get(name, unknown).items()}
        for name, api in apis().items()
    ]


def _after(seconds: float | None) -> datetime | None:
    return now() + timedelta(seconds=seconds) if seconds else None


def _written(value: datetime | str | None) -> str | None:
    return value.strftime("%Y-%m-%dT%H:%M:%SZ") if isinstance(value, datetime) else value


def _patience(workspace: Workspace) -> Callable[[float], None]:
    """Waiting that ends when the store's owner is asked to end."""
    from listeners.apis.client import Ended

    def sleep(seconds: float) -> None:
        if workspace.closing.wait(seconds):
            raise Ended("The process that owns the store ends", hint="pull again: it goes on there")

    return sleep
