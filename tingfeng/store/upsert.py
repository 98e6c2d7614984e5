"""Mentions on their way in: merged with what is stored, then written in one transaction."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

import polars as pl

from tingfeng.mentions.merge import TOUCHED, UNCHANGED, UNTOUCHED, merge
from tingfeng.mentions.record import KEY, SCHEMA
from tingfeng.mentions.searchable import folded_mentions
from tingfeng.store.corrections import settle
from tingfeng.store.database import Cursor, Database, fetch
from tingfeng.store.errors import StoreError
from tingfeng.store.matches import MATCH, insert_matches
from tingfeng.store.quarantine import Rejected, insert_rejects
from tingfeng.store.schema import FINGERPRINT

#: What the store adds to a mention.
ADDED: Final = {
    "folded": pl.String,
    "language": pl.String,
    "engine_label": pl.String,
    "engine_score": pl.Float64,
    "engine_confidence": pl.Float64,
    "engine": pl.String,
    "label": pl.String,
    "score": pl.Float64,
    "confidence": pl.Float64,
    "corrected": pl.Boolean,
    "tags": pl.String,
    "hidden": pl.Boolean,
    "number": pl.Int64,
}

#: What reading a text says about its mention.
SENTIMENT: Final = ("language", "engine_label", "engine_score", "engine_confidence", "engine")
_WRITTEN: Final = (*(name for name in SCHEMA if name not in KEY), "folded", *SENTIMENT, "number")

#: SQL for who wrote a mention, in a form that is fast to count; null where nobody knows.
_AUTHOR: Final = "md5_number_lower(platform || ':' || coalesce(author_id, author_handle, author_name))"


class Scored(Protocol):
    """The part of a sentiment that is stored."""

    @property
    def language(self) -> str | None:
        """The text's language."""

    @property
    def label(self) -> str | None:
        """One of LABELS, or null."""

    @property
    def score(self) -> float | None:
        """In [-1, 1]."""

    @property
    def confidence(self) -> float | None:
        """In [0, 1]."""


def columns_of(sentiments: Sequence[Scored], engine: str) -> pl.DataFrame:
    """The columns `SENTIMENT` of mentions that `engine` (name and version) read, in their order."""
    columns: dict[str, Any] = {
        "language": [one.language for one in sentiments],
        "engine_label": [one.label for one in sentiments],
        "engine_score": [one.score for one in sentiments],
        "engine_confidence": [one.confidence for one in sentiments],
    }
    read = pl.DataFrame(columns, schema={name: ADDED[name] for name in columns})
    return read.with_columns(pl.lit(engine).alias("engine"))


@dataclass(frozen=True)
class Staged:
    """A batch merged with the store, before scoring.

    `frame`: the mentions that are new or changed, with the columns of `SCHEMA` and `ADDED` (null where new), `state`,
    `rescore` and `correction` (an analyst's label or null). `touched`: those of which only `collected_at`, keywords or
    the like moved. `keys`: all mentions that the batch saw, and their `state`. `verdicts`: rows by verdict.
    `to_score`: which rows of `frame` need sentiment. `matches`: stored matches of the other rows, with the engine's
    target sentiment, which still holds. `generation` and `watchlists`: the state of the store that all this rests on.
    """

    frame: pl.DataFrame
    touched: pl.DataFrame
    keys: pl.DataFrame
    verdicts: dict[str, int]
    matches: pl.DataFrame
    generation: int
    watchlists: int

    @property
    def to_score(self) -> pl.Series:
        """A mask over `frame`."""
        return self.frame["rescore"]

    def scored(self, sentiments: Sequence[Scored], engine: str) -> pl.DataFrame:
        """`frame` with the sentiments of the rows `to_score`, in their order, and labels after corrections.

        This is what queries match on; `engine` is the engine's name and version.
        """
        places = self.to_score.arg_true()
        fresh = columns_of(sentiments, engine)
        rows = self.frame.with_columns(self.frame[column.name].scatter(places, column) for column in fresh)
        return rows.with_columns(pl.coalesce("correction", "engine_label").alias("label"))


