"""What an engine says about one text."""

from typing import Final, Literal, NamedTuple

Label = Literal["positive", "neutral", "negative"]
Span = tuple[int, int, float]

LABELS: Final[tuple[Label, ...]] = ("positive", "neutral", "negative")


class Reasons(NamedTuple):
    """What drove an answer: parts of the text without overlaps, and what belongs to none, where an engine knows it."""

    spans: tuple[Span, ...] = ()
    rest: float | None = None


class Sentiment(NamedTuple):
    """Sentiment of one text. Label, score and confidence are null for an empty text and an unsupported language.

    `score` is P(positive) - P(negative), `confidence` the probability of `label`, `spans` are (start, end, weight) in
    characters of the text as given. What a weight means depends on the engine: how much the score falls without the
    span, or, where there is a `rest`, logits: weights and rest add up to the positive minus the negative logit.
    """

    label: Label | None
    score: float | None
    confidence: float | None
    language: str | None
    spans: tuple[Span, ...] = ()
    rest: float | None = None


class Columns(NamedTuple):
    """Sentiments of many texts without their reasons, a list a field."""

    labels: list[Label | None]
    scores: list[float | None]
    confidences: list[float | None]
    languages: list[str | None]

    def rows(self) -> list[Sentiment]:
        """One sentiment a text."""
        return list(map(Sentiment, *self))
