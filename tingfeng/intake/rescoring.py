"""Stored texts read again, after the engine learned to read them otherwise."""

from typing import Final

from sentiment import Scorer
from tingfeng.intake.matching import COLUMNS, matches_of
from tingfeng.mentions.text import scored_text
from tingfeng.store import Store
from tingfeng.watchlists import Matching

#: Mentions that are read again in one transaction: a moment's work, and what a killed process loses at most. Enough for
#: worker processes to score them, so that this one goes on answering.
BATCH: Final = 3000


def rescore_batch(store: Store, scorer: Scorer, *, others: bool = False) -> int | None:
    """Score the newest mentions that wait for the scorer's engine; None when none waits.

    How many they were; 0 when one of them changed meanwhile, so that all of them still wait. Their matches, and what
    these say about each subject, are worked out again as for an import. With `others` what other engines scored waits
    as well.
    """
    engine = scorer.version
    read = store.waiting(engine, COLUMNS, BATCH, others=others)
    if read.frame.is_empty():
        return None
    # The watchlists are taken after reading: a later change then makes the write fail.
    matching = Matching(store.watchlists())
    rows = read.frame.select("title", "text", "own_chars").iter_rows()
    scored = read.scored(scorer.score([scored_text(*row) for row in rows]), engine)
    return scored.height if store.rescore(read, scored, matches_of(matching, scorer, scored)) else 0
