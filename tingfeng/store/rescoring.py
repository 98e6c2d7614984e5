"""Mentions that another version of an engine read: which ones wait, and their new sentiment in the place of the old."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from tingfeng.mentions.record import KEY
from tingfeng.queries import Sql
from tingfeng.store.corrections import settle
from tingfeng.store.database import Cursor, Database, fetch
from tingfeng.store.matches import MATCH, insert_matches
from tingfeng.store.upsert import SENTIMENT, Scored, columns_of

#: What matching read of a mention; whoever changed one of these made the batch's matches wrong.
_READ: Final = ("changed", "label", "corrected", "tags")


@dataclass(frozen=True)
class Waiting:
    """Mentions that wait for the engine: the columns asked for, `number`, `changed` and `corrected`.

    `watchlists` is the state of the saved watchlists before they were read.
    """

    frame: pl.DataFrame
    watchlists: int

    def scored(self, sentiments: Sequence[Scored], engine: str) -> pl.DataFrame:
        """`frame` with the engine's sentiments, in its order, and the labels that then stand."""
        label = pl.when("corrected").then("label").otherwise("engine_label")
        return self.frame.with_columns(columns_of(sentiments, engine)).with_columns(label.alias("label"))


def count_waiting(store: Database, engine: str, *, others: bool = False) -> int:
    """How many mentions another version of `engine` ("name version") read; with `others` also other engines."""
    which = _outdated(engine, others=others)
    return int(store.rows(f"SELECT count(*) AS n FROM mentions m WHERE {which.text}", which.params)[0]["n"])


def waiting(store: Database, engine: str, columns: Sequence[str], limit: int, *, others: bool = False) -> Waiting:
    """At most `limit` of them, the newest published first, undated ones last."""
    saved, which = store.watchlists_saved, _outdated(engine, others=others)
    names = ", ".join(f"m.{name}" for name in dict.fromkeys((*columns, "number", *_READ)))
    with store.cursor() as cursor:
        cursor.begin()
        # Row numbers first: the wide columns are then read for those rows only.
        found = fetch(
            cursor,
            f"""SELECT m.rowid AS row FROM mentions m WHERE {which.text}
            ORDER BY m.published_at DESC NULLS LAST, m.platform, m.id LIMIT {int(limit)}""",
            which.params,
        )
        cursor.register("found", found)
        return Waiting(fetch(cursor, f"SELECT {names} FROM mentions m WHERE rowid IN (SELECT row FROM found)"), saved)


def rescore(store: Database, read: Waiting, scored: pl.DataFrame, matches: pl.DataFrame) -> bool:
    """Write what the engine says now, in one transaction; corrections, tags and hiding stay.

    `scored` is what `Waiting.scored` gave, `matches` all matches of its rows but those of replies, which stand with the
    reply's own sentiment. False, and nothing written, when one of the mentions or a watchlist changed since.
    """
    with store.writing:
        if store.watchlists_saved != read.watchlists or _moved_on(store, read.frame):
            return False
        with store.transaction() as cursor:
            cursor.register("scored", scored.select("number", *SENTIMENT))
            found = pl.concat([matches.select(*MATCH), _replies(cursor, scored, matches)])
            columns = ", ".join(f"{name} = s.{name}" for name in SENTIMENT)
            cursor.execute(
                f"""UPDATE mentions SET {columns}, label = s.engine_label, score = s.engine_score,
                    confidence = s.engine_confidence, corrected = false, changed = ?
                FROM scored s WHERE mentions.number = s.number""",
                [store.generation + 1],
            )
            cursor.execute("DELETE FROM matches USING scored s WHERE matches.mention = s.number")
            insert_matches(cursor, found, scored)
            settle(cursor)
    return True


def _outdated(engine: str, *, others: bool) -> Sql:
    """The condition on `mentions m`. Who chose another engine for an import wanted it, so its rows wait for nobody."""
    if others:
        return Sql("m.engine IS DISTINCT FROM ?", [engine])
    return Sql("starts_with(m.engine, ?) AND m.engine <> ?", [f"{engine.split(' ', 1)[0]} ", engine])


def _moved_on(store: Database, frame: pl.DataFrame) -> bool:
    """Whether a mention of `frame` was changed, corrected, tagged or removed since it was read."""
    differs = " OR ".join(f"m.{name} IS DISTINCT FROM b.{name}" for name in _READ)
    with store.cursor() as cursor:
        cursor.register("batch", frame.select("number", *_READ))
        moved = f"SELECT count(*) FROM batch b LEFT JOIN mentions m ON m.number = b.number WHERE {differs}"
        return bool(cursor.execute(moved).fetchall()[0][0])


def _replies(cursor: Cursor, scored: pl.DataFrame, matches: pl.DataFrame) -> pl.DataFrame:
    """The matches that replies to KOLs have by that alone, with their new sentiment.

    One in another language than before is left out: joining the replies again says whether its watchlist wants it.
    """
    found = fetch(
        cursor,
        """SELECT t.watchlist, t.subject, m.platform, m.id, t.terms, t.via,
            s.engine_label AS label, s.engine_score AS score, s.engine_confidence AS confidence
        FROM matches t JOIN scored s ON s.number = t.mention JOIN mentions m ON m.number = s.number
        WHERE t.via = 'reply' AND m.language IS NOT DISTINCT FROM s.language""",
    )
    return found.join(matches, on=["watchlist", "subject", *KEY], how="anti").select(*MATCH)
