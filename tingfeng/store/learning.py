"""What was learned from corrections, with its history, and the word rules that people made."""

import json
from datetime import UTC, datetime
from typing import Any

from sentiment import PLAIN, Adaptation, WordRule
from tingfeng.errors import UsageError
from tingfeng.mentions.record import DEMO, LABELS
from tingfeng.mentions.text import fold
from tingfeng.store.database import Database
from tingfeng.store.errors import UnknownNameError

#: The label of a rule that was taken back.
REMOVED = "none"
#: A rule adds at most so many logits: more would outvote whatever else a text says.
MAX_WEIGHT = 5.0
MAX_TERM = 100


def learned(store: Database) -> Adaptation:
    """What was learned and is in force, without word rules; `PLAIN` when nothing is."""
    last = store.rows("SELECT adaptation FROM adaptations ORDER BY number DESC LIMIT 1")
    written = last[0]["adaptation"] if last else None
    return Adaptation.from_json(written) if written else PLAIN


def save_learned(
    store: Database, adaptation: Adaptation | None, report: dict[str, Any] | None, *, by: str | None = None
) -> None:
    """Put an adaptation in force, or with null the engine as it ships; `report` says what came of learning."""
    written = adaptation.with_rules(()).to_json().decode() if adaptation else None
    said = json.dumps(report, ensure_ascii=False) if report else None
    with store.transaction() as cursor:
        cursor.execute(
            """INSERT INTO adaptations
            SELECT coalesce(max(number), 0) + 1, ?, ?, ?, ? FROM adaptations""",
            [written, said, by, _now()],
        )


def learning_history(store: Database) -> list[dict[str, Any]]:
    """Each change, the newest first: `report` (null: back to the plain engine), `adapted` since then, `by`, `at`."""
    found = store.rows(
        """SELECT report, adaptation IS NOT NULL AS adapted, made_by AS "by", made_at AS "at"
        FROM adaptations ORDER BY number DESC"""
    )
    return [row | {"report": json.loads(row["report"]) if row["report"] else None} for row in found]


def word_rules(store: Database) -> list[dict[str, Any]]:
    """The rules in force, by term: term, label, weight, note, by, at."""
    return store.rows(
        'SELECT term, label, weight, note, made_by AS "by", made_at AS "at" FROM current_word_rules ORDER BY folded'
    )


def save_word_rule(store: Database, rule: WordRule, note: str = "", *, by: str | None = None) -> None:
    """Make a rule, in the place of one on the same term (folded)."""
    if not fold(rule.term) or len(rule.term) > MAX_TERM:
        raise UsageError(f"A term has 1 to {MAX_TERM} characters", where=rule.term[:MAX_TERM], hint="write a word")
    if rule.label not in LABELS:
        raise UsageError(f"{rule.label!r} is no label", hint=f"use one of {', '.join(LABELS)}")
    if not 0 < rule.weight <= MAX_WEIGHT:
        raise UsageError(f"A weight is above 0 and at most {MAX_WEIGHT:g}", where=str(rule.weight), hint="2 is usual")
    _add_rule(store, rule.term.strip(), rule.label, rule.weight, note.strip(), by)


def remove_word_rule(store: Database, term: str, *, by: str | None = None) -> dict[str, Any]:
    """Take the rule on `term` back; the rule that stood. UnknownNameError with the nearest term otherwise."""
    standing = {fold(row["term"]): row for row in word_rules(store)}
    rule = standing.get(fold(term))
    if rule is None:
        raise UnknownNameError("word rule", term, [row["term"] for row in standing.values()])
    _add_rule(store, rule["term"], REMOVED, rule["weight"], "", by)
    return rule


def adaptation_state(store: Database) -> tuple[int, int]:
    """Two numbers that change whenever what is in force may have changed."""
    (row,) = store.rows(
        """SELECT (SELECT coalesce(max(number), 0) FROM adaptations) AS learned,
            (SELECT coalesce(max(number), 0) FROM word_rules) AS rules"""
    )
    return row["learned"], row["rules"]


def count_corrected(store: Database) -> int:
    """How many mentions people labelled as a whole."""
    found = "FROM current_corrections c JOIN mentions m USING (platform, id) WHERE c.subject = ''"
    return int(store.rows(f"SELECT count(*) AS n {found}")[0]["n"])


def corrected_texts(store: Database) -> list[dict[str, Any]]:
    """title, text, own_chars and label of the mentions that people labelled as a whole, the last correction last."""
    return store.rows(
        """SELECT m.title, m.text, m.own_chars, c.label
        FROM current_corrections c JOIN mentions m USING (platform, id)
        JOIN (SELECT platform, id, max(number) AS last FROM corrections WHERE subject = '' GROUP BY platform, id) o
            USING (platform, id)
        WHERE c.subject = '' ORDER BY o.last"""
    )


def uncorrected_texts(store: Database, limit: int) -> list[dict[str, Any]]:
    """title, text, own_chars of mentions that nobody corrected, on the platforms and in the languages of those that
    somebody did; a random sample, always the same one of the same mentions."""
    return store.rows(
        """SELECT m.title, m.text, m.own_chars FROM mentions m
        SEMI JOIN (
            SELECT DISTINCT o.platform, o.language FROM mentions o JOIN current_corrections c USING (platform, id)
            WHERE c.subject = ''
        ) l ON m.platform = l.platform AND m.language IS NOT DISTINCT FROM l.language
        WHERE m.engine_label IS NOT NULL AND NOT m.corrected AND m.source IS DISTINCT FROM ?
        ORDER BY md5(m.platform || ':' || m.id), m.platform, m.id LIMIT ?""",
        [DEMO, limit],
    )


def _add_rule(store: Database, term: str, label: str, weight: float, note: str, by: str | None) -> None:
    with store.transaction() as cursor:
        cursor.execute(
            """INSERT INTO word_rules
            SELECT coalesce(max(number), 0) + 1, ?, ?, ?, ?, ?, ?, ? FROM word_rules""",
            [fold(term), term, label, weight, note, by, _now()],
        )


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
