"""From marked texts to logits toward their subjects: comparisons first, then the way of the text's language.

English goes through the model trained on texts with a labelled subject. It has seen no Chinese: there the document
model reads the clauses that are about the subject.
"""

from collections.abc import Sequence
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt

from sentiment.model.reading import logits as document_logits
from sentiment.model.weights import Weights
from sentiment.target.clauses import parts
from sentiment.target.comparison import Verdict, asks, verdict
from sentiment.target.features import grams, numbers
from sentiment.target.weights import TargetWeights

#: Texts that are read at a time.
BATCH: Final = 1000
#: Logits (negative, neutral, positive) of who wins, loses or is as good in a comparison.
_SAID: Final[dict[Verdict, tuple[float, float, float]]] = {"good": (0, 0, 2), "bad": (2, 0, 0), "even": (0, 1, 0)}
#: What a question adds to neutral.
_ASKED: Final = 1.5

Array = npt.NDArray[np.float64]


def logits(
    marked: Sequence[str], english: Sequence[bool], heat: Sequence[float], document: Weights, target: TargetWeights
) -> Array:
    """The logits (negative, neutral, positive) of texts that name their subject, as sure as they should be.

    `english` says which texts the trained model can read, `heat` by what the document model's logits are divided.
    """
    verdicts = [verdict(text) for text in marked]
    found = np.array([_SAID[said] if said else (0, 0, 0) for said in verdicts], float).reshape(-1, 3)
    for is_english, read in ((True, partial(_trained, target=target)), (False, _by_clauses)):
        places = [i for i, said in enumerate(verdicts) if not said and english[i] is is_english]
        for at in range(0, len(places), BATCH):
            some = places[at : at + BATCH]
            found[some] = read([marked[i] for i in some], np.array([heat[i] for i in some]), document)
    return found


def _trained(marked: list[str], _: Array, document: Weights, target: TargetWeights) -> Array:
    poles = trained_logits(marked, document, target) / target.card["temperature"]
    return np.column_stack([poles[:, 0], np.zeros(len(marked)), poles[:, 1]])


def _by_clauses(marked: list[str], heat: Array, document: Weights) -> Array:
    poles = document_logits([parts(text).last for text in marked], document) / heat[:, None]
    return np.column_stack([poles[:, 0], [_ASKED if asks(text) else 0.0 for text in marked], poles[:, 1]])


def trained_logits(marked: Sequence[str], document: Weights, target: TargetWeights) -> Array:
    """The logits of the two poles by the trained model, before any temperature."""
    words = grams(marked)
    weighted = target.grams[words.buckets] * words.values[:, None].astype(np.float64) * target.unit
    sums = [np.bincount(words.rows, weighted[:, pole], minlength=len(marked)) for pole in (0, 1)]
    found: Array = np.column_stack(sums)
    return found + numbers_of(marked, document).astype(np.float64) @ target.numbers.astype(np.float64)


def numbers_of(marked: Sequence[str], document: Weights) -> npt.NDArray[np.float32]:
    """The numbers of each text, with what the document model says of its parts."""
    texts = [text for one in marked for text in parts(one)]
    return numbers(marked, document_logits(texts, document))
