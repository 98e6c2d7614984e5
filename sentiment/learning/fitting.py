"""What corrections change: offsets by language, terms, and n-grams, learned together and held close to nothing.

Softmax regression on top of the engine's own logits with a ridge on all that is added, so that few corrections move
little, and what many texts share (an offset) moves before what few share (an n-gram). Minimised by Nesterov's
accelerated gradient.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from sentiment.learning.adaptation import GRAIN, Gram, Poles
from sentiment.learning.examples import CLASSES, POLES, Examples, Floats, Integers
from sentiment.learning.terms import Terms
from sentiment.learning.wording import telling_terms

#: How strongly each sort is held to zero: an offset of all texts, a language's own beside it, a term, an n-gram.
#: Chosen on two sources (smp2020-virus, csmv-tiktok), each with a model that had not seen it.
_ALL, _LANGUAGE, _TERM, _GRAM = 0.5, 2.0, 4.0, 0.1
#: A label counts (inverse share among the labels) ^ this, as in training: the rare one must not be given up.
_CLASS_POWER: Final = 0.5
_STEPS: Final = 120
_SMALL: Final = 1e-3


@dataclass(frozen=True)
class Fitted:
    """What was learned: logits to add for any text, by language, by term, by bucket of n-grams."""

    offsets: Mapping[str, Poles]
    terms: Mapping[str, Poles]
    buckets: Integers
    weights: Floats

    def added(self, examples: Examples) -> Floats:
        """What it adds to the logits (n, 2) of other texts."""
        fallback = self.offsets[""]
        added = np.array([self.offsets.get(spoken, fallback) for spoken in examples.languages]).reshape(-1, 2)
        known = np.isin(examples.columns, self.buckets)
        place = np.searchsorted(self.buckets, examples.columns[known])
        moved = self.weights[place] * examples.values[known, None]
        for pole in range(2):
            added[:, pole] += np.bincount(examples.rows[known], moved[:, pole], minlength=len(examples))
        poles = list(self.terms.values())
        for number, found in Terms(list(self.terms)).in_texts(examples.texts):
            added[number] += np.sum([poles[term] for term in sorted({each.term for each in found})], axis=0)
        return added

    def grams(self) -> tuple[Gram, ...]:
        """The n-grams' weights as they are kept."""
        small = np.rint(self.weights / GRAIN).astype(int)
        kept = np.flatnonzero(small.any(axis=1))
        return tuple(Gram(*row) for row in np.column_stack([self.buckets[kept], small[kept]]).tolist())


class _Design:
    """Features of all sorts as one sparse matrix, each column divided by the root of how strongly it is held.

    Every row and every column has an entry. Kept once by rows and once by columns: sums of neighbours are quick.
    """

    def __init__(self, rows: Integers, columns: Integers, values: Floats) -> None:
        self._by_row = _sorted(rows, columns, values)
        self._by_column = _sorted(columns, rows, values)
        self.height, self.width = len(self._by_row[0]), len(self._by_column[0])

    def times(self, weights: Floats) -> Floats:
        """The matrix times (width, 2)."""
        return _summed(self._by_row, weights)

    def transposed_times(self, misses: Floats) -> Floats:
        """The transposed matrix times (height, 2)."""
        return _summed(self._by_column, misses)

    def largest(self) -> float:
        """The largest eigenvalue of the matrix times its transposed one, from above."""
        vector = np.ones((self.height, 2))
        size = 1.0
        for _ in range(20):
            vector = self.times(self.transposed_times(vector / np.linalg.norm(vector)))
            size = float(np.linalg.norm(vector))
        return 1.1 * size


_Sorted = tuple[Integers, Integers, Floats]


def _sorted(into: Integers, out_of: Integers, values: Floats) -> _Sorted:
    """Where each sum begins, what is summed and how much of it."""
    order = np.argsort(into, kind="stable")
    starts = np.flatnonzero(np.diff(into[order], prepend=-1))
    return starts, out_of[order], values[order, None]


def _summed(matrix: _Sorted, given: Floats) -> Floats:
    starts, out_of, values = matrix
    sums: Floats = np.add.reduceat(values * given[out_of], starts, axis=0)
    return sums


