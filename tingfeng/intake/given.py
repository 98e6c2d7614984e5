"""Labels and tags that come with a file, because people gave them before it was exported."""

import polars as pl

from tingfeng.mentions.record import KEY
from tingfeng.store import Correction, Store


def keep_labels(store: Store, mentions: pl.DataFrame, file: str) -> bool:
    """Correct each mention that has another `given_label` than the store; whether there was one."""
    given = mentions.select(*KEY, "given_label").drop_nulls().unique(KEY, keep="last", maintain_order=True)
    stored = _stored(store, "label", "m.corrected")
    fresh = given.join(stored, on=KEY, how="left").filter(pl.col("given_label").ne_missing(pl.col("label")))
    if fresh.is_empty():
        return False
    store.correct_all([Correction(*row) for row in fresh.select(*KEY, "given_label").iter_rows()], origin=file)
    return True


def keep_tags(store: Store, mentions: pl.DataFrame) -> bool:
    """Add each mention's `given_tags` to those that it has in the store; whether there was a new one."""
    given = mentions.select(*KEY, "given_tags").drop_nulls().unique(KEY, keep="last", maintain_order=True)
    stored = _stored(store, "tags", "m.tags IS NOT NULL")
    changed = False
    for platform, identity, tags, known in given.join(stored, on=KEY, how="left").iter_rows():
        had = known.split("|") if known else []
        united = list(dict.fromkeys([*had, *tags.split("|")]))
        if united != had:
            store.tag(platform, identity, united)
            changed = True
    return changed


def _stored(store: Store, column: str, where: str) -> pl.DataFrame:
    schema = dict.fromkeys((*KEY, column), pl.String)
    return pl.concat([pl.DataFrame(schema=schema), *store.frames((*KEY, column), where)])
