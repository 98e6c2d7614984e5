"""Many queries against a frame of mentions at once: one pass over the folded texts finds the terms of all of them."""

from collections.abc import Sequence

import polars as pl
from ahocorasick_rs import AhoCorasick

from tingfeng.queries.evaluation import Batch, Key, Mask
from tingfeng.queries.places import WORD, bounds
from tingfeng.queries.tree import Query, terms


class Matcher:
    """Which mentions each of `queries` selects."""

    def __init__(self, queries: Sequence[Query]) -> None:
        self.queries = tuple(queries)
        found = (term for query in queries for term in terms(query.root) if not term.raw)
        self._texts = list(dict.fromkeys(term.text for term in found))
        self._automaton = AhoCorasick(self._texts)

    def match(self, frame: pl.DataFrame) -> list[dict[int, tuple[str, ...]]]:
        """For each query, the rows of `frame` that it selects, each with the terms, as written, that speak for it."""
        if not self.queries:
            return []
        batch = Batch(frame, self._found(frame["folded"].fill_null("").to_list()))
        return [_rows(query, batch) for query in self.queries]

    def _found(self, texts: list[str]) -> dict[Key, list[int]]:
        """For each term, the rows of the texts in which it occurs."""
        bounded = [bounds(text) for text in self._texts]
        prefixes: list[list[int]] = [[] for _ in bounded]
        words: list[list[int]] = [[] for _ in bounded]
        for row, text in enumerate(texts):
            for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
                before, after = bounded[index]
                if before and start and text[start - 1] in WORD:
                    continue
                prefixes[index].append(row)
                if not (after and text[end : end + 1] in WORD):
                    words[index].append(row)
        found = {(text, True): rows for text, rows in zip(self._texts, prefixes, strict=True)}
        return found | {(text, False): rows for text, rows in zip(self._texts, words, strict=True)}


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