def fit(examples: Examples) -> Fitted:
    """What the labels of `examples` change."""
    tongues = sorted(set(examples.languages))
    terms = telling_terms(examples)
    grams = _Grams.of(examples)
    everywhere, own, by_term, by_column = np.split(
        _minimised(examples, _design(examples, tongues, terms, grams)), np.cumsum([1, len(tongues), len(terms)])
    )
    shared = everywhere[0] / np.sqrt(_ALL)
    own = shared + own / np.sqrt(_LANGUAGE)
    return Fitted(
        offsets={"": _poles(shared)} | {tongue: _poles(pair) for tongue, pair in zip(tongues, own, strict=True)},
        terms={term: _poles(pair) for term, pair in zip(terms, by_term / np.sqrt(_TERM), strict=True)},
        buckets=grams.buckets,
        weights=by_column[grams.column] * grams.share[:, None] / np.sqrt(_GRAM),
    )


@dataclass(frozen=True)
class _Grams:
    """The buckets of some texts as columns. Those that one text alone has move together, so they share a column: with
    the root of the sum of their squares as its value, nothing else comes out.

    `column` and `share` of each bucket; `rows`, `columns` and `values` of the entries.
    """

    buckets: Integers
    column: Integers
    share: Floats
    rows: Integers
    columns: Integers
    values: Floats

    @classmethod
    def of(cls, examples: Examples) -> Self:
        """The columns of these texts."""
        buckets, place, times = np.unique(examples.columns, return_inverse=True, return_counts=True)
        lone = times[place] == 1
        squares = np.bincount(examples.rows[lone], examples.values[lone] ** 2, minlength=len(examples))
        holders = np.flatnonzero(squares)
        column = np.cumsum(times > 1) - 1
        share = np.ones(len(buckets))
        first = int((times > 1).sum())
        column[place[lone]] = first + np.searchsorted(holders, examples.rows[lone])
        share[place[lone]] = examples.values[lone] / np.sqrt(squares[examples.rows[lone]])
        return cls(
            buckets,
            column,
            share,
            np.concatenate([examples.rows[~lone], holders]),
            np.concatenate([column[place[~lone]], first + np.arange(len(holders))]),
            np.concatenate([examples.values[~lone], np.sqrt(squares[holders])]),
        )


def _poles(pair: npt.NDArray[np.float64]) -> Poles:
    return Poles(*(round(float(value), 4) for value in pair))


def _design(examples: Examples, tongues: list[str], terms: list[str], grams: _Grams) -> _Design:
    """The columns: one that every text has, the languages, the terms, the buckets."""
    every = np.arange(len(examples))
    named = [
        (number, term)
        for number, found in Terms(terms).in_texts(examples.texts)
        for term in sorted({each.term for each in found})
    ]
    in_text, of_term = np.array(named, np.int64).reshape(-1, 2).T
    spoken = np.array([tongues.index(tongue) for tongue in examples.languages])
    first_term, first_gram = 1 + len(tongues), 1 + len(tongues) + len(terms)
    return _Design(
        rows=np.concatenate([every, every, in_text, grams.rows]),
        columns=np.concatenate([np.zeros_like(every), 1 + spoken, first_term + of_term, first_gram + grams.columns]),
        values=np.concatenate(
            [
                np.full(len(every), 1 / np.sqrt(_ALL)),
                np.full(len(every), 1 / np.sqrt(_LANGUAGE)),
                np.full(len(in_text), 1 / np.sqrt(_TERM)),
                grams.values / np.sqrt(_GRAM),
            ]
        ),
    )


def _minimised(examples: Examples, design: _Design) -> Floats:
    """The weights (width, 2) of least loss, each column as `_Design` scales it."""
    wanted = np.eye(len(CLASSES))[examples.labels]
    counts = _counts(examples.labels)[:, None]
    slope = 1 + 0.5 * design.largest() * float((counts / examples.heat[:, None] ** 2).max())
    weights = ahead = np.zeros((design.width, 2))
    pace = 1.0
    for _ in range(_STEPS):
        misses = (examples.probabilities(design.times(ahead)) - wanted)[:, POLES]
        gradient = design.transposed_times(counts * misses / examples.heat[:, None]) + ahead
        following = ahead - gradient / slope
        next_pace = (1 + np.sqrt(1 + 4 * pace**2)) / 2
        ahead = following + (pace - 1) / next_pace * (following - weights)
        weights, pace = following, next_pace
        if np.abs(gradient).max() < _SMALL:
            break
    return weights


def _counts(labels: Integers) -> Floats:
    """How much each text counts by its label, 1 in the mean."""
    many = np.bincount(labels, minlength=len(CLASSES))
    counts = (1 / np.maximum(many, 1.0) ** _CLASS_POWER)[labels]
    scaled: Floats = counts / counts.mean()
    return scaled
