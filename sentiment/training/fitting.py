"""Softmax regression on sparse rows: AdaGrad, two-class sources without the neutral class, a bias a source.

AdaGrad: Duchi, Hazan and Singer 2011. The bias of a source keeps its mix of classes out of the weights of words; it is
dropped afterwards. A teacher's probabilities may stand in for part of the labels (Hinton, Vinyals and Dean 2015).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]

NEGATIVE, NEUTRAL, POSITIVE = range(3)

EPOCHS: Final = 4
_ROWS: Final = 512
STEP: Final = 0.15
_BIAS_STEP: Final = 0.025
_FIRST_SQUARES: Final = 1e-3
_NEVER: Final = -30.0


@dataclass(frozen=True)
class Task:
    """What is learned: rows, the probabilities they should have (columns negative, neutral, positive), how much each
    counts, the number of its source, whether it knows no neutral, and which sources have a bias."""

    rows: sparse.csr_matrix
    wanted: Floats
    counts: Floats
    source: Integers
    polar: npt.NDArray[np.bool_]
    biased: npt.NDArray[np.bool_]


def fit(task: Task, seed: int, epochs: int = EPOCHS, step: float = STEP) -> Floats:
    """The weights of each column for the three classes."""
    shuffler = np.random.default_rng(seed)
    sources = len(task.biased)
    weights = np.zeros((task.rows.shape[1], 3), np.float32)
    squares = np.full_like(weights, _FIRST_SQUARES)
    bias = np.zeros((sources, 3), np.float32)
    bias_squares = np.full_like(bias, _FIRST_SQUARES)
    for _ in range(epochs):
        order = shuffler.permutation(task.rows.shape[0])
        for at in range(0, len(order), _ROWS):
            some = order[at : at + _ROWS]
            columns, rows = _compact(task.rows[some])
            source = task.source[some]
            miss = _miss(task, some, rows @ weights[columns] + bias[source])
            gradient = rows.T @ miss
            squares[columns] += gradient**2
            weights[columns] -= step * gradient / np.sqrt(squares[columns])
            of_sources = np.zeros_like(bias)
            np.add.at(of_sources, source, miss)
            of_sources *= task.biased[:, None]
            bias_squares += of_sources**2
            bias -= _BIAS_STEP * of_sources / np.sqrt(bias_squares)
    return weights


def _compact(rows: sparse.csr_matrix) -> tuple[Integers, sparse.csr_matrix]:
    """The columns that `rows` have at all, and `rows` with only those."""
    columns, places = np.unique(rows.indices, return_inverse=True)
    return columns, sparse.csr_matrix((rows.data, places.ravel(), rows.indptr), shape=(rows.shape[0], len(columns)))


def _miss(task: Task, some: Integers, logits: Floats) -> Floats:
    """The gradient of the loss at the logits: probabilities minus wanted ones, times how much a row counts."""
    polar = task.polar[some]
    logits[polar, NEUTRAL] = _NEVER
    miss = (softmax(logits) - task.wanted[some]) * task.counts[some, None]
    miss[polar, NEUTRAL] = 0
    return miss


def softmax(logits: Floats) -> Floats:
    """Probabilities of rows of logits."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=1, keepdims=True)
    return shares


def balanced(labels: Integers, source: Integers, weight_of: Floats, power: float) -> Floats:
    """How much each row counts: its source's weight, times (inverse share of its class in the source) ^ power."""
    counts = np.zeros(len(labels), np.float32)
    for number, weight in enumerate(weight_of):
        own = source == number
        many = np.bincount(labels[own], minlength=3)
        classes = np.count_nonzero(many)
        factor = np.where(many > 0, own.sum() / np.maximum(many, 1) / max(classes, 1), 0) ** power
        counts[own] = weight * factor[labels[own]]
    return counts
