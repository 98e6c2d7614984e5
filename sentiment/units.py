"""What texts are written in: units of each script, counted over the code points of all texts at once.

A unit is one character where words are not parted by spaces (Han, kana, Hangul), else one word.
"""

from collections.abc import Collection, Sequence
from itertools import compress
from typing import Final

import numpy as np
import numpy.typing as npt

#: The first and last code points of each script; of Latin, those that a word may begin with.
_RANGES: Final[dict[str, tuple[tuple[int, int], ...]]] = {
    "latin": (
        *((0x41, 0x5A), (0x61, 0x7A), (0xC0, 0x24F), (0x1E00, 0x1EFF)),
        *((0xFF21, 0xFF3A), (0xFF41, 0xFF5A)),  # full width
    ),
    "han": ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF)),
    "ja": ((0x3041, 0x3096), (0x30A1, 0x30FA)),
    "ko": ((0xAC00, 0xD7A3),),
    "cyrillic": ((0x400, 0x52F),),
    "arabic": ((0x620, 0x6FF), (0x750, 0x77F), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC)),
    "el": ((0x370, 0x3FF), (0x1F00, 0x1FFF)),
    "he": ((0x5D0, 0x5EA),),
    "hi": ((0x900, 0x97F),),
    "bn": ((0x980, 0x9FF),),
    "ta": ((0xB80, 0xBFF),),
    "te": ((0xC00, 0xC7F),),
    "th": ((0xE01, 0xE4E),),
    "lo": ((0xE81, 0xECD),),
    "bo": ((0xF40, 0xFBC),),
    "my": ((0x1000, 0x109F),),
    "ka": ((0x10A0, 0x10FF),),
    "am": ((0x1200, 0x137F),),
    "km": ((0x1780, 0x17D3),),
    "hy": ((0x531, 0x587),),
    "jamo": ((0x1100, 0x11FF), (0x3131, 0x318E)),
}
#: What a word in Latin letters may go on with besides: digits, apostrophes, combining accents.
_JOINERS: Final = ((0x30, 0x39), (0x27, 0x27), (0x2019, 0x2019), (0x300, 0x36F))

SCRIPTS: Final = tuple(_RANGES)
LATIN, HAN, KANA, HANGUL = (SCRIPTS.index(name) for name in ("latin", "han", "ja", "ko"))
_JOINER: Final = len(SCRIPTS)
_OTHER: Final = _JOINER + 1

Kinds = npt.NDArray[np.uint8]
Places = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]


def _kinds() -> Kinds:
    """The script of every code point, as a place in `SCRIPTS`, or one of the two other kinds."""
    kinds = np.full(0x110000, _OTHER, np.uint8)
    for kind, ranges in enumerate((*_RANGES.values(), _JOINERS)):
        for first, last in ranges:
            kinds[first : last + 1] = kind
    return kinds


_KINDS: Final = _kinds()


