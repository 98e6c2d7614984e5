"""Where the pulls of each source stand, and how the sources are."""

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tingfeng.store.database import Cursor, Database

if TYPE_CHECKING:
    from listeners.apis.state import State


def pull_states(store: Database, source: str) -> "dict[str, State]":
    """Where the jobs of `source` stand, by their keys."""
    from listeners.apis.state import State  # with all listeners, for which only a pull should wait

    rows = store.rows("SELECT * EXCLUDE (source) FROM pulls WHERE source = ?", [source])
    return {row.pop("job"): State(**row) for row in rows}


def save_pull_state(cursor: Cursor, source: str, job: str, state: "State") -> None:
    """Write where `job` stands, in the transaction that stores what led there."""
    values = [source, job, *asdict(state).values()]
    cursor.execute(f"INSERT OR REPLACE INTO pulls VALUES ({', '.join('?' * len(values))})", values)


def forget_pulls_of_import(cursor: Cursor, number: int) -> None:
    """Let the source that import `number` pulled begin anew, when what it brought is taken back."""
    cursor.execute(
        "DELETE FROM pulls WHERE EXISTS (SELECT 1 FROM imports WHERE number = ? AND paths = '[\"' || source || '\"]')",
        [number],
    )


def save_health(store: Database, source: str, *, tried: datetime, error: str | None, next_run: datetime | None) -> None:
    """Remember how a pull of `source` went: `error` in plain words, None where it did what was asked."""
    with store.transaction() as cursor:
        cursor.execute(
            """INSERT INTO source_health VALUES ($source, $tried, $success, $error, $next)
            ON CONFLICT (source) DO UPDATE SET last_try = excluded.last_try, last_error = excluded.last_error,
                last_success = coalesce(excluded.last_success, last_success), next_run = excluded.next_run""",
            {
                "source": source,
                "tried": tried,
                "success": None if error else tried,
                "error": error,
                "next": next_run,
            },
        )


def source_health(store: Database) -> list[dict[str, Any]]:
    """`{"source", "last_try", "last_success", "last_error", "next_run"}` of each source that was pulled."""
    return store.rows("SELECT * FROM source_health ORDER BY source")
