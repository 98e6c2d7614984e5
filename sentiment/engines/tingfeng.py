"""Our own engine: one trained model for Chinese, English and their mixture."""

from collections.abc import Sequence
from functools import cached_property
from math import exp

from sentiment.model.reading import logits
from sentiment.model.weights import Weights
from sentiment.model.why import why
from sentiment.result import Probabilities, Span
from sentiment.target.places import SUBJECT, Names, marked
from sentiment.target.reading import logits as logits_toward
from sentiment.target.weights import TargetWeights
from sentiment.toward import About


class Tingfeng:
    """Reads texts with the model of `sentiment.model`, as sure as it was right on texts that were set aside."""

    name = "tingfeng"
    languages: frozenset[str | None] = frozenset({"zh", "en", "mixed", None})

    def __init__(self) -> None:
        self._weights = Weights.read()
        self._temperature: dict[str, float] = self._weights.card["temperature"]
        self.version = f"tingfeng {self._weights.card['version']}"

    def probabilities(self, texts: Sequence[str], languages: Sequence[str | None]) -> list[Probabilities]:
        """One answer a text; the language says how sure to be."""
        every = self._temperature[""]
        heat = [self._temperature.get(language or "", every) for language in languages]
        return [
            _softmax(negative / by, positive / by)
            for (negative, positive), by in zip(logits(texts, self._weights).tolist(), heat, strict=True)
        ]

    def toward(self, asked: Sequence[About], languages: Sequence[str | None]) -> list[Probabilities | None]:
        """One answer a text that names its subject, by the model toward a subject."""
        texts = marked([one.text for one in asked], [Names(one.names, one.others) for one in asked])
        naming = [i for i, text in enumerate(texts) if SUBJECT in text]
        spoken = [languages[i] or "" for i in naming]
        heat = [self._temperature.get(language, self._temperature[""]) for language in spoken]
        english = [language == "en" for language in spoken]
        found = logits_toward([texts[i] for i in naming], english, heat, self._weights, self._target)
        results: list[Probabilities | None] = [None] * len(asked)
        for i, (negative, neutral, positive) in zip(naming, found.tolist(), strict=True):
            results[i] = _softmax(negative - neutral, positive - neutral)
        return results

    @cached_property
    def _target(self) -> TargetWeights:
        return TargetWeights.read()

    def spans(self, text: str, language: str | None, answer: Probabilities) -> tuple[Span, ...]:
        """What each part of `text` adds to the lean of the model, in logits."""
        return why(text, self._weights).parts


def _softmax(negative: float, positive: float) -> Probabilities:
    """Probabilities from the logits of the poles, neutral's being 0."""
    top = max(negative, positive, 0.0)
    shares = exp(positive - top), exp(-top), exp(negative - top)
    return Probabilities(*(share / sum(shares) for share in shares))
