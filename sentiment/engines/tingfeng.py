"""Our own engine: one trained model for Chinese, English and their mixture."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from sentiment.learning import PLAIN, Adaptation
from sentiment.learning.adapted import Adapted
from sentiment.model.temperatures import Temperatures, temperatures_of
from sentiment.model.weights import Weights
from sentiment.probabilities import Probabilities, softmax
from sentiment.result import Reasons
from sentiment.target.places import SUBJECT, Names, marked
from sentiment.target.reading import logits as logits_toward
from sentiment.target.weights import TargetWeights
from sentiment.toward import About


class Tingfeng:
    """Reads texts with the model of `sentiment.model`, as sure as it was right on texts that were set aside.

    Its weights are loaded with the first text: a process that leaves scoring to others only needs the version.
    """

    name = "tingfeng"
    languages: frozenset[str | None] = frozenset({"zh", "en", "mixed", None})

    def __init__(self, adaptation: Adaptation = PLAIN) -> None:
        card = Weights.read_card()
        self._temperatures: Temperatures = card["temperatures"]
        plain = f"tingfeng {card['version']}"
        self._adaptation = adaptation.on(plain)
        self.version = f"{plain} + {self._adaptation.mark}" if self._adaptation.mark else plain

    def probabilities(self, texts: Sequence[str], languages: Sequence[str | None]) -> Probabilities:
        """One answer a text; its language and length say how sure to be."""
        heat = temperatures_of(texts, languages, self._temperatures)
        negative, positive = self._model.logits(texts, languages).T / heat
        return softmax(np.column_stack([positive, np.zeros(len(heat)), negative]))

    def toward(self, asked: Sequence[About], languages: Sequence[str | None]) -> tuple[list[int], Probabilities]:
        """By the model toward a subject, for the texts that name theirs; of an adaptation only the word rules hold."""
        texts = marked([one.text for one in asked], [Names(one.names, one.others) for one in asked])
        naming = [i for i, text in enumerate(texts) if SUBJECT in text]
        spoken = [languages[i] for i in naming]
        heat = temperatures_of([asked[i].text for i in naming], spoken, self._temperatures)
        english = [language == "en" for language in spoken]
        read, ruled = self._model.ruled([texts[i] for i in naming])
        found = logits_toward(read, english, heat.tolist(), self._weights, self._target)
        found[:, [0, 2]] += ruled / heat[:, None]
        return naming, softmax(found[:, ::-1])

    @cached_property
    def _weights(self) -> Weights:
        return Weights.read()

    @cached_property
    def _model(self) -> Adapted:
        return Adapted(self._weights, self._adaptation)

    @cached_property
    def _target(self) -> TargetWeights:
        return TargetWeights.read(self._weights)

    def why(self, text: str, language: str | None) -> Reasons:
        """What each part of `text` adds to the lean of the model, in logits."""
        found = self._model.why(text, language)
        return Reasons(found.parts, round(found.rest, 4))
