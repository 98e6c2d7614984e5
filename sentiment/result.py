"""What an engine says about one text."""

from typing import Final, Literal, NamedTuple

Label = Literal["positive", "neutral", "negative"]
Span = tuple[int, int, float]

LABELS: Final[tuple[Label, ...]] = ("positive", "neutral", "negative")


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


class Probabilities(NamedTuple):
    """Probabilities of the three labels; they add up to 1."""

    positive: float
    neutral: float
    negative: float

    @property
    def label(self) -> Label:
        """The most probable label; between equals a polar one goes before neutral."""
        if self.neutral > max(self.positive, self.negative):
            return "neutral"
        return "positive" if self.positive >= self.negative else "negative"

    @property
    def score(self) -> float:
        """P(positive) - P(negative), in [-1, 1]."""
        return self.positive - self.negative

    @property
    def confidence(self) -> float:
        """The probability of the label."""
        return max(self)

    @classmethod
    def from_score(cls, score: float, band: float) -> "Probabilities":
        """Probabilities for an engine that gives one number in [-1, 1]; neutral is the label where |score| < `band`.

        The score is kept exactly. They are not calibrated: outside the band, what |score| leaves is spread evenly
        over the three labels; inside, neutral has one half.
        """
        neutral = (1 - abs(score)) / 3 if abs(score) >= band else 0.5
        return cls((1 - neutral + score) / 2, neutral, (1 - neutral - score) / 2)
