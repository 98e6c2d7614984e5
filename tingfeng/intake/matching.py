"""Which subjects mentions match, and what they say about each of them."""

from collections.abc import Collection
from typing import Final

import polars as pl

from sentiment import Scorer
from tingfeng.intake.progress import Progress, silent, step
from tingfeng.mentions.record import KEY
from tingfeng.mentions.scored import scored_texts
from tingfeng.store import Filters, Store
from tingfeng.watchlists import Matching, Watchlist, aliases

#: What matching and target sentiment read of a stored mention.
COLUMNS: Final = (
    *("platform", "id", "kind", "title", "text", "hashtags", "folded", "own_chars", "language", "region"),
    *("author_id", "author_name", "author_handle", "author_followers", "published_at", "tags", "label"),
    *("likes", "comments", "shares", "saves", "views", "engine_label", "engine_score", "engine_confidence"),
)
_OF_ONE_WATCHLIST: Final = ("watchlist", *KEY)
_MATCH: Final = ("watchlist", "subject", *KEY, "terms", "via")
_TARGET: Final = {"label": pl.String, "score": pl.Float64, "confidence": pl.Float64}


def matches_of(
    matching: Matching, scorer: Scorer, frame: pl.DataFrame, known: pl.DataFrame | None = None
) -> pl.DataFrame:
    """The matches of mentions (`COLUMNS`, scored), each with label, score and confidence toward its subject.

    Where a mention matches one subject of a watchlist only, the mention's own sentiment is meant for it. `known` are
    earlier matches of texts that have not changed: what these say about a subject is not worked out again.
    """
    found = matching.match(frame)
    several = pl.len().over(_OF_ONE_WATCHLIST) > 1
    own = found.filter(~several).join(_own_sentiment(frame), on=KEY, how="left", maintain_order="left")
    toward = _known_and_new(found.filter(several), known, several)
    scored = [_toward(watchlist, scorer, frame, toward[1]) for watchlist in matching.watchlists]
    return pl.concat([part.select(*_MATCH, *_TARGET) for part in (own, toward[0], *scored)])


def rematch(store: Store, scorer: Scorer, watchlist: Watchlist, on_progress: Progress) -> int:
    """Match all stored mentions with `watchlist` again; how many it finds now. Texts are not scored again."""
    generation = store.generation
    matching = Matching([watchlist])
    parts, done = [_no_matches()], 0
    for frame in store.frames(COLUMNS):
        parts.append(matches_of(matching, scorer, frame))
        done += frame.height
        on_progress(step(f"match {watchlist.name}", done))
    store.replace_matches(watchlist.name, pl.concat(parts), generation)
    join_replies(store)
    return store.count(Filters(watchlist.name))


def rematch_reading(store: Store, scorer: Scorer, fields: Collection[str], on_progress: Progress = silent) -> None:
    """Match again with the watchlists that read one of `fields`, after people changed these of some mentions."""
    for watchlist in store.watchlists():
        if Matching([watchlist]).needs(fields):
            rematch(store, scorer, watchlist, on_progress)


def join_replies(store: Store) -> None:
    """Match the replies to what KOLs published, whichever of the two came first."""
    accounts = Matching(store.watchlists()).accounts()
    if accounts.height:
        store.join_replies(accounts)


def _own_sentiment(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(*KEY, *(pl.col(f"engine_{name}").alias(name) for name in _TARGET))


def _known_and_new(
    found: pl.DataFrame, known: pl.DataFrame | None, several: pl.Expr
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The matches whose target sentiment is known, with it, and the others."""
    if known is None or known.is_empty():
        return found.with_columns(pl.lit(None, kind).alias(name) for name, kind in _TARGET.items()).clear(), found
    on = ["watchlist", "subject", *KEY]
    earlier = known.filter(pl.col("via") != "reply").filter(several).select(*on, *_TARGET)
    return found.join(earlier, on=on, how="inner"), found.join(earlier, on=on, how="anti")


def _toward(watchlist: Watchlist, scorer: Scorer, frame: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """The matches of `watchlist` among `found`, with the sentiment toward their subjects."""
    mine = found.filter(pl.col("watchlist") == watchlist.name)
    texts = mine.join(frame.select(*KEY, "title", "text", "own_chars"), on=KEY, how="left", maintain_order="left")
    pairs = list(zip(scored_texts(texts), texts["subject"], strict=True))
    names = {subject.name: aliases(subject) for subject in watchlist.subjects}
    sentiments = scorer.score_toward(pairs, names) if pairs else []
    columns = [
        pl.Series(name, [getattr(one, name) for one in sentiments], dtype=kind) for name, kind in _TARGET.items()
    ]
    return mine.with_columns(columns)


def _no_matches() -> pl.DataFrame:
    return pl.DataFrame(schema={**dict.fromkeys(_MATCH, pl.String), **_TARGET})
