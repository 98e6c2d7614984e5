"""Examples as a sparse matrix: a row an example, a column a feature, the columns `LEANS` last."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from scipy import sparse

from sentiment.model.features import BITS, Lines
from sentiment.model.leans import leans
from sentiment.model.reading import BATCH, presence, sizes

#: The columns `LEANS` count less than an n-gram, so that learning moves them in smaller steps.
LEAN_SCALE: Final = 0.3


def matrix(texts: Sequence[str]) -> sparse.csr_matrix:
    """The features of each text, as the model weighs them: n-grams divided by the root of their number, and leans."""
    parts = [_part(texts[at : at + BATCH]) for at in range(0, len(texts), BATCH)]
    return sparse.vstack(parts, format="csr")


def _part(texts: Sequence[str]) -> sparse.csr_matrix:
    lines = Lines(texts)
    keys = presence(lines, lines.grams())
    many = sizes(keys, lines.count)
    values = np.repeat(1 / np.sqrt(np.maximum(many, 1)), many).astype(np.float32)
    starts = np.concatenate([[0], np.cumsum(many)])
    buckets = (keys & ((1 << BITS) - 1)).astype(np.int32)
    grams = sparse.csr_matrix((values, buckets, starts), shape=(lines.count, 1 << BITS))
    return sparse.hstack([grams, sparse.csr_matrix(leans(lines) * np.float32(LEAN_SCALE))], format="csr")
