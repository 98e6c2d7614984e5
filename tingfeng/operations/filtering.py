"""Filters as a command or a page writes them, checked and made into the store's filters."""

from difflib import get_close_matches
from typing import Any, Final

from tingfeng.errors import TingfengError, UsageError
from tingfeng.mentions.record import KINDS, LABELS
from tingfeng.operations.workspace import Workspace
from tingfeng.store import Filters
from tingfeng.watchlists import Watchlist

LISTS: Final = {
    "platform": "platforms",
    "language": "languages",
    "subject": "subjects",
    "kind": "kinds",
    "region": "regions",
    "label": "labels",
}
WORDS: Final = {"kind": KINDS, "label": LABELS}


def watchlist_named(workspace: Workspace, name: str) -> Watchlist:
    """The saved watchlist `name`; an error with the nearest name otherwise."""
    saved = {watchlist.name: watchlist for watchlist in workspace.store.watchlists()}
    if name in saved:
        return saved[name]
    raise TingfengError(f"There is no watchlist {name!r}", hint=nearest(name, saved, "save it first"))


def nearest(word: str, known: Any, otherwise: str = "") -> str:
    """'did you mean ...' with the nearest of `known`, else the list of them, else `otherwise`."""
    close = get_close_matches(word, list(known), n=1)
    if close:
        return f"did you mean {close[0]!r}?"
    return f"there is {', '.join(map(repr, known))}" if known else otherwise


def filters_of(workspace: Workspace, params: dict[str, Any]) -> Filters:
    """The store's filters for `{"watchlist", "platform": [...], ..., "query", "since", "until"}`."""
    watchlist = watchlist_named(workspace, params["watchlist"])
    for name, words in WORDS.items():
        for value in params.get(name) or ():
            if value not in words:
                raise UsageError(f"{value!r} is no {name}", where=f"--{name}", hint=nearest(value, words))
    known = {subject.name for subject in watchlist.subjects}
    for value in params.get("subject") or ():
        if value not in known:
            raise TingfengError(
                f"The watchlist {watchlist.name!r} has no subject {value!r}", hint=nearest(value, sorted(known))
            )
    lists = {field: tuple(params.get(name) or ()) for name, field in LISTS.items()}
    texts = {name: params.get(name) for name in ("query", "since", "until")}
    return Filters(watchlist=watchlist.name, zone=watchlist.time_zone, **lists, **texts)
