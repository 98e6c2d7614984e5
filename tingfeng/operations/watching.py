"""Operations on watchlists."""

import time
from typing import Any, Final

import tingfeng.watchlists as lists
from tingfeng.intake.matching import rematch
from tingfeng.intake.progress import Progress
from tingfeng.operations.context import Workspace
from tingfeng.operations.rows import rows_of
from tingfeng.queries import describe, parse
from tingfeng.store import Filters
from tingfeng.store.authors import strangers

EXAMPLES: Final = 10
SHOWN: Final = ("platform", "id", "kind", "url", "author_name", "published_at", "title", "text", "language", "label")


def list_(workspace: Workspace, _params: dict[str, Any], _on_progress: Progress) -> list[dict[str, Any]]:
    """`[{"name", "time_zone", "subjects"}]`."""
    return [
        {"name": saved.name, "time_zone": saved.time_zone, "subjects": [subject.name for subject in saved.subjects]}
        for saved in workspace.store.watchlists()
    ]


def show(workspace: Workspace, params: dict[str, Any], _on_progress: Progress) -> dict[str, Any]:
    """The watchlist `name`: its fields, and `yaml` as it is saved."""
    saved = workspace.store.watchlist(params["name"])
    return {
        "name": saved.name,
        "time_zone": saved.time_zone,
        "platforms": list(saved.platforms),
        "languages": list(saved.languages),
        "sources": list(saved.sources),
        "subjects": [
            {
                "name": subject.name,
                "kind": subject.kind,
                "query": subject.query.text if subject.query else None,
                "accounts": list(subject.accounts),
            }
            for subject in saved.subjects
        ],
        "yaml": lists.write(saved),
    }


def save(workspace: Workspace, params: dict[str, Any], on_progress: Progress) -> dict[str, Any]:
    """Save the watchlist in `yaml` and match all stored mentions again.

    `{"watchlist", "mentions", "seconds", "unmatched_accounts"}`, the last being those that published none of them.
    """
    started = time.perf_counter()
    watchlist = lists.read(params["yaml"])
    workspace.store.save_watchlist(watchlist)
    mentions = rematch(workspace.store, workspace.scorer(params.get("engine")), watchlist, on_progress)
    accounts = {account: None for subject in watchlist.subjects for account in subject.owned}
    return {
        "watchlist": watchlist.name,
        "mentions": mentions,
        "seconds": round(time.perf_counter() - started, 3),
        "unmatched_accounts": [":".join(account) for account in strangers(workspace.store, list(accounts))],
    }


def delete(workspace: Workspace, params: dict[str, Any], _on_progress: Progress) -> dict[str, Any]:
    """Delete the watchlist `name`; `restore` brings it back."""
    workspace.store.delete_watchlist(params["name"])
    return {"deleted": params["name"]}


def restore(workspace: Workspace, params: dict[str, Any], on_progress: Progress) -> dict[str, Any]:
    """Bring a deleted watchlist back and match it again."""
    watchlist = workspace.store.restore_watchlist(params["name"])
    mentions = rematch(workspace.store, workspace.scorer(params.get("engine")), watchlist, on_progress)
    return {"watchlist": watchlist.name, "mentions": mentions}


def test(workspace: Workspace, params: dict[str, Any], _on_progress: Progress) -> dict[str, Any]:
    """What `query` means and finds: `{"understood", "count", "examples": [10]}`.

    As a subject of `watchlist` finds it, on its platforms, in its languages and its zone; `time_zone` is another zone.
    """
    saved = workspace.store.watchlist(params["watchlist"]) if params.get("watchlist") else lists.Watchlist("")
    zone = params.get("time_zone") or saved.time_zone
    query = parse(params["query"], zone)
    filters = Filters(
        platforms=saved.platforms,
        languages=saved.languages,
        query=params["query"],
        zone=zone,
        own=saved not in lists.examples(),
    )
    return {
        "understood": describe(query, params.get("language", "en")),
        "count": workspace.store.count(filters),
        "examples": rows_of(workspace.store.mentions_page(filters, limit=EXAMPLES)[list(SHOWN)]),
    }
