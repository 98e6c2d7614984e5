"""Many queries against a frame of mentions at once: one pass over the folded texts finds the terms of all of them."""

from collections import defaultdict
from collections.abc import Sequence

import polars as pl
from ahocorasick_rs import AhoCorasick

from tingfeng.queries.evaluation import Batch, Key, Mask, key
from tingfeng.queries.places import stands_alone
from tingfeng.queries.tree import Query, Term, terms


class Matcher:
    """Which mentions each of `queries` selects."""

    def __init__(self, queries: Sequence[Query]) -> None:
        self.queries = tuple(queries)
        wanted = {key(term): term for query in queries for term in terms(query.root) if not term.raw}
        by_text: dict[str, list[Term]] = defaultdict(list)
        for term in wanted.values():
            by_text[term.text].append(term)
        self._terms = list(by_text.values())
        self._automaton = AhoCorasick(list(by_text))

    def match(self, frame: pl.DataFrame) -> list[dict[int, tuple[str, ...]]]:
        """For each query, the rows of `frame` that it selects, each with the terms, as written, that speak for it."""
        batch = Batch(frame, self._found(frame["folded"].fill_null("").to_list()))
        return [_rows(query, batch) for query in self.queries]

    def _found(self, texts: list[str]) -> dict[Key, list[int]]:
        """For each term, the rows of the texts in which it occurs."""
        rows: dict[Key, list[int]] = defaultdict(list)
        for row, text in enumerate(texts):
            for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
                for term in self._terms[index]:
                    if stands_alone(term, text, start, end):
                        rows[key(term)].append(row)
        return rows


def _rows(query: Query, batch: Batch) -> dict[int, tuple[str, ...]]:
    """The rows that `query` selects, with their terms."""
    selected = batch.selects(query.root)
    speaking: dict[str, Mask] = {}
    batch.collect(query.root, selected, speaking)
    found: dict[int, tuple[str, ...]] = dict.fromkeys(selected.nonzero()[0].tolist(), ())
    for written, mask in speaking.items():
        for row in mask.nonzero()[0].tolist():
            found[row] += (written,)
    return found
