"""The labels that stand, after corrections, for many mentions at once."""

import polars as pl

from tingfeng.store.database import Database, fetch


def standing_labels(store: Database, keys: pl.DataFrame) -> pl.DataFrame:
    """platform, id, subject (null: the mention's own), label, corrected: of those of `keys` (platform, id) stored.

    A subject of two watchlists may have two rows.
    """
    with store.cursor() as cursor:
        cursor.register("keys", keys.select("platform", "id").unique())
        return fetch(
            cursor,
            """WITH found AS (
                SELECT m.number, m.platform, m.id, m.label, m.corrected FROM mentions m SEMI JOIN keys
                ON m.platform = keys.platform AND m.id = keys.id
            )
            SELECT platform, id, NULL AS subject, label, corrected FROM found
            UNION ALL
            SELECT f.platform, f.id, t.subject, t.label, t.corrected
            FROM found f JOIN matches t ON t.mention = f.number""",
        )


def corrected_keys(store: Database, keys: pl.DataFrame) -> pl.DataFrame:
    """platform, id of those of `keys` that were ever corrected as a whole, even if that was withdrawn."""
    with store.cursor() as cursor:
        cursor.register("keys", keys.select("platform", "id").unique())
        return fetch(
            cursor,
            "SELECT DISTINCT platform, id FROM corrections c SEMI JOIN keys USING (platform, id) WHERE c.subject = ''",
        )
