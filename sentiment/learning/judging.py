"""Whether what was learned is better than the engine as it ships, on labels that it was not learned from."""

from math import comb
from typing import Final, NamedTuple
from zlib import crc32

import numpy as np

from sentiment.clean import without_hashtags
from sentiment.learning.examples import CLASSES, Examples, Floats, Integers
from sentiment.learning.fitting import fit

FOLDS: Final = 5
#: The quantile of the normal distribution for a one-sided bound of 95 %.
_BOUND: Final = 1.645
#: So often may luck alone raise the agreement as much.
_LUCK: Final = 0.1


class Comparison(NamedTuple):
    """Probabilities (n, 3) of the engine and of what was learned without the text in question, by text."""

    labels: Integers
    engine: Floats
    learned: Floats

    def agreement(self, which: Floats, rows: Integers | slice = slice(None)) -> float:
        """The share of labels that the most probable class meets."""
        return float((which[rows].argmax(axis=1) == self.labels[rows]).mean())

    @property
    def gain_at_least(self) -> float:
        """The lower bound (one-sided, 95 %) of the mean fall of the Brier score, text by text."""
        wanted = np.eye(len(CLASSES))[self.labels]
        gains = ((self.engine - wanted) ** 2).sum(axis=1) - ((self.learned - wanted) ** 2).sum(axis=1)
        return float(gains.mean() - _BOUND * gains.std(ddof=1) / np.sqrt(len(gains)))

    @property
    def luck(self) -> float:
        """The chance that a coin would mend as many labels of those on which the two disagree (sign test)."""
        right = [which.argmax(axis=1) == self.labels for which in (self.engine, self.learned)]
        mended, spoiled = int((~right[0] & right[1]).sum()), int((right[0] & ~right[1]).sum())
        changed = mended + spoiled
        return sum(comb(changed, many) for many in range(mended, changed + 1)) / 2**changed if changed else 1.0

    @property
    def is_better(self) -> bool:
        """Whether to keep what was learned: better beyond noise, and no class given up for it."""
        said = [which.argmax(axis=1) for which in (self.engine, self.learned)]
        before, after = (macro_f1(self.labels, each) for each in said)
        return self.gain_at_least > 0 and self.luck < _LUCK and after >= before


def compared(examples: Examples) -> Comparison:
    """The comparison by cross-validation; a text is always in the same fold, with all that say the same.

    Copies that differ in hashtags, marks, numbers or a subject's name would judge what was learned from their twins.
    """
    fold = np.array([crc32(_words(text).encode("utf-8", "replace")) % FOLDS for text in examples.texts])
    learned = examples.probabilities()
    for number in range(FOLDS):
        inside, outside = np.flatnonzero(fold == number), np.flatnonzero(fold != number)
        if len(inside) and len(outside):
            judged = examples.some(inside)
            learned[inside] = judged.probabilities(fit(examples.some(outside)).added(judged))
    return Comparison(examples.labels, examples.probabilities(), learned)


def _words(text: str) -> str:
    return "".join(filter(str.isalpha, without_hashtags(text)))


def macro_f1(truth: Integers, said: Integers) -> float:
    """The mean, over the classes that occur in `truth`, of F1 = 2 TP / (2 TP + FP + FN)."""
    hits = [np.sum((truth == one) & (said == one)) for one in np.unique(truth)]
    both = [np.sum(truth == one) + np.sum(said == one) for one in np.unique(truth)]
    return float(np.mean([2 * right / of for right, of in zip(hits, both, strict=True)]))