def stage(store: Database, frame: pl.DataFrame) -> Staged:
    """Merge a batch (columns of `SCHEMA`) with the store; nothing is written and no lock is held."""
    generation, watchlists = store.generation, store.watchlists_saved
    with store.cursor() as cursor:
        alike, news, stored = _told_apart(cursor, frame.select(*SCHEMA))
        corrected = fetch(cursor, "SELECT c.* FROM current_corrections c SEMI JOIN keys USING (platform, id)")
        merged = merge(stored.select(*SCHEMA), news)
        changed = merged.frame.filter(~pl.col("state").is_in([TOUCHED, UNTOUCHED]) | pl.col("rescore"))
        matches = _kept_matches(cursor, changed, stored)
    corrections = corrected.filter(pl.col("subject") == "").select(*KEY, pl.col("label").alias("correction"))
    rows = _beside(changed, stored.select(*KEY, *ADDED, pl.col("hashtags").alias("old_hashtags")))
    rows = _beside(rows, corrections)
    return Staged(
        frame=_folded(rows),
        touched=merged.frame.filter((pl.col("state") == TOUCHED) & ~pl.col("rescore")).select(*SCHEMA),
        keys=pl.concat([merged.frame.select(*KEY, "state"), alike.unique().with_columns(state=pl.lit(UNTOUCHED))]),
        verdicts=merged.counts | {UNCHANGED: merged.counts[UNCHANGED] + alike.height},
        matches=matches,
        generation=generation,
        watchlists=watchlists,
    )


