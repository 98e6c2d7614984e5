"""A label as a reader sees it: sure or not, or why there is none."""

from collections.abc import Mapping
from typing import Any

from sentiment import says_nothing, unsure
from tingfeng.dashboard import figures
from tingfeng.dashboard.words import Words
from tingfeng.mentions.text import scored_text

Row = Mapping[str, Any]


def is_unsure(row: Row) -> bool:
    """Whether the engine gave the label of `row` with too little confidence, and nobody corrected it."""
    known = not any(figures.missing(row.get(name)) for name in ("label", "confidence", "engine"))
    return known and not row.get("corrected") and unsure(row["engine"], row["confidence"])


def written(row: Row, words: Words) -> str:
    """The label, that it is not sure and where it leans, or why the mention has none."""
    label = row.get("label")
    if figures.missing(label):
        return words(f"labels.{_why_none(row)}")
    if is_unsure(row):
        return words("labels.unsure", leans=words(f"labels.leans.{label}"))
    return words.label(label)


def _why_none(row: Row) -> str:
    """Nothing to read, a language that the engine does not read, or a mention that no engine ever saw."""
    if figures.missing(row.get("engine")):
        return "none"
    fields = (row.get(name) for name in ("title", "text", "own_chars"))
    title, text, own_chars = (None if figures.missing(field) else field for field in fields)
    return "nothing" if says_nothing(scored_text(title, text, own_chars)) else "unread"
