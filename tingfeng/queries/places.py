"""Where terms stand in a text: word boundaries, positions, distances.

A term that begins or ends with an ASCII letter, digit or `_` needs an ASCII word boundary there; a prefix needs none
at its end. Every occurrence counts, overlapping ones too.

Positions: each Han, kana or Hangul character is one, each other run of letters and digits is one (an apostrophe does
not end a word), and nothing else counts. The distance of two occurrences is the number of positions from the end of
the earlier to the start of the later, 0 where they overlap.
"""

import re
import string
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import islice
from typing import Final, NamedTuple

from tingfeng.mentions.alignment import Aligned, align
from tingfeng.mentions.text import BORDER
from tingfeng.queries.tree import Near, Node, Term, children

WORD: Final = frozenset(string.ascii_letters + string.digits + "_")
_CJK: Final = (
    r"\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
_POSITION: Final = re.compile(rf"[{_CJK}]|[^\W_{_CJK}](?:[^\W{_CJK}]|['’](?=[^\W_{_CJK}]))*")


#: A text that repeats a NEAR's terms endlessly is looked at for this many pairs, then left.
MAX_SPANS: Final = 20_000


class Span(NamedTuple):
    """Characters `[start, end)` of a folded segment."""

    start: int
    end: int


def bounds(text: str) -> tuple[bool, bool]:
    """Whether a term of this text needs a word boundary before it, and after it (a prefix does not)."""
    return text[0] in WORD, text[-1] in WORD


@lru_cache(maxsize=4096)
def pattern(term: Term) -> re.Pattern[str]:
    """What finds the occurrences of `term`."""
    before, after = bounds(term.text)
    ends = (r"\b" if before else "", r"\b" if after and not term.prefix else "")
    return re.compile(re.escape(term.text).join(ends), re.ASCII)


def occurrences(term: Term, text: str) -> Iterator[Span]:
    """Every occurrence of `term` in `text` (raw text for a raw term), overlapping ones too."""
    found = pattern(term).search(text)
    while found:
        yield Span(*found.span())
        found = pattern(term).search(text, found.start() + 1)


class Segment:
    """A title, a text or a hashtag: folded, with the position of each character; raw where raw terms are looked for."""

    def __init__(self, folded: str, raw: str) -> None:
        self.folded = folded
        self.raw = raw

    def spans(self, term: Term) -> Iterator[Span]:
        """Where `term` stands, in folded characters."""
        if not term.raw:
            return occurrences(term, self.folded)
        return (Span(*self.aligned.to_folded(*span)) for span in occurrences(term, self.raw))

    @cached_property
    def aligned(self) -> Aligned:
        """Which raw characters became which folded ones."""
        return align(self.raw)

    @cached_property
    def starts(self) -> list[int]:
        """Where each position begins."""
        return [found.start() for found in _POSITION.finditer(self.folded)]

    def position(self, character: int) -> int:
        """The position that `character` belongs to, or that it follows."""
        return bisect_right(self.starts, character)


def segments(folded: str, title: str, text: str, hashtags: str) -> list[Segment]:
    """The segments of a mention, with their raw forms."""
    raw = (title, text, *hashtags.split("|"))
    return [Segment(part, source) for part, source in zip(folded.split(BORDER), raw, strict=False)]


def is_near(node: Near, parts: list[Segment]) -> bool:
    """Whether one of `parts` holds both sides of `node` close enough to each other."""
    return any(next(_pairs(node, part), None) for part in parts)


def _spans(node: Node, segment: Segment) -> set[Span]:
    """Where `node` stands; a NEAR, from the start of its earlier side to the end of its later one."""
    match node:
        case Term():
            return set(segment.spans(node))
        case Near():
            return set(islice(_pairs(node, segment), MAX_SPANS))
        case _:
            return {span for child in children(node) for span in _spans(child, segment)}


def _pairs(node: Near, segment: Segment) -> Iterator[Span]:
    """What the two sides of `node` span wherever they stand close enough."""
    lefts, rights = sorted(_spans(node.left, segment)), sorted(_spans(node.right, segment))
    if not lefts or not rights:
        return
    firsts = [segment.position(right.start) for right in rights]
    widest = max(segment.position(right.end - 1) - first for right, first in zip(rights, firsts, strict=True))
    for left in lefts:
        lowest = segment.position(left.start) - node.distance - widest
        highest = segment.position(left.end - 1) + node.distance
        for right in rights[bisect_left(firsts, lowest) : bisect_right(firsts, highest)]:
            if _close(left, right, node, segment):
                yield Span(min(left.start, right.start), max(left.end, right.end))


def _close(left: Span, right: Span, node: Near, segment: Segment) -> bool:
    """Whether two occurrences stand as `node` asks."""
    if left.end <= right.start:
        return segment.position(right.start) - segment.position(left.end - 1) <= node.distance
    if node.ordered:
        return False
    return segment.position(left.start) - segment.position(right.end - 1) <= node.distance
