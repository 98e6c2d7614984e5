"""Where the characters of a normal text come from, so that what drove a label can be shown in the text as written."""

import re
from collections.abc import Callable

from sentiment.model import normal as form
from tingfeng.mentions.alignment import align

Place = tuple[int, int]


class Traced:
    """A text in the model's form; character i comes from the raw characters `places[i]` (start, end)."""

    def __init__(self, raw: str) -> None:
        aligned = align(raw)
        self.text = aligned.folded
        self.places: list[Place] = list(zip(aligned.starts, aligned.ends, strict=True))
        for pattern, written in form.STEPS:
            self._substitute(pattern, written)

    def raw(self, start: int, end: int) -> Place:
        """The raw characters behind the normal ones `[start, end)`."""
        return self.places[start][0], self.places[end - 1][1]

    def _substitute(self, pattern: re.Pattern[str], written: Callable[[re.Match[str]], str]) -> None:
        """`pattern.sub(written, text)`; the characters put in come from all that they replace."""
        pieces: list[str] = []
        places: list[Place] = []
        at = 0
        for found in pattern.finditer(self.text):
            new = written(found)
            source = self.raw(*found.span())
            pieces += [self.text[at : found.start()], new]
            places += [*self.places[at : found.start()], *([source] * len(new))]
            at = found.end()
        self.text = "".join([*pieces, self.text[at:]])
        self.places = [*places, *self.places[at:]]
