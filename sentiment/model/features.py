"""What the model sees of a text: hashed n-grams of characters and words, each at most once.

For a batch all at once, over the code points of its lines. The hashes, and with them the meaning of a model's weights,
depend on this file and on `normal`: change either, and the model must be trained again (`VERSION`).
"""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from sentiment.model.cues import SORTS, cues, quotations
from sentiment.model.normal import normal
from tingfeng.home import config

VERSION: Final = 3
#: Buckets that features are hashed to, as a power of two.
BITS: Final = 22

Hashes = npt.NDArray[np.uint32]
Places = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]

LINE_END, HAN, LETTER, SPACE, MARK = range(5)

_STEP: Final = np.uint32(0x01000193)
_SPREAD: Final = np.uint32(0x27D4EB2F)
_THIRD: Final = np.uint32(0x165667B1)
_LONGEST_WORD: Final = 24
_CLAUSE_MARKS: Final = ",.!?;~，。！？；、…"
#: Words behind a negation that it reaches.
_REACH: Final = 4
#: Letters and Han characters outside of quotation marks from which on what stands inside is somebody else's.
_OUTSIDE: Final = 4
#: What turns the bucket of a feature into that of the same feature within quotation marks.
_QUOTED: Final = np.uint32(0x2A9D35)


def _kinds() -> npt.NDArray[np.uint8]:
    """The kind of every code point."""
    kinds = np.full(0x110000, MARK, np.uint8)
    for start, end in ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0x20000, 0x32000)):
        kinds[start:end] = HAN
    letters = [code for code in range(0x3000) if unicodedata.category(chr(code))[0] in "LN" or chr(code) in "'’"]
    kinds[letters] = LETTER
    kinds[ord(" ")] = SPACE
    kinds[ord("\n")] = LINE_END
    return kinds


def _borders() -> npt.NDArray[np.bool_]:
    """Which code points part clauses."""
    borders = np.zeros(0x110000, bool)
    borders[[ord(mark) for mark in f"{_CLAUSE_MARKS}\n"]] = True
    return borders


KINDS: Final = _kinds()
_BORDERS: Final = _borders()


class Grams(NamedTuple):
    """Features of one sort: the bucket of each, and the characters from `starts` to `ends` that it was made of."""

    buckets: Hashes
    starts: Places
    ends: Places


class Cues(NamedTuple):
    """Words that say how the rest is meant: the number of each one's sort in `SORTS`, its start and end, in order."""

    sorts: Places
    starts: Places
    ends: Places

    def of(self, sort: str) -> tuple[Places, Places]:
        """Starts and ends of those of one sort."""
        chosen = self.sorts == SORTS.index(sort)
        return self.starts[chosen], self.ends[chosen]


