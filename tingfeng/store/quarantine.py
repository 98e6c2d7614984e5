"""The quarantine: rows that could not be read as mentions, each once, with file, line and reason."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

import polars as pl

from tingfeng.store.database import Cursor, Database


class Rejected(Protocol):
    """A row that is no mention: its line in the file, why, and the row as it was."""

    @property
    def line(self) -> int | None:
        """Counted from 1; null where the file has no lines."""

    @property
    def reason(self) -> str:
        """One sentence."""

    @property
    def raw(self) -> str:
        """The row as it stood in the file."""


def insert_rejects(cursor: Cursor, rejects: Iterable[Rejected], import_number: int, file: str) -> None:
    """Put rows of `file` into the quarantine, those that lie there already only under this import too.

    A row that a retry has taken stays out, however often its file is read again.
    """
    rows = [(one.line, one.reason, one.raw) for one in rejects]
    if not rows:
        return
    schema = {"line": pl.Int64, "reason": pl.String, "raw": pl.String}
    frame = pl.DataFrame(rows, schema, orient="row").unique(["line", "raw"], keep="last", maintain_order=True)
    cursor.register("rejected", frame.with_row_index("position"))
    cursor.execute(
        """INSERT INTO quarantine
        SELECT (SELECT coalesce(max(number), 0) FROM quarantine) + 1 + r.position, ?, r.line, r.reason, r.raw, NULL
        FROM rejected r WHERE NOT EXISTS (
            SELECT 1 FROM quarantine q WHERE q.file = ? AND q.line IS NOT DISTINCT FROM r.line AND q.raw = r.raw)""",
        [file, file],
    )
    cursor.execute(
        """INSERT INTO quarantine_sightings
        SELECT $n, q.number FROM quarantine q JOIN rejected r ON q.line IS NOT DISTINCT FROM r.line AND q.raw = r.raw
        WHERE q.file = $file AND NOT EXISTS (
            SELECT 1 FROM quarantine_sightings s WHERE s.import = $n AND s.number = q.number)""",
        {"n": import_number, "file": file},
    )


def rejects(
    store: Database, *, file: str | None = None, limit: int | None = None, offset: int = 0
) -> list[dict[str, Any]]:
    """Rows in the quarantine: `{"number", "file", "line", "reason", "raw"}`, by file and line."""
    return store.rows(
        """SELECT number, file, line, reason, raw FROM quarantine WHERE taken_by IS NULL AND file = coalesce(?, file)
        ORDER BY file, line, number LIMIT ? OFFSET ?""",
        [file, limit, offset],
    )


def count_rejects(store: Database) -> list[dict[str, Any]]:
    """How many rows of each file lie in the quarantine for each reason: `{"file", "reason", "rows"}`."""
    return store.rows(
        """SELECT file, reason, count(*) AS rows FROM quarantine WHERE taken_by IS NULL
        GROUP BY file, reason ORDER BY file, reason"""
    )


def take_rejects(store: Database, numbers: Sequence[int], import_number: int) -> None:
    """Take rows out of the quarantine once import `import_number` has stored them; its undoing returns them."""
    with store.transaction() as cursor:
        cursor.execute(
            "UPDATE quarantine SET taken_by = ? WHERE number IN (SELECT unnest(?::BIGINT[]))",
            [import_number, list(numbers)],
        )
