"""From marked texts to logits toward their subjects: comparisons first, then the way of the text's language.

English goes through the model trained on texts with a labelled subject. It has seen no Chinese: there the document
model reads the clauses that are about the subject.
"""

from collections.abc import Sequence
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
    found = np.zeros((len(marked), 3))
    for i, said in enumerate(verdicts):
        if said:
            found[i] = _SAID[said]
    left = [i for i, said in enumerate(verdicts) if not said]
    for chosen in (True, False):
        places = [i for i in left if english[i] is chosen]
        for at in range(0, len(places), BATCH):
            some = places[at : at + BATCH]
            texts = [marked[i] for i in some]
            if chosen:
                poles = trained_logits(texts, document, target) / target.card["temperature"]
                neutral = np.zeros(len(texts))
            else:
                poles = document_logits([parts(text).last for text in texts], document)
                poles /= np.array([heat[i] for i in some])[:, None]
                neutral = np.array([_ASKED if asks(text) else 0.0 for text in texts])
            found[some] = np.column_stack([poles[:, 0], neutral, poles[:, 1]])
    return found


def trained_logits(marked: Sequence[str], document: Weights, target: TargetWeights) -> Array:
    """The logits of the two poles by the trained model, before any temperature."""
    words = grams(marked)
    weighted = target.grams[words.buckets] * words.values[:, None].astype(np.float64)
    sums = np.column_stack([np.bincount(words.rows, weighted[:, pole], minlength=len(marked)) for pole in (0, 1)])
    found: Array = sums * target.unit + numbers_of(marked, document) @ target.numbers.astype(np.float64)
    return found


def numbers_of(marked: Sequence[str], document: Weights) -> npt.NDArray[np.float32]:
    """The numbers of each text, with what the document model says of its parts."""
    texts = [text for one in marked for text in parts(one)]
    return numbers(marked, document_logits(texts, document))
