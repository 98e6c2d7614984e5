"""Where terms occur in texts: folded, with ASCII word borders, as queries find them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sentiment.clean import blank_span
from tingfeng.mentions.alignment import align
from tingfeng.mentions.text import fold, folded
from tingfeng.queries.places import WORD, bounds


class Found(NamedTuple):
    """Term number `term` at the characters `start` to `end`."""

    term: int
    start: int
    end: int


class Terms:
    """Finds some terms in texts."""

    def __init__(self, terms: Sequence[str]) -> None:
        from ahocorasick_rs import AhoCorasick

        self._terms = [fold(term) for term in terms]
        self._bounds = [bounds(term) for term in self._terms]
        self._automaton = AhoCorasick(self._terms)

    def in_texts(self, texts: Sequence[str]) -> Iterator[tuple[int, list[Found]]]:
        """For each text with a term in it its number and all occurrences, in folded characters, from left to right."""
        if not self._terms:
            return
        for number, text in enumerate(folded(texts)):
            if found := self._in(text):
                yield number, found

    def in_text(self, text: str) -> list[Found]:
        """All occurrences in the characters of `text` as written."""
        aligned = align(text)
        return [Found(term, *aligned.to_raw(start, end)) for term, start, end in self._in(aligned.folded)]

    def _in(self, text: str) -> list[Found]:
        found = (Found(*each) for each in self._automaton.find_matches_as_indexes(text, overlapping=True))
        return sorted((each for each in found if self._stands_free(text, each)), key=lambda each: each.start)

    def _stands_free(self, text: str, found: Found) -> bool:
        """Whether no ASCII letter or digit continues the term."""
        before, after = self._bounds[found.term]
        touched = (before and text[found.start - 1 : found.start] in WORD) or (
            after and text[found.end : found.end + 1] in WORD
        )
        return not touched


def longest(found: Sequence[Found]) -> list[Found]:
    """Those that no longer one overlaps, from left to right."""
    kept: list[Found] = []
    for each in sorted(found, key=lambda each: (each.start - each.end, each.start)):
        if all(each.end <= other.start or other.end <= each.start for other in kept):
            kept.append(each)
    return sorted(kept, key=lambda each: each.start)


def blanked(text: str, found: Sequence[Found]) -> str:
    """`text` with these parts replaced by spaces, so that every other character keeps its place."""
    for _, start, end in found:
        text = blank_span(text, start, end)
    return text
