"""Corrections: an analyst's label outranks the engine's, for good."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import polars as pl

from tingfeng.errors import UsageError
from tingfeng.mentions.record import LABELS
from tingfeng.store.database import Cursor, Database
from tingfeng.store.errors import StoreError, UnknownNameError
from tingfeng.store.saved import watchlists

WITHDRAWN: Final = "none"


@dataclass(frozen=True)
class Correction:
    """The label that an analyst gives to a mention, or to what it says about `subject`; `none` withdraws one."""

    platform: str
    id: str
    label: str
    subject: str | None = None


def correct(
    store: Database,
    platform: str,
    id: str,  # noqa: A002 - the field's name
    label: str,
    subject: str | None = None,
    *,
    by: str | None = None,
    origin: str | None = None,
) -> None:
    """Give the mention `label`, or with `subject` what it says about that one; `none` withdraws the correction."""
    correct_all(store, [Correction(platform, id, label, subject)], by=by, origin=origin)


def correct_all(
    store: Database, corrections: Iterable[Correction], *, by: str | None = None, origin: str | None = None
) -> None:
    """Store all corrections in one transaction; nothing is stored when one names an unknown label or mention."""
    listed = list(corrections)
    _check(store, listed)
    with store.transaction() as cursor:
        if listed:
            rows = [(one.platform, one.id, one.subject or "", one.label) for one in listed]
            cursor.register(
                "given",
                pl.DataFrame(rows, ["platform", "id", "subject", "label"], orient="row").with_row_index("place"),
            )
            time = datetime.now(UTC).replace(tzinfo=None)
            cursor.execute(
                """INSERT INTO corrections
                SELECT (SELECT coalesce(max(number), 0) + 1 FROM corrections) + place,
                    platform, id, subject, label, ?, ?, ?
                FROM given ORDER BY place""",
                [by, origin, time],
            )
        settle(cursor)


def _check(store: Database, corrections: list[Correction]) -> None:
    for one in corrections:
        if one.label not in (*LABELS, WITHDRAWN):
            raise UsageError(f"{one.label!r} is no label", hint=f"use one of {', '.join((*LABELS, WITHDRAWN))}")
    subjects = {subject.name for saved in watchlists(store) for subject in saved.subjects}
    for one in corrections:
        if one.subject and one.subject not in subjects:
            raise UnknownNameError("subject", one.subject, sorted(subjects))
    keys = pl.DataFrame([(one.platform, one.id) for one in corrections], ["platform", "id"], orient="row")
    if keys.is_empty():
        return
    with store.cursor() as cursor:
        cursor.register("keys", keys)
        missing = cursor.execute("SELECT platform, id FROM keys ANTI JOIN mentions USING (platform, id)").fetchall()
    if missing:
        raise UnknownNameError("mention", ":".join(missing[0]))
    toward = [(one.platform, one.id, one.subject) for one in corrections if one.subject and one.label != WITHDRAWN]
    if toward:
        _check_matches(store, pl.DataFrame(toward, ["platform", "id", "subject"], orient="row"))


def _check_matches(store: Database, toward: pl.DataFrame) -> None:
    """StoreError when one of the mentions `toward` (platform, id, subject) does not match its subject."""
    with store.cursor() as cursor:
        cursor.register("toward", toward)
        strange = cursor.execute(
            """SELECT platform, id, subject FROM toward ANTI JOIN (
                SELECT m.platform, m.id, t.subject FROM matches t JOIN mentions m ON m.number = t.mention
            ) USING (platform, id, subject)"""
        ).fetchone()
    if strange:
        platform, identity, subject = strange
        raise StoreError(
            f"The mention does not match the subject {subject!r}",
            where=f"{platform}:{identity}",
            hint="correct the label of the mention, or another subject",
        )


def corrections(store: Database, platform: str, id: str) -> list[dict[str, Any]]:  # noqa: A002 - the field's name
    """The history of a mention's corrections, the oldest first."""
    return store.rows(
        """SELECT nullif(subject, '') AS subject, label, corrected_by AS "by", origin, corrected_at AS "at"
        FROM corrections WHERE platform = ? AND id = ? ORDER BY number""",
        [platform, id],
    )


def settle(cursor: Cursor) -> None:
    """Make the labels of all corrected mentions and matches what the corrections say, else the engine's.

    A correction without a subject also stands for the target sentiment of a mention that matches one subject only.
    """
    if cursor.execute("SELECT 1 FROM corrections LIMIT 1").fetchone() is None:
        return
    cursor.execute(_SETTLE_MENTIONS)
    cursor.execute(_SETTLE_MATCHES)


_SCORE: Final = "CASE c.label WHEN 'positive' THEN 1.0 WHEN 'neutral' THEN 0.0 WHEN 'negative' THEN -1.0"

_EFFECTIVE: Final = f"""
    coalesce(c.label, e.engine_label) AS label, {_SCORE} ELSE e.engine_score END AS score,
    CASE WHEN c.label IS NULL THEN e.engine_confidence ELSE 1.0 END AS confidence, c.label IS NOT NULL AS corrected
"""

_KEYS: Final = "(SELECT DISTINCT platform, id FROM corrections)"

_SETTLE_MENTIONS: Final = f"""
UPDATE mentions SET label = n.label, score = n.score, confidence = n.confidence, corrected = n.corrected
FROM (
    SELECT e.platform, e.id, {_EFFECTIVE}
    FROM mentions e JOIN {_KEYS} k ON k.platform = e.platform AND k.id = e.id
    LEFT JOIN current_corrections c ON c.platform = e.platform AND c.id = e.id AND c.subject = ''
) n
WHERE mentions.platform = n.platform AND mentions.id = n.id
    AND (mentions.corrected <> n.corrected OR mentions.label IS DISTINCT FROM n.label)
"""

_SETTLE_MATCHES: Final = f"""
UPDATE matches SET label = n.label, score = n.score, confidence = n.confidence, corrected = n.corrected
FROM (
    SELECT e.watchlist, e.subject, e.mention, {_EFFECTIVE}
    FROM (
        SELECT t.*, m.platform, m.id, count(*) OVER (PARTITION BY t.watchlist, t.mention) AS subjects
        FROM matches t JOIN mentions m ON m.number = t.mention
        JOIN {_KEYS} k ON k.platform = m.platform AND k.id = m.id
    ) e
    LEFT JOIN current_corrections o ON o.platform = e.platform AND o.id = e.id AND o.subject = e.subject
    LEFT JOIN current_corrections w ON w.platform = e.platform AND w.id = e.id AND w.subject = '' AND e.subjects = 1
    LEFT JOIN (SELECT unnest(['positive', 'neutral', 'negative']) AS label) c ON c.label = coalesce(o.label, w.label)
) n
WHERE matches.watchlist = n.watchlist AND matches.subject = n.subject AND matches.mention = n.mention
    AND (matches.corrected <> n.corrected OR matches.label IS DISTINCT FROM n.label)
"""
