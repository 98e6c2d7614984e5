"""Labels and tags that come with a file, because people gave them before it was exported."""

import polars as pl

from tingfeng.mentions.record import KEY
from tingfeng.store import Correction, Store


def keep_labels(store: Store, mentions: pl.DataFrame, file: str) -> bool:
    """Correct each mention that has a `given_label` and was never corrected here; whether the file gives labels.

    An older export must neither overwrite a newer correction nor bring back one that was withdrawn.
    """
    given = mentions.select(*KEY, "given_label").drop_nulls().unique(KEY, keep="last", maintain_order=True)
    if given.is_empty():
        return False
    fresh = given.join(store.corrected_keys(given), on=KEY, how="anti", maintain_order="left")
    if fresh.height:
        store.correct_all([Correction(*row) for row in fresh.iter_rows()], origin=file)
    return True


def keep_tags(store: Store, mentions: pl.DataFrame) -> bool:
    """Add each mention's `given_tags` to those that it has in the store; whether the file gives tags."""
    given = mentions.select(*KEY, tags="given_tags").drop_nulls().unique(KEY, keep="last", maintain_order=True)
    if given.is_empty():
        return False
    store.add_tags(given)
    return True
