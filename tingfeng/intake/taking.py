"""Batches on their way into the store: merged, scored, matched, and each committed at once or not at all."""

from collections.abc import Callable, Sequence
from typing import Self

import polars as pl

from listeners import Batch
from sentiment import Scorer, Sentiment
from tingfeng.intake.given import keep_labels, keep_tags
from tingfeng.intake.matching import join_replies, matches_of, rematch_reading
from tingfeng.intake.progress import Progress
from tingfeng.intake.verdicts import Verdict
from tingfeng.mentions.scored import scored_texts
from tingfeng.store import Staged, Store
from tingfeng.store.database import Cursor
from tingfeng.watchlists import Matching


class Taker:
    """Takes batches into a store, as one import, with the watchlists as they are at each batch."""

    def __init__(self, store: Store, scorer: Scorer, *, demo: bool = False) -> None:
        self.store = store
        self.scorer = scorer
        self.demo = demo
        self.number: int | None = None
        self._changed: set[str] = set()
        self._matching = (-1, Matching([]))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Whatever happened, nothing more is taken."""
        if self.number is not None:
            self.store.running.discard(self.number)

    def begin(self, paths: Sequence[str]) -> None:
        """Open the import in the history, if that has not happened."""
        if self.number is None:
            self.number = self.store.begin_import(paths, demo=self.demo)

    def take(self, batch: Batch, file: str, beside: Callable[[Cursor], None] | None = None) -> dict[str, int]:
        """Store `batch` and what `beside` writes with it; how many of its mentions were new, updated and unchanged."""
        number = self.number or 0
        while True:
            staged = self.store.stage(batch.mentions)
            matching = self.matching()
            sentiments = self.sentiments(staged)
            # An engine takes a while to load, so one that has nothing to score is not asked for its version.
            scored = staged.scored(sentiments, self.scorer.version if sentiments else "")
            matches = matches_of(matching, self.scorer, scored, staged.matches)
            if self.store.commit(staged, scored, matches, batch.rejects, number, file, beside):
                self._keep_given(batch.mentions, file)
                return staged.verdicts

    def remember(self, layout: str, mapping: str) -> None:
        """Read tables of this layout with `mapping` from now on."""
        self.store.save_mapping(layout, mapping)

    def finish(self, verdicts: Sequence[Verdict], on_progress: Progress, *, whole: bool = True) -> None:
        """Close the import, `whole` when all was read to its end.

        Then find the replies to KOLs and what corrected labels and tags select.
        """
        if self.number is None:
            return
        self.store.finish_import(self.number, verdicts, whole=whole)
        join_replies(self.store)
        rematch_reading(self.store, self.scorer, self._changed, on_progress)

    def sentiments(self, staged: Staged) -> list[Sentiment]:
        """The sentiment of the mentions whose text is new."""
        return self.scorer.score(scored_texts(staged.frame.filter(staged.to_score)))

    def matching(self) -> Matching:
        """The saved watchlists, ready to match. Taken after staging: a later change then makes the commit fail."""
        saved = self.store.watchlists_saved
        if saved != self._matching[0]:
            self._matching = (saved, Matching(self.store.watchlists()))
        return self._matching[1]

    def matches_of_stored(self, mentions: pl.DataFrame) -> pl.DataFrame:
        """The matches of mentions that are stored and scored."""
        return matches_of(self.matching(), self.scorer, mentions)

    def _keep_given(self, mentions: pl.DataFrame, file: str) -> None:
        """Take over the labels and tags that people gave before the file was exported."""
        if "given_label" in mentions.columns and keep_labels(self.store, mentions, file):
            self._changed.add("label")
        if "given_tags" in mentions.columns and keep_tags(self.store, mentions):
            self._changed.add("tag")