def _told_apart(cursor: Cursor, frame: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """The keys of rows that say just what is stored, the rows that may say something new, and what is stored of these.

    Rows of one mention stay together, as each of them counts after those before it. Row numbers come first: the wide
    columns are then read for the mentions that are needed only. `keys` is registered on the way.
    """
    cursor.register("keys", frame.select(*KEY))
    if not cursor.execute("SELECT 1 FROM keys SEMI JOIN mentions USING (platform, id) LIMIT 1").fetchall():
        return frame.select(*KEY).clear(), frame, pl.DataFrame(schema={**SCHEMA, **ADDED})
    cursor.register("incoming", frame.with_row_index("row"))
    found = fetch(cursor, _FOUND)
    all_same = pl.col("same").all().over("stored")
    needed = found.filter(~all_same).select("stored")
    cursor.register("needed", needed)
    among = "rowid IN (SELECT stored FROM needed)" if needed.height else "false"
    stored = fetch(cursor, f"SELECT * FROM mentions WHERE {among}")
    alike = pl.int_range(pl.len()).is_in(found.filter(all_same)["row"].implode())
    return frame.filter(alike).select(*KEY), frame.filter(~alike), stored


_FOUND: Final = f"""
SELECT i.row, m.rowid AS stored, m.fingerprint IS NOT DISTINCT FROM i.fingerprint AS same
FROM (SELECT row, platform, id, {FINGERPRINT} AS fingerprint FROM incoming) i JOIN mentions m USING (platform, id)
"""

_KEPT_MATCHES: Final = """
SELECT t.watchlist, t.subject, k.platform, k.id, t.terms, t.via,
    t.engine_label AS label, t.engine_score AS score, t.engine_confidence AS confidence
FROM matches t JOIN kept k ON k.number = t.mention
"""


def _kept_matches(cursor: Cursor, changed: pl.DataFrame, stored: pl.DataFrame) -> pl.DataFrame:
    """The stored matches of changed mentions whose text is what it was."""
    kept = changed.filter(~pl.col("rescore")).select(*KEY)
    if kept.is_empty():
        return pl.DataFrame(schema=MATCH)
    cursor.register("kept", kept.join(stored, on=KEY).select(*KEY, "number"))
    return fetch(cursor, _KEPT_MATCHES)


def _beside(rows: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """`rows` with what is known of their keys, null where nothing is."""
    if known.is_empty():  # as on most first imports
        return rows.with_columns(pl.lit(None, kind).alias(name) for name, kind in known.drop(KEY).schema.items())
    return rows.join(known, on=KEY, how="left", maintain_order="left")


def _folded(rows: pl.DataFrame) -> pl.DataFrame:
    """`rows` with `folded` made again where what is searched has changed."""
    changed = rows["rescore"] | rows["hashtags"].ne_missing(rows["old_hashtags"])
    folded = rows["folded"].scatter(changed.arg_true(), folded_mentions(rows.filter(changed)))
    return rows.drop("old_hashtags").with_columns(folded)


def commit(
    store: Database,
    staged: Staged,
    scored: pl.DataFrame,
    matches: pl.DataFrame,
    rejects: Iterable[Rejected],
    import_number: int,
    file: str,
    beside: Callable[[Cursor], None] | None = None,
) -> bool:
    """Write a staged batch in one transaction.

    `scored` is what `Staged.scored` gave, `matches` the matches of its rows (columns of `MATCH`; label, score and
    confidence are the engine's, toward the subject), `rejects` the rows of `file` that were no mentions, `beside` what
    else belongs to the transaction. False, and nothing written, when one of the mentions or a watchlist changed since:
    stage again, with the watchlists of now.
    """
    with store.writing:
        if _moved_on(store, staged):
            return False
        with store.transaction() as cursor:
            _refuse_undone(cursor, import_number)
            _keep_previous(cursor, staged, import_number)
            stamps = {"last_import": import_number, "changed": store.generation + 1}
            rows = _numbered(cursor, scored)
            _insert(cursor, rows.filter(pl.col("state") == "new"), stamps)
            _update(cursor, rows.filter(pl.col("state") != "new"), stamps)
            _touch(cursor, staged.touched, stamps)
            _see(cursor, staged.keys.filter(pl.col("state") != "new"), import_number)
            insert_matches(cursor, matches, rows)
            insert_rejects(cursor, rejects, import_number, file)
            settle(cursor)
            if beside:
                beside(cursor)
    return True


def _moved_on(store: Database, staged: Staged) -> bool:
    """Whether what `staged` rests on has changed."""
    if store.watchlists_saved != staged.watchlists:
        return True
    if store.generation == staged.generation:
        return False
    with store.cursor() as cursor:
        cursor.register("staged", staged.keys)
        return bool(cursor.execute(_MOVED_ON, [staged.generation]).fetchall()[0][0])


_MOVED_ON: Final = """
SELECT count(*) FROM staged s LEFT JOIN mentions m ON m.platform = s.platform AND m.id = s.id
WHERE (s.state = 'new') <> (m.id IS NULL) OR m.changed > ?
"""


def _refuse_undone(cursor: Cursor, import_number: int) -> None:
    if cursor.execute("SELECT 1 FROM imports WHERE number = ? AND undone IS NOT NULL", [import_number]).fetchone():
        raise StoreError(f"Import {import_number} was taken back while it ran", hint="import the files again")


def _keep_previous(cursor: Cursor, staged: Staged, import_number: int) -> None:
    """Keep the values that this import is about to change, unless it made or changed the mention before.

    A text that stays is kept as '': every import can be undone, and a daily one would keep each text every day.
    """
    changed = staged.frame.filter(pl.col("state") != "new")
    changing = pl.concat([changed.select(*KEY, "text"), staged.touched.select(*KEY, "text")])
    if changing.is_empty():
        return
    cursor.register("changing", changing)
    cursor.execute(
        """INSERT INTO previous SELECT $n, m.* REPLACE ('' AS text, NULL AS folded)
        FROM mentions m SEMI JOIN changing USING (platform, id)
        WHERE m.first_import <> $n AND NOT EXISTS (
            SELECT 1 FROM previous p WHERE p.import = $n AND p.platform = m.platform AND p.id = m.id)""",
        {"n": import_number},
    )
    cursor.execute(
        """UPDATE previous SET text = m.text FROM mentions m JOIN changing c ON c.platform = m.platform AND c.id = m.id
        WHERE previous.import = $n AND previous.platform = m.platform AND previous.id = m.id
            AND previous.text = '' AND m.text IS DISTINCT FROM c.text""",
        {"n": import_number},
    )


def _numbered(cursor: Cursor, scored: pl.DataFrame) -> pl.DataFrame:
    """`scored` with a `number` for each new mention, by which matches refer to it."""
    first = int(cursor.execute("SELECT coalesce(max(number), 0) + 1 FROM mentions").fetchall()[0][0])
    fresh = pl.col("number").is_null()
    return scored.with_columns(pl.when(fresh).then(fresh.cum_sum() + (first - 1)).otherwise("number").alias("number"))


def _insert(cursor: Cursor, new: pl.DataFrame, stamps: dict[str, int]) -> None:
    """Insert new mentions, and note that this import delivered them."""
    if new.is_empty():
        return
    names = ", ".join((*KEY, *_WRITTEN))
    cursor.register("fresh", new.select(*KEY, *_WRITTEN))
    cursor.execute(
        f"""INSERT INTO mentions
            ({names}, last_import, changed, first_import, label, score, confidence, corrected, hidden, author,
            fingerprint)
        SELECT {names}, $last_import, $changed, $last_import, engine_label, engine_score, engine_confidence,
            false, false, {_AUTHOR}, {FINGERPRINT}
        FROM fresh""",
        stamps,
    )
    cursor.execute("INSERT INTO sightings SELECT ?, platform, id FROM fresh", [stamps["last_import"]])


def _update(cursor: Cursor, changed: pl.DataFrame, stamps: dict[str, int]) -> None:
    """Update changed mentions and drop their matches."""
    if changed.is_empty():
        return
    cursor.register("altered", changed.select(*KEY, *_WRITTEN))
    columns = ", ".join(f"{name} = a.{name}" for name in _WRITTEN)
    cursor.execute(
        f"""UPDATE mentions SET {columns}, last_import = $last_import, changed = $changed, label = a.engine_label,
            score = a.engine_score, confidence = a.engine_confidence, corrected = false, author = a.author,
            fingerprint = a.fingerprint
        FROM (SELECT *, {_AUTHOR} AS author, {FINGERPRINT} AS fingerprint FROM altered) a
        WHERE mentions.platform = a.platform AND mentions.id = a.id""",
        stamps,
    )
    cursor.execute("DELETE FROM matches USING altered a WHERE matches.mention = a.number")


def _touch(cursor: Cursor, touched: pl.DataFrame, stamps: dict[str, int]) -> None:
    """Store what moved without making the mention an updated one."""
    if touched.is_empty():
        return
    cursor.register("touched", touched)
    names = [*("collected_at", "source", "views_estimated", "keywords", "own_chars", "marks", "fingerprint")]
    columns = ", ".join(f"{name} = t.{name}" for name in names)
    cursor.execute(
        f"""UPDATE mentions SET {columns}, last_import = $last_import, changed = $changed
        FROM (SELECT *, {FINGERPRINT} AS fingerprint FROM touched) t
        WHERE mentions.platform = t.platform AND mentions.id = t.id""",
        stamps,
    )


def _see(cursor: Cursor, known: pl.DataFrame, import_number: int) -> None:
    """Note that this import delivered mentions that are known, once, however often it does."""
    if known.is_empty():
        return
    cursor.register("seen", known)
    cursor.execute(
        """INSERT INTO sightings SELECT $n, s.platform, s.id FROM seen s
        WHERE NOT EXISTS (
            SELECT 1 FROM sightings o WHERE o.import = $n AND o.platform = s.platform AND o.id = s.id)""",
        {"n": import_number},
    )
