"""Which mentions a subject matches: replaced when a watchlist changes, and joined for replies."""

from typing import Final

import polars as pl

from tingfeng.store.corrections import settle
from tingfeng.store.database import Cursor, Database
from tingfeng.store.saved import watchlists

#: A match as it comes in; label, score and confidence are the engine's, toward the subject.
MATCH: Final = {
    "watchlist": pl.String,
    "subject": pl.String,
    "platform": pl.String,
    "id": pl.String,
    "terms": pl.String,
    "via": pl.String,
    "label": pl.String,
    "score": pl.Float64,
    "confidence": pl.Float64,
}


def insert_matches(cursor: Cursor, found: pl.DataFrame, mentions: pl.DataFrame) -> None:
    """Add matches (columns of `MATCH`; label, score and confidence may be left out) of `mentions` (key and number)."""
    if found.is_empty():
        return
    cursor.register("found", _typed(found))
    cursor.register("numbers", mentions.select("platform", "id", "number"))
    cursor.execute(f"INSERT INTO matches {_NUMBERED} JOIN numbers m ON m.platform = f.platform AND m.id = f.id")


_NUMBERED: Final = """
SELECT f.watchlist, f.subject, m.number, f.terms, f.via,
    f.label, f.score, f.confidence, f.label, f.score, f.confidence, false
FROM found f
"""


def replace_matches(store: Database, watchlist: str, found: pl.DataFrame, generation: int) -> None:
    """Put `found` in the place of the watchlist's matches.

    `generation` is the store's before the mentions were read: what was imported since then was matched by the import,
    with the watchlist saved before, and stays.
    """
    with store.transaction() as cursor:
        cursor.execute(
            """DELETE FROM matches USING mentions m
            WHERE matches.watchlist = ? AND m.changed <= ? AND m.number = matches.mention""",
            [watchlist, generation],
        )
        cursor.register("found", _typed(found))
        cursor.execute(
            f"""INSERT INTO matches {_NUMBERED} JOIN mentions m ON m.platform = f.platform AND m.id = f.id
            WHERE f.watchlist = ? AND m.changed <= ?""",
            [watchlist, generation],
        )
        settle(cursor)


def join_replies(store: Database, accounts: pl.DataFrame) -> int:
    """Match the comments under posts of `accounts` (watchlist, subject, platform, account), however late the post came.

    An account is an author's id or an @handle; replies in languages that the watchlist leaves out stay out. The number
    of new matches; their sentiment is the comment's own.
    """
    with store.transaction() as cursor:
        cursor.register("accounts", accounts.select("watchlist", "subject", "platform", "account"))
        spoken = [(saved.name, language) for saved in watchlists(store) for language in saved.languages]
        cursor.register("spoken", pl.DataFrame(spoken, {"watchlist": pl.String, "language": pl.String}, orient="row"))
        added = cursor.execute(_REPLIES).fetchall()[0][0]
        settle(cursor)
    return int(added)


_REPLIES: Final = """
INSERT INTO matches
WITH posts AS (
    SELECT DISTINCT a.watchlist, a.subject, m.platform, m.id FROM accounts a JOIN mentions m ON m.platform = a.platform
        AND (m.author_id = a.account OR '@' || ltrim(lower(m.author_handle), '@') = lower(a.account))
), replies AS (
    SELECT p.watchlist, p.subject, c.number FROM posts p JOIN mentions c
        ON c.platform = p.platform AND c.parent_id = p.id AND c.kind = 'comment'
    UNION
    SELECT p.watchlist, p.subject, c.number FROM posts p JOIN mentions c
        ON c.platform = p.platform AND c.root_id = p.id AND c.kind = 'comment'
)
SELECT r.watchlist, r.subject, r.number, NULL, 'reply',
    c.engine_label, c.engine_score, c.engine_confidence, c.engine_label, c.engine_score, c.engine_confidence, false
FROM replies r JOIN mentions c ON c.number = r.number
WHERE (
    r.watchlist NOT IN (SELECT watchlist FROM spoken)
    OR EXISTS (SELECT 1 FROM spoken s WHERE s.watchlist = r.watchlist AND s.language = c.language)
) AND NOT EXISTS (
    SELECT 1 FROM matches t WHERE t.watchlist = r.watchlist AND t.subject = r.subject AND t.mention = r.number)
"""


def _typed(found: pl.DataFrame) -> pl.DataFrame:
    """`found` with exactly the columns of `MATCH`; missing ones are null."""
    return found.select(
        (pl.col(name) if name in found.columns else pl.lit(None)).cast(kind).alias(name) for name, kind in MATCH.items()
    )
