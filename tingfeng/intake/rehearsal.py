"""A dry run: what an import would say, found out in a store of its own that is thrown away."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import polars as pl

from listeners import Batch
from sentiment import Sentiment
from tingfeng.mentions.record import KEY, SCHEMA
from tingfeng.store import Store

_UNSCORED: Final = Sentiment(None, None, None, None)
_AMONG: Final = "(m.platform, m.id) IN (SELECT unnest(?::VARCHAR[]), unnest(?::VARCHAR[]))"


class Rehearsal:
    """Merges batches as an import does, with the mentions of `store`, but writes them to a scratch store."""

    def __init__(self, store: Store, scratch: Store) -> None:
        self.store = store
        self.scratch = scratch

    def begin(self, paths: Sequence[str]) -> None:
        """A rehearsal leaves no trace in the history."""

    def take(self, batch: Batch, file: str) -> dict[str, int]:
        """How many mentions of `batch` would be new, updated and unchanged, after the batches before it."""
        keys = batch.mentions.select(KEY).unique()
        missing = keys.join(_among(self.scratch, keys, KEY), on=KEY, how="anti")
        self._write(_among(self.store, missing, tuple(SCHEMA)), file)
        return self._write(batch.mentions, file)

    def remember(self, layout: str, mapping: str) -> None:
        """A rehearsal does not remember mappings."""

    def _write(self, mentions: pl.DataFrame, file: str) -> dict[str, int]:
        staged = self.scratch.stage(mentions)
        scored = staged.scored([_UNSCORED] * int(staged.to_score.sum()), "none")
        self.scratch.commit(staged, scored, staged.matches, [], 1, file)
        return staged.verdicts


@contextmanager
def rehearsal(store: Store) -> Iterator[Rehearsal]:
    """A rehearsal beside `store`, removed afterwards."""
    with (
        tempfile.TemporaryDirectory(prefix="dry-run-", dir=store.path.parent) as folder,
        Store.open(Path(folder) / "scratch.duckdb") as scratch,
    ):
        yield Rehearsal(store, scratch)


def _among(store: Store, keys: pl.DataFrame, columns: tuple[str, ...]) -> pl.DataFrame:
    """The stored mentions with one of `keys`."""
    parts = [pl.DataFrame(schema={name: SCHEMA[name] for name in columns})]
    if keys.height:
        parts += store.frames(columns, _AMONG, [keys["platform"].to_list(), keys["id"].to_list()])
    return pl.concat(parts)
