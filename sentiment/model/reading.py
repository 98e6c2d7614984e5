"""From texts to logits: which features each text has, and what the weights make of them."""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from sentiment.model.features import BITS, Grams, Lines
from sentiment.model.leans import leans, strength
from sentiment.model.weights import Weights

#: Texts that are read at a time: their arrays stay in the processor's cache.
BATCH: Final = 2000

Array = npt.NDArray[np.float64]


def presence(lines: Lines, grams: Iterable[Grams]) -> npt.NDArray[np.int64]:
    """The features of all texts, each once a text, in order: row * 2^BITS + bucket."""
    keys = [(lines.rows[found.starts].astype(np.int64) << BITS) | found.buckets for found in grams]
    every = np.sort(np.concatenate(keys))
    return every[np.concatenate([[True], every[1:] != every[:-1]])] if len(every) else every


def sizes(keys: npt.NDArray[np.int64], count: int) -> npt.NDArray[np.int64]:
    """How many features each of `count` texts has."""
    return np.bincount(keys >> BITS, minlength=count)


def logits(texts: Sequence[str], weights: Weights) -> Array:
    """The logits of the two poles (columns as in `POLES`) of each text; neutral's is 0."""
    parts = [_logits(texts[at : at + BATCH], weights) for at in range(0, len(texts), BATCH)]
    return np.concatenate(parts) if parts else np.zeros((0, 2))


def _logits(texts: Sequence[str], weights: Weights) -> Array:
    lines = Lines(texts)
    keys = presence(lines, lines.grams())
    many = sizes(keys, lines.count)
    ends = np.cumsum(many)
    # Both weights of a feature are fetched at once, as one integer, and summed as integers: exact, in whatever order.
    pairs = weights.grams.view(f"u{2 * weights.grams.itemsize}").ravel()
    both = pairs[keys & ((1 << BITS) - 1)].view(weights.grams.dtype).reshape(-1, 2)
    running = np.concatenate([np.zeros((1, 2), np.int64), np.cumsum(both, axis=0, dtype=np.int64)])
    sums = running[ends] - running[ends - many]
    scale = weights.unit / np.sqrt(np.maximum(many, 1))
    found = leans(lines)
    poles: Array = strength(found)[:, None] * (sums * scale[:, None] + found @ weights.leans.astype(np.float64))
    return poles
