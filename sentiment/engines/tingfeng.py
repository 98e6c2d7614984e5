"""Our own engine: one trained model for Chinese, English and their mixture."""

from collections.abc import Sequence
from math import exp

from sentiment.learning import PLAIN, Adaptation
from sentiment.learning.adapted import Adapted
from sentiment.model.weights import Weights
from sentiment.result import Probabilities, Span


class Tingfeng:
    """Reads texts with the model of `sentiment.model`, as sure as it was right on texts that were set aside."""

    name = "tingfeng"
    languages: frozenset[str | None] = frozenset({"zh", "en", "mixed", None})

    def __init__(self, adaptation: Adaptation = PLAIN) -> None:
        weights = Weights.read()
        self._temperature: dict[str, float] = weights.card["temperature"]
        plain = f"tingfeng {weights.card['version']}"
        holds = adaptation.on(plain)
        self._model = Adapted(weights, holds)
        self.version = f"{plain} + {holds.mark}" if holds.mark else plain

    def probabilities(self, texts: Sequence[str], languages: Sequence[str | None]) -> list[Probabilities]:
        """One answer a text; the language says how sure to be."""
        every = self._temperature[""]
        heat = [self._temperature.get(language or "", every) for language in languages]
        return [
            _softmax(negative / by, positive / by)
            for (negative, positive), by in zip(self._model.logits(texts, languages).tolist(), heat, strict=True)
        ]

    def spans(self, text: str, language: str | None, answer: Probabilities) -> tuple[Span, ...]:
        """What each part of `text` adds to the lean of the model, in logits."""
        return self._model.why(text, language).parts


def _softmax(negative: float, positive: float) -> Probabilities:
    """Probabilities from the logits of the poles, neutral's being 0."""
    top = max(negative, positive, 0.0)
    shares = exp(positive - top), exp(-top), exp(negative - top)
    return Probabilities(*(share / sum(shares) for share in shares))
