"""Where a query's terms stand in a raw text, to mark them on a page."""

from tingfeng.mentions.alignment import align
from tingfeng.queries.places import occurrences
from tingfeng.queries.tree import Query, positive_terms


def term_spans(query: Query, text: str) -> list[tuple[int, int]]:
    """The characters `[start, end)` of `text` where the query's terms stand, leftmost first.

    Where several overlap, the leftmost and longest stays. Terms under a NOT are left out.
    """
    aligned = align(text)
    found = set()
    for term in positive_terms(query.root):
        if term.raw:
            found |= {(span.start, span.end) for span in occurrences(term, text)}
        else:
            found |= {aligned.to_raw(*span) for span in occurrences(term, aligned.folded)}
    return _leftmost_longest(found)


def _leftmost_longest(spans: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those of `spans` that do not overlap, reading from the left and preferring the longest."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept
