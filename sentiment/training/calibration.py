"""How sure the model may be: one temperature a language, fitted on texts that were set aside.

Guo, Pleiss, Sun and Weinberger 2017: logits divided by the temperature that makes the set-aside labels most likely.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from sentiment.languages import language
from sentiment.model.reading import logits
from sentiment.model.weights import Weights
from sentiment.training.fitting import softmax
from sentiment.training.texts import CLASSES, Example, heads

_TRIED: Final = np.arange(0.5, 3.01, 0.05)
#: Fewer set-aside texts say nothing about a language.
_ENOUGH: Final = 100


def temperatures(rows: Sequence[Example], weights: Weights) -> dict[str, float]:
    """The temperature of each language with enough three-class rows, and of all together as ""."""
    known = {row.source for row in rows if row.label == "neutral"}
    rows = [row for row in rows if row.source in known]
    texts = heads(rows)
    poles = logits(texts, weights)
    three = np.column_stack([poles[:, 0], np.zeros(len(poles)), poles[:, 1]]).astype(np.float32)
    labels = np.array([CLASSES.index(row.label) for row in rows])
    spoken = np.array([language(text) or "" for text in texts])
    groups = {"": np.ones(len(rows), bool)} | {name: spoken == name for name in ("zh", "en", "mixed")}
    return {name: best(three[chosen], labels[chosen]) for name, chosen in groups.items() if chosen.sum() >= _ENOUGH}


def best(three: np.ndarray, labels: np.ndarray) -> float:
    """The temperature that makes `labels` most likely, given logits in the order of `CLASSES`."""
    rows = np.arange(len(labels))
    losses = [-np.log(softmax((three / tried).astype(np.float32))[rows, labels] + 1e-9).mean() for tried in _TRIED]
    return round(float(_TRIED[int(np.argmin(losses))]), 2)
