"""What the trained model sees of marked texts: hashed words by where they stand to the subject, and a few numbers.

For a batch all at once. The meaning of the weights depends on this file, on `clauses` and on the document model's
`features`: change one, and the model must be trained again (`VERSION`).
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from sentiment.model.features import BITS as DOCUMENT_BITS
from sentiment.model.features import HAN, MARK, Hashes, Lines, Places, buckets, word_hashes
from sentiment.target.clauses import Parts
from sentiment.target.comparison import asks
from sentiment.target.places import SUBJECT
from tingfeng.home import config

VERSION: Final = 1
#: Buckets that words are hashed to, as a power of two.
BITS: Final = 18
#: The columns beside the buckets: the document model's two logits of each of `Parts`, whether the text asks, and 1.
NUMBERS: Final = 2 * len(Parts._fields) + 2
#: Learning moves the logits in smaller steps than the words.
_LOGIT_SCALE: Final = 0.2

_PAIR: Final = np.uint32(0x01000193)
_SPREAD: Final = np.uint32(0x27D4EB2F)
_THIRD: Final = np.uint32(0x165667B1)
_FAR: Final = 60
_NEAR: Final = 4
_HALF: Final = 4.0
_BORDERS: Final = np.array([ord(mark) for mark in ".,!?;。…~:"], np.uint32)

Floats = npt.NDArray[np.float32]


class Grams(NamedTuple):
    """Features of one sort: the row, the bucket and the value of each."""

    rows: npt.NDArray[np.int64]
    buckets: npt.NDArray[np.int64]
    values: Floats


class Tokens:
    """The words, Han characters and marks of marked texts, in order: hashes, rows, and where the subject stands."""

    def __init__(self, lines: Lines) -> None:
        words = lines.words
        single = np.flatnonzero((lines.kinds == HAN) | (lines.kinds == MARK))
        codes = lines.codes[single]
        starts = np.concatenate([words.starts, single])
        order = np.argsort(starts, kind="stable")
        with np.errstate(over="ignore"):
            self.hashes: Hashes = np.concatenate([words.hashes, codes * _SPREAD])[order]
        self.rows = lines.rows[starts[order]]
        self.names = np.concatenate([np.zeros(len(words.starts), bool), codes == ord(SUBJECT)])[order]
        self.negated = np.concatenate([words.near_negation(), np.zeros(len(single), bool)])[order]
        turns = np.isin(words.hashes, _turns())
        self._borders = np.concatenate([turns, np.isin(codes, _BORDERS)])[order]

    @cached_property
    def inside(self) -> npt.NDArray[np.bool_]:
        """Which stand in a clause that names the subject."""
        begins = self._borders.copy()
        begins[1:] |= self.rows[1:] != self.rows[:-1]
        clause = np.cumsum(begins)
        naming = np.zeros(len(clause) + 1, bool)
        naming[clause[self.names]] = True
        inside: npt.NDArray[np.bool_] = naming[clause]
        return inside

    @cached_property
    def distances(self) -> tuple[Places, Places]:
        """How far back the last name of the subject in the text is, and how far ahead the next; far where none is."""
        places = np.arange(len(self.rows))
        last = np.maximum.accumulate(np.where(self.names, places, -1))
        following = np.minimum.accumulate(np.where(self.names, places, len(places))[::-1])[::-1]
        has_last = (last >= 0) & (self.rows[np.maximum(last, 0)] == self.rows)
        ahead = np.minimum(following, len(places) - 1)
        has_following = (following < len(places)) & (self.rows[ahead] == self.rows)
        return np.where(has_last, places - last, _FAR), np.where(has_following, following - places, _FAR)

    def grams(self) -> Iterator[Grams]:
        """All features of words. Near the subject they count more, and apart on each side of it."""
        back, ahead = self.distances
        distance = np.minimum(back, ahead)
        weight = (1 / (1 + distance / _HALF)).astype(np.float32)
        others, is_near = ~self.names, distance < _FAR
        one = np.ones(len(self.rows), np.float32)
        yield self._some(self.hashes, 101, others, one)
        yield self._some(self.hashes, 102, others & self.negated, one)
        yield self._some(self.hashes, 103, others & self.inside, one)
        yield self._some(self.hashes, 104, others & self.inside & self.negated, one)
        yield self._some(self.hashes, 105, others & is_near, weight)
        for side, stands in enumerate((back < ahead, back >= ahead)):
            yield self._some(self.hashes, 110 + side, others & stands & self.inside & (distance <= _NEAR), one)
            yield self._some(self.hashes, 112 + side, others & stands & is_near, np.float32(0.7) * weight)
        yield from self._sequences(weight)

    def _sequences(self, weight: Floats) -> Iterator[Grams]:
        """Each two and three tokens of a text that follow one another; with the subject among them they count more."""
        with np.errstate(over="ignore"):
            two = self.hashes[:-1] * _PAIR ^ self.hashes[1:] * _SPREAD
            three = two[:-1] * _PAIR ^ self.hashes[2:] * _THIRD
        pairs = self.rows[1:] == self.rows[:-1]
        named = self.names[:-1] | self.names[1:]
        yield self._some(two, 120, pairs, np.where(named, 1, 0.7).astype(np.float32))
        inside = pairs & self.inside[:-1] & self.inside[1:]
        yield self._some(two, 121, inside, np.full(len(two), 0.7, np.float32))
        yield self._some(two, 122, pairs, np.float32(0.7) * np.minimum(weight[:-1], weight[1:]))
        named = named[:-1] | self.names[2:]
        triples = self.rows[2:] == self.rows[:-2]
        yield self._some(three, 123, triples, np.where(named, 1, 0.4).astype(np.float32))

    def _some(self, hashes: Hashes, salt: int, chosen: npt.NDArray[np.bool_], values: Floats) -> Grams:
        places = np.flatnonzero(chosen)
        with np.errstate(over="ignore"):
            found = buckets(hashes[places], salt) >> np.uint32(DOCUMENT_BITS - BITS)
        return Grams(self.rows[places].astype(np.int64), found.astype(np.int64), values[places])


def _turns() -> Hashes:
    return word_hashes(config("target")["contrast"]["en"])


def grams(marked: Sequence[str]) -> Grams:
    """The features of words of all texts; each text's values have the length 1 (Euclid)."""
    lines = Lines(marked)
    found = [np.concatenate(columns) for columns in zip(*Tokens(lines).grams(), strict=True)]
    keys, places = np.unique(found[0] << BITS | found[1], return_inverse=True)
    values = np.bincount(places.ravel(), found[2], minlength=len(keys))
    rows = keys >> BITS
    lengths = np.sqrt(np.bincount(rows, values**2, minlength=lines.count))
    return Grams(rows, keys & ((1 << BITS) - 1), (values / lengths[rows]).astype(np.float32))


def numbers(marked: Sequence[str], logits: npt.NDArray[np.float64]) -> Floats:
    """The columns `NUMBERS` of each text; `logits` are the document model's, a row for each of its parts."""
    poles = logits.reshape(len(marked), 2 * len(Parts._fields)) * _LOGIT_SCALE
    return np.column_stack([poles, [asks(text) for text in marked], np.ones(len(marked))]).astype(np.float32)
