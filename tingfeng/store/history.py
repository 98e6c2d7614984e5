"""The history of imports, and taking one back."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import polars as pl

from tingfeng.mentions.record import DEMO, KEY, SCHEMA
from tingfeng.mentions.searchable import folded_mentions
from tingfeng.store.corrections import settle
from tingfeng.store.database import Cursor, Database, fetch
from tingfeng.store.errors import StoreError, UnknownNameError
from tingfeng.store.matches import insert_matches
from tingfeng.store.pulls import forget_pulls_of_import

COUNTS: Final = ("read", "new", "updated", "unchanged", "rejected", "seconds")

#: What an undone update gives back besides the text: all but the key and what people decided about the mention.
RESTORED: Final = (
    *(name for name in SCHEMA if name not in (*KEY, "text")),
    *(
        "language",
        "engine_label",
        "engine_score",
        "engine_confidence",
        "engine",
        "last_import",
        "author",
        "fingerprint",
    ),
)

Rematch = Callable[[pl.DataFrame], pl.DataFrame]


def begin_import(store: Database, paths: Sequence[str], *, demo: bool = False) -> int:
    """Open an import of `paths`; its number."""
    with store.transaction() as cursor:
        number = int(cursor.execute("SELECT coalesce(max(number), 0) + 1 FROM imports").fetchall()[0][0])
        listed = json.dumps(list(paths), ensure_ascii=False)
        cursor.execute("INSERT INTO imports VALUES (?, ?, NULL, NULL, ?, ?)", [number, now(), listed, demo])
    store.running.add(number)
    return number


def finish_import(store: Database, number: int, verdicts: Sequence[dict[str, Any]], *, whole: bool = True) -> None:
    """Close import `number` with the verdict on each file; unless all was read to its end it counts as interrupted."""
    with store.transaction() as cursor:
        if whole:
            cursor.execute("UPDATE imports SET finished = ? WHERE number = ?", [now(), number])
        for position, verdict in enumerate(verdicts):
            text = json.dumps(verdict, ensure_ascii=False)
            cursor.execute("INSERT INTO import_files VALUES (?, ?, ?)", [number, position, text])
    store.running.discard(number)


def imports(store: Database) -> list[dict[str, Any]]:
    """All imports, the newest first.

    Each is `{"import", "began", "finished", "status", "demo", "paths", "files", "total"}`, `status` being finished,
    running, interrupted (something ended it or the reading of a file midway; whole batches stay) or undone.
    """
    files: dict[int, list[dict[str, Any]]] = {}
    for row in store.rows("SELECT import, verdict FROM import_files ORDER BY import, position"):
        files.setdefault(row["import"], []).append(json.loads(row["verdict"]))
    found = store.rows("SELECT * FROM imports ORDER BY number DESC")
    return [_described(row, files.get(row["number"], []), running=row["number"] in store.running) for row in found]


def _described(row: dict[str, Any], files: list[dict[str, Any]], *, running: bool) -> dict[str, Any]:
    unfinished = "running" if running else "interrupted"
    return {
        "import": row["number"],
        "began": _written(row["began"]),
        "finished": _written(row["finished"]),
        "status": "undone" if row["undone"] else "finished" if row["finished"] else unfinished,
        "demo": row["demo"],
        "paths": json.loads(row["paths"]),
        "files": files,
        "total": {name: sum(file.get(name) or 0 for file in files) for name in COUNTS},
    }


def is_demo(store: Database) -> bool:
    """Whether mentions lie in the store that the demo invented, brought by the demo or by an export of it."""
    return bool(store.rows("SELECT 1 FROM mentions WHERE source = ? LIMIT 1", [DEMO]))


def has_own_data(store: Database) -> bool:
    """Whether mentions lie in the store that are no demo data."""
    return bool(store.rows("SELECT 1 FROM mentions WHERE source IS DISTINCT FROM ? LIMIT 1", [DEMO]))


def undo_import(store: Database, number: int, rematch: Rematch | None = None) -> dict[str, int]:
    """Take import `number` back; `{"import", "removed", "restored", "kept"}` count mentions.

    What only this import delivered disappears. A mention that it changed gets its earlier values back, unless a later
    import delivered the mention too. Rows that it took out of the quarantine lie there again. Ranks of apps go with the
    import that brought them first. `rematch` turns restored mentions (as `Staged.frame`) into their matches.
    """
    with store.transaction() as cursor:
        _check(cursor, number)
        _sort_out(cursor, number)
        _remove(cursor)
        restored = _restore(cursor, number)
        _hand_on(cursor, number)
        counts = dict(cursor.execute("SELECT fate, count(*) FROM fates GROUP BY fate").fetchall())
        if rematch is not None and restored.height:
            _replace_matches(cursor, restored, rematch(restored))
        _forget(cursor, number)
        settle(cursor)
    store.running.discard(number)
    return {"import": number} | {fate: counts.get(fate, 0) for fate in ("removed", "restored", "kept")}


def _check(cursor: Cursor, number: int) -> None:
    known = dict(cursor.execute("SELECT number, undone IS NULL FROM imports").fetchall())
    if known.get(number) is False:
        raise StoreError(f"Import {number} was undone already", hint="import its files again to bring it back")
    if number not in known:
        standing = [str(one) for one, stands in sorted(known.items(), reverse=True) if stands]
        raise UnknownNameError("import to undo with the number", str(number), standing)


def _sort_out(cursor: Cursor, number: int) -> None:
    """Say in the temporary table `fates` what becomes of each mention that the import saw, and who saw it next."""
    cursor.execute(
        """CREATE OR REPLACE TEMP TABLE fates AS
        SELECT s.platform, s.id, o.later,
            CASE WHEN o.id IS NULL THEN 'removed' WHEN o.later IS NULL AND p.id IS NOT NULL THEN 'restored'
            ELSE 'kept' END AS fate
        FROM sightings s
        LEFT JOIN (
            SELECT platform, id, min(CASE WHEN import > $n THEN import END) AS later
            FROM sightings WHERE import <> $n GROUP BY platform, id
        ) o ON o.platform = s.platform AND o.id = s.id
        LEFT JOIN previous p ON p.import = $n AND p.platform = s.platform AND p.id = s.id
        WHERE s.import = $n""",
        {"n": number},
    )


def _remove(cursor: Cursor) -> None:
    cursor.execute(
        """DELETE FROM matches USING mentions m JOIN fates f USING (platform, id)
        WHERE f.fate = 'removed' AND matches.mention = m.number"""
    )
    cursor.execute(
        """DELETE FROM mentions USING fates f
        WHERE f.fate = 'removed' AND mentions.platform = f.platform AND mentions.id = f.id"""
    )


def _restore(cursor: Cursor, number: int) -> pl.DataFrame:
    """Give the earlier values back; the restored mentions."""
    columns = ", ".join(f"{name} = p.{name}" for name in RESTORED)
    cursor.execute(
        f"""UPDATE mentions SET {columns}, text = CASE WHEN p.text = '' THEN mentions.text ELSE p.text END,
            label = p.engine_label, score = p.engine_score, confidence = p.engine_confidence, corrected = false,
            changed = (SELECT value + 1 FROM meta WHERE name = 'generation')
        FROM previous p JOIN fates f ON f.platform = p.platform AND f.id = p.id
        WHERE p.import = ? AND f.fate = 'restored' AND mentions.platform = p.platform AND mentions.id = p.id""",
        [number],
    )
    restored = fetch(cursor, "SELECT m.* FROM mentions m JOIN fates f USING (platform, id) WHERE f.fate = 'restored'")
    restored = restored.with_columns(folded_mentions(restored))
    cursor.register("refolded", restored.select("number", "folded"))
    cursor.execute("UPDATE mentions SET folded = r.folded FROM refolded r WHERE mentions.number = r.number")
    return restored


def _hand_on(cursor: Cursor, number: int) -> None:
    """Where a later import saw the mention too, undoing that one leads back to before this one."""
    cursor.execute(
        """UPDATE previous SET text = l.text
        FROM previous l JOIN fates f ON f.later = l.import AND f.platform = l.platform AND f.id = l.id
        WHERE previous.import = ? AND previous.platform = l.platform AND previous.id = l.id AND previous.text = ''""",
        [number],
    )
    cursor.execute(
        """DELETE FROM previous USING fates f, mentions m
        WHERE f.later = previous.import AND f.platform = previous.platform AND f.id = previous.id
            AND m.platform = f.platform AND m.id = f.id AND (m.first_import = $n OR EXISTS (
                SELECT 1 FROM previous p WHERE p.import = $n AND p.platform = f.platform AND p.id = f.id))""",
        {"n": number},
    )
    cursor.execute(
        """UPDATE previous SET import = f.later FROM fates f
        WHERE previous.import = ? AND f.later IS NOT NULL AND f.platform = previous.platform AND f.id = previous.id""",
        [number],
    )
    cursor.execute(
        """UPDATE mentions SET first_import = f.later FROM fates f
        WHERE mentions.first_import = ? AND f.fate = 'kept' AND f.platform = mentions.platform
            AND f.id = mentions.id""",
        [number],
    )


def _replace_matches(cursor: Cursor, restored: pl.DataFrame, found: pl.DataFrame) -> None:
    cursor.register("restored", restored.select("number"))
    cursor.execute("DELETE FROM matches USING restored r WHERE matches.mention = r.number")
    insert_matches(cursor, found, restored)


def _forget(cursor: Cursor, number: int) -> None:
    for table in ("sightings", "previous", "quarantine_sightings"):
        cursor.execute(f"DELETE FROM {table} WHERE import = ?", [number])
    cursor.execute("UPDATE quarantine SET taken_by = NULL WHERE taken_by = ?", [number])
    cursor.execute("DELETE FROM quarantine WHERE number NOT IN (SELECT number FROM quarantine_sightings)")
    forget_pulls_of_import(cursor, number)
    cursor.execute("DELETE FROM ranks WHERE import = ?", [number])
    cursor.execute("UPDATE imports SET undone = ? WHERE number = ?", [now(), number])


def now() -> datetime:
    """This moment in UTC, naive, as the store keeps times."""
    return datetime.now(UTC).replace(tzinfo=None)


def _written(time: datetime | None) -> str | None:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ") if time else None