class Lines:
    """Normal texts, a line each, as code points."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.text = normal(texts)
        self.count = len(texts)
        self.codes = np.frombuffer(self.text.encode("utf-32-le", "surrogatepass"), np.uint32)
        self.kinds = KINDS[self.codes]
        self.quotations = quotations(self.text)
        self.kinds[self.quotations] = MARK  # a quotation mark may look like an apostrophe

    @cached_property
    def rows(self) -> npt.NDArray[np.int32]:
        """The number of the text that each character belongs to."""
        return np.cumsum(self.kinds == LINE_END, dtype=np.int32)

    @cached_property
    def ends(self) -> Places:
        """The place behind the last character of each line."""
        return np.append(np.flatnonzero(self.kinds == LINE_END), len(self.codes))

    @cached_property
    def begins(self) -> Places:
        """The place of the first character of each line."""
        return np.append(0, self.ends[:-1] + 1)

    @cached_property
    def room(self) -> Places:
        """How many characters of its line begin with each character."""
        lengths = np.diff(self.ends, prepend=-1)
        return np.repeat(self.ends, lengths)[: len(self.codes)] - np.arange(len(self.codes))

    @cached_property
    def words(self) -> "Words":
        """The runs of letters and digits."""
        return Words(self)

    @cached_property
    def borders(self) -> Places:
        """The places of marks that part clauses, and of the ends of lines, in order."""
        return np.flatnonzero(_BORDERS[self.codes])

    @cached_property
    def cues(self) -> "Cues":
        """The words that say how the rest is meant. In Latin letters they are whole words."""
        sorts, starts, ends = cues(self.text)
        letter = np.concatenate([[False], self.kinds == LETTER, [False]])
        glued = (letter[starts] & letter[starts + 1]) | (letter[ends] & letter[ends + 1])
        return Cues(sorts[~glued], starts[~glued], ends[~glued])

    @cached_property
    def quoted(self) -> Truths:
        """Which characters stand between quotation marks; none where next to nothing stands outside of them."""
        between = self._spans(self.quotations[:, 0], self.quotations[:, 1] + 1)
        worded = (self.kinds == HAN) | (self.kinds == LETTER)
        outside = np.bincount(self.rows[worded & ~between], minlength=self.count)
        quoted: Truths = between & (outside >= _OUTSIDE)[self.rows]
        return quoted

    @cached_property
    def lesser(self) -> Truths:
        """Which characters say what others think or what is granted: quoted, or behind "he says" or "although"."""
        ends = np.concatenate([self.cues.of("report")[1], self.cues.of("concede")[1]])
        borders = np.sort(np.concatenate([self.borders, self.cues.of("turn")[0], [len(self.codes)]]))
        return self.quoted | self._spans(ends, borders[np.searchsorted(borders, ends)])

    @cached_property
    def turned(self) -> Truths:
        """Which characters stand behind the last word of contrast of their line, such as "but"."""
        starts, ends = self.cues.of("turn")
        last = np.full(self.count, len(self.codes))
        last[self.rows[starts]] = ends
        turned: Truths = np.arange(len(self.codes)) >= last[self.rows]
        return turned

    def _spans(self, starts: Places, ends: Places) -> Truths:
        """Which characters stand between `starts` and `ends`."""
        edges = np.zeros(len(self.codes) + 1, np.int32)
        np.add.at(edges, starts, 1)
        np.add.at(edges, ends, -1)
        inside: Truths = np.cumsum(edges[:-1]) > 0
        return inside

    @cached_property
    def last_clause(self) -> Truths:
        """Which characters stand behind the last mark of their line that has words behind it."""
        worded = np.flatnonzero((self.kinds == HAN) | (self.kinds == LETTER))
        last_word = np.full(self.count, -1)
        last_word[self.rows[worded]] = worded  # of equal places the last one stays
        marks = self.borders[self.borders < last_word[self.rows[self.borders]]]
        border = self.begins - 1
        border[self.rows[marks]] = marks
        found: Truths = np.arange(len(self.codes)) > border[self.rows]
        return found

    def grams(self) -> Iterator[Grams]:
        """All features; within quotation marks they are features of their own."""
        for found in self._plain_grams():
            yield found._replace(buckets=found.buckets ^ self.quoted[found.starts] * _QUOTED)

    def _plain_grams(self) -> Iterator[Grams]:
        """N-grams that begin with a Han character or a mark, parts of words, words, and once more what stands at both
        ends of a text and in its last clause, where people say what it all comes to."""
        with np.errstate(over="ignore"):
            yield from self._characters(np.flatnonzero(self.kinds == HAN), 4, 10)
            yield from self._characters(np.flatnonzero(self.kinds == MARK), 3, 20)
            yield from self.words.parts()
            yield from self.words.sequences()
            yield self.words.negated()
            yield from self._edges()
            yield from self._characters(np.flatnonzero((self.kinds == HAN) & self.last_clause), 3, 100)
            yield self.words.among(self.last_clause)

    @cached_property
    def _spread(self) -> Hashes:
        return self.codes * _SPREAD

    def _characters(self, starts: Places, longest: int, salt: int) -> Iterator[Grams]:
        """The n-grams of up to `longest` characters that begin at `starts`."""
        hashes = self._spread[starts]
        yield Grams(buckets(hashes, salt + 1), starts, starts + 1)
        for length in range(2, longest + 1):
            fits = self.room[starts] >= length
            starts = starts[fits]
            hashes = hashes[fits] * _STEP ^ self._spread[starts + length - 1]
            yield Grams(buckets(hashes, salt + length), starts, starts + length)

    def _edges(self) -> Iterator[Grams]:
        """The first and the last one, two and three characters of each line."""
        begins = self.begins[self.begins < self.ends]
        yield from self._characters(begins, 3, 60)
        for length in (1, 2, 3):
            starts = (self.ends - length)[self.ends - self.begins >= length]
            hashes = self._spread[starts]
            for place in range(1, length):
                hashes = hashes * _STEP ^ self._spread[starts + place]
            yield Grams(buckets(hashes, 70 + length), starts, starts + length)


class Words:
    """The words of `Lines` in alphabets: where each starts and ends, its hash and its row."""

    def __init__(self, lines: Lines) -> None:
        letters = np.concatenate([[False], lines.kinds == LETTER, [False]])
        edges = np.diff(letters.astype(np.int8))
        self.starts, self.ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
        self.rows = lines.rows[self.starts]
        self._codes = lines.codes
        self.hashes = self._hashes()

    def _hashes(self) -> Hashes:
        hashes = np.zeros(len(self.starts), np.uint32)
        lengths = np.minimum(self.ends - self.starts, _LONGEST_WORD)
        with np.errstate(over="ignore"):
            for place in range(int(lengths.max(initial=0))):
                longer = np.flatnonzero(lengths > place)
                hashes[longer] = hashes[longer] * np.uint32(16777619) ^ self._codes[self.starts[longer] + place]
        return hashes

    @cached_property
    def is_negation(self) -> Truths:
        """Which words negate."""
        return np.isin(self.hashes, _NEGATION_HASHES)

    def near_negation(self, reach: int = _REACH) -> Truths:
        """Which words stand at most `reach` words behind a negation of their line."""
        near = np.zeros(len(self.rows), bool)
        for distance in range(1, min(reach, len(near) - 1) + 1):
            near[distance:] |= self.is_negation[:-distance] & (self.rows[distance:] == self.rows[:-distance])
        return near

    def parts(self) -> Iterator[Grams]:
        """The n-grams of 3 to 5 characters of each word between two spaces."""
        lengths = self.ends - self.starts + 2
        offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        word = np.repeat(np.arange(len(lengths)), lengths)
        place = np.arange(offsets[-1]) - offsets[word]
        source = self.starts[word] + place - 1
        at_border = (place == 0) | (place == lengths[word] - 1)
        codes = np.where(at_border, np.uint32(ord(" ")), self._codes[np.clip(source, 0, len(self._codes) - 1)])
        spread, left = codes * _SPREAD, lengths[word] - place
        at = np.arange(len(codes))
        hashes = spread
        for length in (2, 3, 4, 5):
            fits = left[at] >= length
            at = at[fits]
            hashes = hashes[fits] * _STEP ^ spread[at + length - 1]
            if length > 2:
                whole = word[at]
                starts = np.maximum(source[at], self.starts[whole])
                yield Grams(buckets(hashes, 30 + length), starts, np.minimum(source[at] + length, self.ends[whole]))

    def sequences(self) -> Iterator[Grams]:
        """Each word, and each two and three words of a line that follow one another."""
        hashes = self.hashes
        yield Grams(buckets(hashes, 41), self.starts, self.ends)
        two = np.flatnonzero(self.rows[1:] == self.rows[:-1])
        pairs = hashes[:-1] * _STEP ^ hashes[1:] * _SPREAD
        yield Grams(buckets(pairs[two], 42), self.starts[two], self.ends[two + 1])
        three = np.flatnonzero(self.rows[2:] == self.rows[:-2])
        triples = pairs[three] * _STEP ^ hashes[three + 2] * _THIRD
        yield Grams(buckets(triples, 43), self.starts[three], self.ends[three + 2])

    def negated(self) -> Grams:
        """The words that a negation reaches."""
        reached = np.flatnonzero(self.near_negation() & ~self.is_negation)
        return Grams(buckets(self.hashes[reached], 51), self.starts[reached], self.ends[reached])

    def among(self, chosen: Truths) -> Grams:
        """The words that begin with one of the `chosen` characters."""
        inside = np.flatnonzero(chosen[self.starts])
        return Grams(buckets(self.hashes[inside], 104), self.starts[inside], self.ends[inside])


def buckets(hashes: Hashes, salt: int) -> Hashes:
    """Bucket numbers of hashes, another sort of feature having another `salt` (the finalizer of MurmurHash3)."""
    mixed = hashes ^ np.uint32(salt)
    mixed = mixed * np.uint32(0x85EBCA6B)
    mixed ^= mixed >> np.uint32(13)
    mixed *= np.uint32(0xC2B2AE35)
    mixed ^= mixed >> np.uint32(16)
    return mixed >> np.uint32(32 - BITS)


def word_hashes(words: Sequence[str]) -> Hashes:
    """The hashes that `words`, each of letters and digits alone, have in `Words`."""
    found = Words(Lines(words)) if words else None
    if found is None or len(found.hashes) != len(words):
        raise ValueError("every word must be one word")
    return found.hashes


_NEGATION_HASHES: Final = word_hashes(config("model")["negations"])