class Units:
    """The units of texts. Chinese abbreviations `spelled` in Latin letters (yyds) count as Han characters.

    A single Latin letter other than I is no word, unless the text has nothing else.
    """

    def __init__(self, texts: Sequence[str], spelled: Collection[str]) -> None:
        self._texts = texts
        lines = "".join([text + "\n" for text in texts])
        self._codes = np.frombuffer(lines.encode("utf-32-le", "surrogatepass"), np.uint32)
        self._kinds = _KINDS[self._codes]
        self._rows = np.repeat(np.arange(len(texts)), [len(text) + 1 for text in texts])
        starts, ends = self._latin()
        words, rows = self._cut(starts, ends), self._rows[starts]
        kinds = _word_kinds(words, ends - starts, spelled)
        self.counts = self._counts(rows, kinds)
        alone = (kinds == _OTHER) & ~self.counts[rows].any(axis=1)
        self.counts += self._counted(rows[alone], np.full(len(rows[alone]), LATIN))
        latin = (kinds == LATIN) | alone
        self._latin_words = list(compress(words, latin.tolist()))
        self._borders = np.searchsorted(rows[latin], np.arange(len(texts) + 1)).tolist()

    def latin_words(self, row: int) -> list[str]:
        """The words in Latin letters of text `row`, casefolded."""
        return self._latin_words[self._borders[row] : self._borders[row + 1]]

    def words(self, row: int, script: str) -> list[str]:
        """The words of text `row` in another alphabet, casefolded."""
        kind = SCRIPTS.index(script)
        chars = [char if _KINDS[ord(char)] == kind else " " for char in self._texts[row]]
        return "".join(chars).casefold().split()

    def _counts(self, word_rows: Places, word_kinds: Kinds) -> Places:
        """Units by text and script, shape (texts, scripts)."""
        begins = np.diff(self._kinds, prepend=np.uint8(_OTHER)) != 0
        run = begins & (self._kinds > HANGUL) & (self._kinds < _JOINER)
        places = np.flatnonzero((self._kinds == HAN) | (self._kinds == HANGUL) | run)
        kana = self._kana()
        return self._counted(
            np.concatenate([self._rows[places], self._rows[kana], word_rows]),
            np.concatenate([self._kinds[places], self._kinds[kana], word_kinds]),
        )

    def _counted(self, rows: Places, kinds: Kinds) -> Places:
        size = _OTHER + 1
        counts = np.bincount(rows * size + kinds, minlength=len(self._texts) * size)
        return counts.reshape(-1, size)[:, : len(SCRIPTS)]

    def _latin(self) -> tuple[Places, Places]:
        """Where the words in Latin letters start and end. None starts behind a digit: ml in 100ml is no word."""
        letter = self._kinds == LATIN
        inside = letter | (self._kinds == _JOINER)
        edges = np.diff(np.concatenate([[False], inside, [False]]).astype(np.int8))
        run_starts, run_ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
        alnum = inside & (self._codes < 0x80) & (self._codes != ord("'"))
        may_start = letter
        may_start[1:] &= ~alnum[:-1]
        starts = np.flatnonzero(may_start)
        runs = np.searchsorted(run_starts, starts, "right") - 1
        first = np.diff(runs, prepend=-1) != 0
        return starts[first], run_ends[runs[first]]

    def _cut(self, starts: Places, ends: Places) -> list[str]:
        """The words between `starts` and `ends`, casefolded."""
        inside = np.zeros(len(self._codes), np.int8)
        inside[starts] = 1
        inside[ends] -= 1
        codes = np.where(np.cumsum(inside, dtype=np.int8), self._codes, np.uint32(ord(" ")))
        return codes.tobytes().decode("utf-32-le", "surrogatepass").casefold().replace("’", "'").split()

    def _kana(self) -> Places:
        """Kana that stand beside kana or Han: one alone is a face, as in (ノ*)."""
        places = np.flatnonzero(self._kinds == KANA)
        before, after = self._codes[places - 1], self._codes[places + 1]
        follows = (before >= 0x3041) & (before <= 0x30FC) | _common_han(before)
        goes_on = (_KINDS[after] == KANA) | (after == ord("ー")) | _common_han(after)
        beside: Truths = follows | goes_on
        return places[beside]


def _common_han(codes: npt.NDArray[np.uint32]) -> Truths:
    common: Truths = (codes >= 0x4E00) & (codes <= 0x9FFF)
    return common


def _word_kinds(words: Sequence[str], lengths: Places, spelled: Collection[str]) -> Kinds:
    """What each word in Latin letters counts as."""
    kinds = np.full(len(words), LATIN, np.uint8)
    for place in np.flatnonzero(lengths == 1).tolist():
        if len(words[place]) == 1 and words[place] != "i":
            kinds[place] = _OTHER
    kinds[np.fromiter(map(spelled.__contains__, words), bool, len(words))] = HAN
    return kinds
