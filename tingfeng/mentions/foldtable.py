"""Many lines folded at once: what becomes of a character is looked up in a table instead of being worked out again.

A character folds to the same wherever it stands, unless it joins the one before it, as an accent does. Lines with such
a one are folded for themselves.
"""

import sys
import unicodedata
from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt

_UTF_32: Final = ("utf-32-le", "surrogatepass")
_GONE: Final = sys.maxunicode + 1
_JOINS: Final = sys.maxunicode + 2
_UNKNOWN: Final = sys.maxunicode + 3
#: Marks that stay what they are behind any character; emoji have them.
_ALOOF: Final = frozenset({*map(chr, range(0xFE00, 0xFE10)), "\u20e3"})
#: Kept by folding and joined by nothing, so that it shields the spaces at the ends of a piece.
_SHIELD: Final = "|"

Codes = npt.NDArray[np.uint32]


class FoldTable:
    """Says what `fold` says of each line; it learns characters as it meets them. `border` parts the parts of a line."""

    def __init__(self, fold: Callable[[str], str], border: str) -> None:
        self._fold = fold
        self._border = border
        self._codes = np.full(_UNKNOWN, _UNKNOWN, np.uint32)
        self._codes[[ord("\n"), ord(border)]] = ord("\n"), ord(border)
        self._longer: dict[str, str] = {}

    def folded(self, lines: str) -> list[str]:
        """Each line folded, part by part."""
        written = np.frombuffer(lines.encode(*_UTF_32), np.uint32)
        codes = self._looked_up(written)
        text = codes[codes < _GONE].tobytes().decode(*_UTF_32)
        for character, longer in list(self._longer.items()):
            text = text.replace(character, longer)
        found = self._spaced(text).split("\n")
        joining = np.flatnonzero(codes == _JOINS)
        if len(joining):
            raw = lines.split("\n")
            ends = np.flatnonzero(written == ord("\n"))
            for number in np.unique(np.searchsorted(ends, joining)).tolist():
                found[number] = self._border.join(map(self._fold, raw[number].split(self._border)))
        return found

    def _looked_up(self, written: Codes) -> Codes:
        """What each character becomes, or that it goes or joins another."""
        codes: Codes = self._codes[written]
        unknown = np.unique(written[codes == _UNKNOWN])
        if len(unknown):
            self._codes[unknown] = [self._learnt(chr(code)) for code in unknown]
            codes = self._codes[written]
        return codes

    def _learnt(self, character: str) -> int:
        found = self._fold(f"{_SHIELD}{character}{_SHIELD}")[1:-1]
        if _joins(character) or _joins(found):
            return _JOINS
        if len(found) > 1:
            self._longer[character] = found
            return ord(character)
        return ord(found) if found else _GONE

    def _spaced(self, text: str) -> str:
        """`text` with one space for any run, and none at the ends of a line or part."""
        while "  " in text:
            text = text.replace("  ", " ")
        for end in ("\n", self._border):
            text = text.replace(f" {end}", end).replace(f"{end} ", end)
        return text.strip(" ")


def _joins(text: str) -> bool:
    """Whether what `text` begins with may join what stands before it: an accent, a vowel sign, a letter of Hangul."""
    first = unicodedata.normalize("NFKD", text)[:1]
    if not first or first in _ALOOF:
        return False
    return unicodedata.category(first).startswith("M") or "\u1100" <= first <= "\u11ff"
