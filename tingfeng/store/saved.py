"""Saved watchlists, and mappings of table layouts."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from tingfeng import watchlists as format_
from tingfeng.store.database import Cursor, Database
from tingfeng.store.errors import UnknownNameError
from tingfeng.watchlists import Watchlist

_read = lru_cache(maxsize=256)(format_.read)


def watchlists(store: Database) -> list[Watchlist]:
    """The saved watchlists, in the order that people gave them."""
    return _kept(store, "NOT deleted")


def deleted_watchlists(store: Database) -> list[Watchlist]:
    """Those that were deleted and that `restore_watchlist` can bring back."""
    return _kept(store, "deleted")


def _kept(store: Database, which: str) -> list[Watchlist]:
    return [_read(row["yaml"]) for row in store.rows(f"SELECT yaml FROM watchlists WHERE {which} ORDER BY position")]


def watchlist(store: Database, name: str) -> Watchlist:
    """The saved watchlist of that name; UnknownNameError with the nearest one otherwise."""
    saved = {one.name: one for one in watchlists(store)}
    if name not in saved:
        raise UnknownNameError("watchlist", name, saved)
    return saved[name]


def save_watchlist(store: Database, saved: Watchlist, *, order: int | None = None) -> None:
    """Save a watchlist under its name, in the place of the one of that name; a new one goes last.

    Its matches stay as they were until `replace_matches`.
    """
    with _saving(store) as cursor:
        cursor.execute(
            """INSERT INTO watchlists
            VALUES (?, coalesce(?, (SELECT coalesce(max(position), 0) + 1 FROM watchlists)), ?, false)
            ON CONFLICT (name) DO UPDATE SET position = coalesce(?, position), yaml = excluded.yaml, deleted = false""",
            [saved.name, order, format_.write(saved), order],
        )


def delete_watchlist(store: Database, name: str) -> None:
    """Delete a watchlist and its matches; `restore_watchlist` brings it back."""
    watchlist(store, name)
    with _saving(store) as cursor:
        cursor.execute("UPDATE watchlists SET deleted = true WHERE name = ?", [name])
        cursor.execute("DELETE FROM matches WHERE watchlist = ?", [name])


def restore_watchlist(store: Database, name: str) -> Watchlist:
    """Bring a deleted watchlist back; its matches are made again by the caller."""
    gone = {one.name: one for one in deleted_watchlists(store)}
    if name not in gone:
        raise UnknownNameError("deleted watchlist", name, gone)
    with _saving(store) as cursor:
        cursor.execute("UPDATE watchlists SET deleted = false WHERE name = ?", [name])
    return gone[name]


@contextmanager
def _saving(store: Database) -> Iterator[Cursor]:
    """A transaction after which no import commits matches of the watchlists before it."""
    with store.writing:
        with store.transaction() as cursor:
            yield cursor
        store.watchlists_saved += 1


def mappings(store: Database) -> dict[str, str]:
    """All remembered mappings (YAML) by table layout."""
    return {row["layout"]: row["yaml"] for row in store.rows("SELECT layout, yaml FROM mappings")}


def save_mapping(store: Database, layout: str, yaml: str) -> None:
    """Remember the mapping (YAML) of a table layout."""
    with store.transaction() as cursor:
        cursor.execute(
            "INSERT INTO mappings VALUES (?, ?) ON CONFLICT (layout) DO UPDATE SET yaml = excluded.yaml", [layout, yaml]
        )
