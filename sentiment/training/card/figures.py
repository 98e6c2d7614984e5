"""What an engine said to labelled texts, and how good that is."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from sentiment import Scorer, Sentiment
from sentiment.learning.judging import macro_f1
from sentiment.training.texts import CLASSES, Example

_NEGATIVE, NEUTRAL, _POSITIVE = range(3)
_RESAMPLES: Final = 1000
BINS: Final = 10

Labels = npt.NDArray[np.int64]
Chosen = npt.NDArray[np.bool_]


class Answers(NamedTuple):
    """What an engine said to some texts, as columns: number of the label in `CLASSES`, score, confidence."""

    labels: Labels
    scores: npt.NDArray[np.float64]
    confidences: npt.NDArray[np.float64]

    def of(self, rows: Chosen) -> "Answers":
        """Those of some rows."""
        return Answers(self.labels[rows], self.scores[rows], self.confidences[rows])


def answers(engine: str, texts: Sequence[str]) -> Answers:
    """What `engine` says; no answer counts as neutral, with the confidence of a guess."""
    with Scorer(engine) as scorer:
        return columns(scorer.score(texts))


def columns(found: Sequence[Sentiment]) -> Answers:
    """Sentiments as columns."""
    return Answers(
        np.array([CLASSES.index(one.label or "neutral") for one in found]),
        np.array([one.score or 0.0 for one in found]),
        np.array([one.confidence or 1 / 3 for one in found]),
    )


def truth_of(rows: Sequence[Example]) -> Labels:
    """The numbers of the labels that people gave."""
    return np.array([CLASSES.index(row.label) for row in rows])


def judged(truth: Labels, said: Answers) -> Labels:
    """The labels that count: by the score's sign where no text is neutral, as an engine may well say that one is."""
    return said.labels if NEUTRAL in truth else np.where(said.scores > 0, _POSITIVE, _NEGATIVE)


def quality(truth: Labels, said: Answers) -> float:
    """Macro-F1 of the labels that count."""
    return macro_f1(truth, judged(truth, said))


def accuracy(truth: Labels, said: Answers) -> float:
    """The share of texts whose label that counts is right."""
    return float((truth == judged(truth, said)).mean())


class Bin(NamedTuple):
    """The answers of one tenth of confidence: how many, their mean confidence, the share that is right."""

    texts: int
    confidence: float
    right: float


def reliability(truth: Labels, said: Answers) -> list[Bin]:
    """The ten equal bins of confidence that hold an answer."""
    numbers = np.minimum((said.confidences * BINS).astype(int), BINS - 1)
    inside = [numbers == number for number in np.unique(numbers)]
    right = truth == said.labels
    return [Bin(int(one.sum()), float(said.confidences[one].mean()), float(right[one].mean())) for one in inside]


def calibration_error(truth: Labels, said: Answers) -> float:
    """Expected calibration error over ten equal bins of confidence (Guo et al. 2017)."""
    found = reliability(truth, said)
    return sum(one.texts * abs(one.confidence - one.right) for one in found) / len(truth)


def interval(truth: Labels, said: Labels) -> tuple[float, float]:
    """The middle 95 % of macro-F1 over resampled texts (bootstrap, seed 7)."""
    chance = np.random.default_rng(7)
    picks = [chance.integers(0, len(truth), len(truth)) for _ in range(_RESAMPLES)]
    low, high = np.quantile([macro_f1(truth[pick], said[pick]) for pick in picks], [0.025, 0.975])
    return float(low), float(high)
