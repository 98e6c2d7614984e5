"""How sure the model may be: a temperature for each language and length, fitted on texts that were set aside.

Guo, Pleiss, Sun and Weinberger 2017: logits divided by the temperature that makes the set-aside labels most likely.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from sentiment.languages import languages_of
from sentiment.model.reading import logits
from sentiment.model.temperatures import BORDERS, length_classes
from sentiment.model.weights import Weights
from sentiment.training.fitting import softmax
from sentiment.training.texts import CLASSES, Example, heads

_TRIED: Final = np.arange(0.5, 3.01, 0.05)
#: Fewer set-aside texts say nothing about a language.
_ENOUGH: Final = 100


def temperatures(rows: Sequence[Example], weights: Weights) -> dict[str, list[float]]:
    """The temperatures of each language by length, and of all together as ""; only three-class rows count.

    Where a language has too few rows of a length, the temperature of all together stands.
    """
    known = {row.source for row in rows if row.label == "neutral"}
    rows = [row for row in rows if row.source in known]
    texts = heads(rows)
    poles = logits(texts, weights)
    three = np.column_stack([poles[:, 0], np.zeros(len(poles)), poles[:, 1]]).astype(np.float32)
    labels = np.array([CLASSES.index(row.label) for row in rows])
    spoken = np.array([code or "" for code in languages_of(texts)])
    lengths = length_classes(texts)
    sorts = range(len(BORDERS) + 1)
    every = [best(three[lengths == sort], labels[lengths == sort]) for sort in sorts]
    fitted = {"": every}
    for name in ("zh", "en", "mixed"):
        cells = [(spoken == name) & (lengths == sort) for sort in sorts]
        fitted[name] = [
            best(three[cell], labels[cell]) if cell.sum() >= _ENOUGH else every[sort] for sort, cell in enumerate(cells)
        ]
    return fitted


def best(three: np.ndarray, labels: np.ndarray) -> float:
    """The temperature that makes `labels` most likely, given logits in the order of `CLASSES`."""
    rows = np.arange(len(labels))
    losses = [-np.log(softmax((three / tried).astype(np.float32))[rows, labels] + 1e-9).mean() for tried in _TRIED]
    return round(float(_TRIED[int(np.argmin(losses))]), 2)
