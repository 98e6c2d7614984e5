"""Which words of a mention speak for its label."""

from collections.abc import Sequence
from dataclasses import dataclass

from sentiment import Sentiment
from tingfeng.dashboard.safe import Span


@dataclass(frozen=True)
class Word:
    """A stretch of text and how much the score falls without it."""

    text: str
    weight: float


@dataclass(frozen=True)
class Evidence:
    """Styled spans of title and text, and the words themselves, the weightiest first."""

    title: list[tuple[Span, str]]
    text: list[tuple[Span, str]]
    words: list[Word]


def evidence(title: str | None, scored: str, found: Sentiment) -> Evidence:
    """Where the spans of `found`, which count characters of `scored` (title, line break, own text), stand."""
    border = len(title) + 1 if title else 0
    parts: tuple[list[tuple[Span, str]], list[tuple[Span, str]]] = ([], [])
    for start, end, weight in found.spans:
        style = "positive" if weight > 0 else "negative"
        shift = border if start >= border else 0
        parts[bool(shift) or not border].append(((start - shift, end - shift), style))
    said = [Word(scored[start:end], weight) for start, end, weight in found.spans]
    return Evidence(*parts, words=_united(said))


def _united(said: Sequence[Word]) -> list[Word]:
    """Each word once, with the weight of all its places, the weightiest first."""
    weights: dict[str, float] = {}
    for word in said:
        weights[word.text] = weights.get(word.text, 0.0) + word.weight
    return sorted((Word(text, weight) for text, weight in weights.items()), key=lambda word: -abs(word.weight))
