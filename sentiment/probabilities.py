"""Probabilities of the three labels for many texts: a row a text, a column for each of `LABELS`; rows add up to 1."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from sentiment.result import LABELS, Columns

Probabilities = npt.NDArray[np.float64]

POSITIVE, NEUTRAL, NEGATIVE = range(len(LABELS))
#: Decimals of scores and confidences.
_DIGITS: Final = 6


def scores(answers: Probabilities) -> npt.NDArray[np.float64]:
    """P(positive) - P(negative) of each row, in [-1, 1]."""
    return answers[:, POSITIVE] - answers[:, NEGATIVE]


def labels(answers: Probabilities) -> npt.NDArray[np.int64]:
    """The place in `LABELS` of each row's most probable label; between equals a polar one goes before neutral."""
    positive, neutral, negative = answers.T
    polar = np.where(positive >= negative, POSITIVE, NEGATIVE)
    return np.where(neutral > np.maximum(positive, negative), NEUTRAL, polar)


def from_scores(found: Sequence[float], band: float) -> Probabilities:
    """Probabilities for an engine that gives one number in [-1, 1]; neutral is the label where |score| < `band`.

    The score is kept exactly. They are not calibrated: outside the band, what |score| leaves is spread evenly
    over the three labels; inside, neutral has one half.
    """
    score = np.array(found, np.float64)
    neutral = np.where(np.abs(score) >= band, (1 - np.abs(score)) / 3, 0.5)
    return np.column_stack([(1 - neutral + score) / 2, neutral, (1 - neutral - score) / 2])


def softmax(logits: npt.NDArray[np.float64]) -> Probabilities:
    """Probabilities from logits, a row a text and a column for each label, in whatever order."""
    shares: Probabilities = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    return shares


def columns(answers: Probabilities, at: Sequence[int], languages: Sequence[str | None]) -> Columns:
    """The sentiments of texts in `languages`, of which `answers` are to those `at` the given places."""
    names = np.array(LABELS, object)[labels(answers)]
    score, confidence = (np.round(values, _DIGITS) for values in (scores(answers), answers.max(axis=1)))
    said, scored, sure = (_spread(values, at, len(languages)) for values in (names, score, confidence))
    return Columns(said, scored, sure, list(languages))


def _spread(values: npt.NDArray[Any], at: Sequence[int], count: int) -> list[Any]:
    """A list of `count` with `values` at the given places, null elsewhere."""
    spread = np.full(count, None, object)
    spread[np.array(at, np.int64)] = values
    return spread.tolist()
