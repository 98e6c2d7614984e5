"""Why the model decided as it did: what each part of a text adds to the lean, the positive minus the negative logit.

The parts and `rest` add up to the lean exactly; nothing is left out and tried again.
"""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from sentiment.model.features import HAN, LETTER, MARK, Lines
from sentiment.model.leans import LEANS, TAME, all_hits, leans, strength
from sentiment.model.origins import Traced
from sentiment.model.reading import presence, sizes
from sentiment.model.weights import Weights

#: Han characters that the segmenter knows; others stay together.
_CUT = re.compile("([\u4e00-\u9fa5]+)")
#: Parts that add less than this many logits are put into the rest.
LEAST: Final = 0.05


class Why(NamedTuple):
    """(start, end, logits) of parts of the text as written, from left to right, and what belongs to no part."""

    parts: tuple[tuple[int, int, float], ...]
    rest: float


def why(text: str, weights: Weights) -> Why:
    """What drove the model's answer to `text`."""
    traced = Traced(text)
    lines = Lines([text])
    added, lean = _by_character(lines, weights)
    parts: list[tuple[int, int, float]] = []
    for start, end in _pieces(lines):
        weight = float(added[start:end].sum())
        if abs(weight) >= LEAST:
            parts.append((*traced.raw(start, end), round(weight, 4)))
    return Why(tuple(parts), lean - sum(weight for *_, weight in parts))


def _by_character(lines: Lines, weights: Weights) -> tuple[npt.NDArray[np.float64], float]:
    """What each character of the normal text adds to the lean, and the whole lean."""
    added = np.zeros(len(lines.codes) + 1)
    grams = list(lines.grams())
    keys = presence(lines, grams)
    scale = weights.unit / np.sqrt(max(int(sizes(keys, 1)[0]), 1))
    starts, ends, buckets = (
        np.concatenate([getattr(found, name) for found in grams]) for name in ("starts", "ends", "buckets")
    )
    times = np.unique_counts(buckets)
    often = times.counts[np.searchsorted(times.values, buckets)]
    both = weights.grams[buckets].astype(float)
    shares = (both[:, 1] - both[:, 0]) * scale / often / (ends - starts)
    # A difference array: each feature's share is added from its first character on and taken off behind its last.
    np.add.at(added, starts, shares)
    np.add.at(added, ends, -shares)
    added = np.cumsum(added)[:-1]
    lean = float(shares @ (ends - starts))
    hits = all_hits(lines)
    columns, firsts, lasts, values = hits
    totals = np.bincount(columns, values, minlength=len(LEANS))
    pull = weights.leans[:, 1] - weights.leans[:, 0]
    for column, start, end, value in zip(columns, firsts, lasts, values, strict=True):
        share = pull[column] * np.tanh(totals[column] / TAME) * value / totals[column]
        added[start:end] += share / (end - start)
    found = leans(lines, hits)
    kept = float(strength(found)[0])
    return kept * added, kept * (lean + float(found[0] @ pull))


def _pieces(lines: Lines) -> list[tuple[int, int]]:
    """Words and runs of marks."""
    found: list[tuple[int, int]] = []
    for kind, places in groupby(range(len(lines.codes)), key=lambda place: int(lines.kinds[place])):
        run = list(places)
        if kind == HAN:
            found += _words(lines.text[run[0] : run[-1] + 1], run[0])
        elif kind in {LETTER, MARK}:
            found.append((run[0], run[-1] + 1))
    return found


def _words(run: str, start: int) -> Iterator[tuple[int, int]]:
    """The words of a run of Han characters."""
    from sentiment.engines.snownlp_words import segmenter

    for part in filter(None, _CUT.split(run)):
        for word in segmenter().cut([part])[0] if _CUT.match(part) else [part]:
            yield start, start + len(word)
            start += len(word)
