"""The model with an adaptation: the same features, some other weights, and what is added to the logits of a text."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt

from sentiment.clean import own_words
from sentiment.learning.adaptation import GRAIN, Adaptation, Gram, Poles
from sentiment.learning.terms import Found, Terms, blanked, longest
from sentiment.model.reading import Array, logits
from sentiment.model.weights import Weights
from sentiment.model.why import LEAST, Why, why

#: An adapted weight is kept in this part of the model's own unit, so that the model's weights stay exact.
_FINER: Final = 32
_NOTHING: Final = Poles(0.0, 0.0)


class Adapted:
    """Reads texts with `weights` as `adaptation` changes them."""

    def __init__(self, weights: Weights, adaptation: Adaptation) -> None:
        self._weights = _with_grams(weights, adaptation.grams) if adaptation.grams else weights
        self._offsets = adaptation.offsets
        self._rules = [rule.poles for rule in adaptation.rules]
        self._ruled = Terms([rule.term for rule in adaptation.rules])
        self._terms = list(adaptation.terms.values())
        self._found = Terms(list(adaptation.terms))

    def logits(self, texts: Sequence[str], languages: Sequence[str | None]) -> Array:
        """The logits of the two poles of each text; neutral's is 0."""
        read, added = self.ruled(texts)
        added += np.array([self._offset(language) for language in languages], float).reshape(-1, 2)
        words = [own_words(text) for text in read] if self._terms else ()
        for number, found in self._found.in_texts(words):
            added[number] += _sum(self._terms, found)
        return logits(read, self._weights) + added

    def ruled(self, texts: Sequence[str]) -> tuple[list[str], Array]:
        """The texts without the terms that have a word rule, and what these add to the logits (n, 2)."""
        read, added = list(texts), np.zeros((len(texts), 2))
        for number, _ in self._ruled.in_texts(texts):
            found = longest(self._ruled.in_text(texts[number]))
            read[number] = blanked(texts[number], found)
            added[number] = _sum(self._rules, found)
        return read, added

    def why(self, text: str, language: str | None) -> Why:
        """What each part of `text` adds to the lean; what the language alone adds belongs to the rest."""
        ruled = longest(self._ruled.in_text(text))
        read = blanked(text, ruled)
        own = why(read, self._weights)
        added = [*_shares(self._rules, ruled), *_shares(self._terms, self._found.in_text(own_words(read)))]
        lean = sum(weight for *_, weight in own.parts) + own.rest + self._offset(language).lean
        lean += sum(weight for *_, weight in added)
        parts = tuple(part for part in _merged([*own.parts, *added]) if abs(part[2]) >= LEAST)
        return Why(parts, lean - sum(weight for *_, weight in parts))

    def _offset(self, language: str | None) -> Poles:
        return self._offsets.get(language or "", self._offsets.get("", _NOTHING))


def _with_grams(weights: Weights, grams: Sequence[Gram]) -> Weights:
    """`weights` with those of some buckets changed."""
    unit = weights.unit / _FINER
    finer = weights.grams.astype(np.int16) * np.int16(_FINER)
    changed: npt.NDArray[np.int64] = np.array(grams, np.int64)
    moved = finer[changed[:, 0]] + np.rint(changed[:, 1:] * (GRAIN / unit))
    limits = np.iinfo(np.int16)
    finer[changed[:, 0]] = np.clip(moved, limits.min, limits.max).astype(np.int16)
    return replace(weights, grams=finer, unit=unit)


def _sum(poles: Sequence[Poles], found: Sequence[Found]) -> Array:
    """What a text gets for its terms, each once however often it stands there."""
    summed: Array = np.array([poles[term] for term in sorted({each.term for each in found})]).sum(axis=0)
    return summed


def _shares(poles: Sequence[Poles], found: Sequence[Found]) -> list[tuple[int, int, float]]:
    """(start, end, logits) of each occurrence, a term's lean being shared among its own."""
    times = np.bincount([each.term for each in found], minlength=len(poles))
    return [(start, end, poles[term].lean / int(times[term])) for term, start, end in found]


def _merged(parts: Sequence[tuple[int, int, float]]) -> list[tuple[int, int, float]]:
    """`parts` from left to right, those that overlap as one."""
    merged: list[tuple[int, int, float]] = []
    for part in sorted(parts):
        if merged and part[0] < merged[-1][1]:
            start, end, weight = merged.pop()
            merged.append((start, max(end, part[1]), weight + part[2]))
        else:
            merged.append(part)
    return [(start, end, round(weight, 4)) for start, end, weight in merged]
