"""Which raw characters became which folded ones, so that what was found folded can be shown raw."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from tingfeng.mentions.text import fold

#: A character with the marks, voicing signs and Hangul letters that may melt into it.
_CLUSTER: Final = re.compile(
    r"[\s\S][\u0300-\u036f\u0591-\u07ff\u0900-\u0dff\u1000-\u109f\u1160-\u11ff\u1ab0-\u1aff\u1dc0-\u1dff"
    r"\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f\uff9e-\uffdc]*"
)
_CHUNK: Final = re.compile(r"\s+|\S+")
#: Kept by folding and joined by nothing, so that it shields the spaces at the ends of a piece.
_SHIELD: Final = "|"


@dataclass(frozen=True, slots=True)
class Aligned:
    """`folded` text; character i of it comes from the raw characters `[starts[i], ends[i])`."""

    folded: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """The raw characters behind the folded ones `[start, end)`."""
        return self.starts[start], self.ends[end - 1]

    def to_folded(self, start: int, end: int) -> tuple[int, int]:
        """The folded characters that the raw ones `[start, end)` became; where none is left, the one before."""
        first, last = bisect_right(self.ends, start), bisect_left(self.starts, end)
        return (first, last) if first < last else (max(first - 1, 0), max(first, 1))


def align(text: str) -> Aligned:
    """`fold(text)` beside the raw characters that it comes from, cluster by cluster, in rare scripts word by word."""
    folded = fold(text)
    for pieces in (_CLUSTER, _CHUNK):
        aligned = _align(text, pieces)
        if aligned.folded == folded:
            return aligned
    return Aligned(folded, (0,) * len(folded), (len(text),) * len(folded))


def _align(text: str, pieces: re.Pattern[str]) -> Aligned:
    """The folded `pieces` of `text`, joined as `fold` joins them: one space for a run, none at the ends."""
    characters: list[tuple[str, int, int]] = []
    for piece in pieces.finditer(text):
        for character in _folded_piece(piece[0]):
            if character != " " or (characters and characters[-1][0] != " "):
                characters.append((character, *piece.span()))
    if characters and characters[-1][0] == " ":
        characters.pop()
    folded, starts, ends = zip(*characters, strict=True) if characters else ((), (), ())
    return Aligned("".join(folded), starts, ends)


@lru_cache(maxsize=16384)
def _folded_piece(piece: str) -> str:
    """`piece` folded, with the spaces at its ends kept."""
    return fold(f"{_SHIELD}{piece}{_SHIELD}")[1:-1]
