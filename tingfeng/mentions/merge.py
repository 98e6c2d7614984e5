"""What several rows say about one mention, put together as if the rows came one by one.

The row with the later `collected_at` wins; where one is missing or both are equal, the row that came later. An older
row only fills gaps. Null never overwrites a value, nor a cut text a whole one, whichever of them is newer. Collectors'
keywords are united. A mark, and how much of a text is its author's own, go with the value that they speak of.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

import polars as pl

from tingfeng.mentions.record import COMPARED, KEY, MARKED_FIELD, SCHEMA, Mark

NEW: Final = "new"
UPDATED: Final = "updated"
UNCHANGED: Final = "unchanged"
TOUCHED: Final = "touched"
UNTOUCHED: Final = "untouched"

#: Fields that say which text sentiment reads.
SCORED: Final = ("title", "text", "own_chars")

_DERIVED: Final = ("collected_at", "keywords", "own_chars", "marks", "text")
_FOLLOWING: Final = tuple(name for name in SCHEMA if name not in (*KEY, *_DERIVED))


@dataclass(frozen=True)
class Merged:
    """Mentions after a merge.

    `frame` has one row for each incoming key, in order of first appearance: the columns of `SCHEMA`, `state` (new,
    updated, touched: only something that does not count as an update moved, untouched) and `rescore` (whether what
    sentiment reads is new). `verdicts` says new, updated or unchanged for each incoming row, in order.
    """

    frame: pl.DataFrame
    verdicts: pl.Series

    @property
    def counts(self) -> dict[str, int]:
        """How many rows got each verdict."""
        return {word: int((self.verdicts == word).sum()) for word in (NEW, UPDATED, UNCHANGED)}


def merge(current: pl.DataFrame, incoming: pl.DataFrame) -> Merged:
    """`incoming` rows applied to `current` mentions; both have the columns of `SCHEMA`, `current` has each key once."""
    if current.is_empty() and not incoming.select(KEY).is_duplicated().any():
        return _all_new(incoming)
    rows = _in_order(current.select(*SCHEMA), incoming.select(*SCHEMA))
    merged = rows.select("row", "start", "order", *_values())
    verdicts = merged.select("order", _verdict().alias("verdict")).filter(pl.col("order") > 0).sort("order")["verdict"]
    last = (pl.col("start") != pl.col("start").shift(-1)).fill_null(True)  # noqa: FBT003 - the value to fill
    final = merged.filter(last & (pl.col("order") > 0))
    stored = rows.select(*SCHEMA)[final["start"]]
    known = rows["order"][final["start"]] == 0
    keywords = _united(rows).join(final.select("start"), on="start", how="right", maintain_order="right")["keywords"]
    frame = final.with_columns(keywords).select(*SCHEMA).with_columns(_state(final, stored, known, keywords))
    arrival = rows["order"][final["start"] + known.cast(pl.Int64)]
    return Merged(frame[arrival.arg_sort()], verdicts)


def _all_new(incoming: pl.DataFrame) -> Merged:
    """What the long way comes to where there is nothing to put together, as on most first imports."""
    alone = incoming.select(*SCHEMA).with_columns(
        pl.col("keywords").str.split("|").list.unique(maintain_order=True).list.join("|"),
        pl.when(pl.col("text").is_not_null()).then("own_chars"),
        _marks(lambda name: pl.when(pl.col(name).is_not_null()).then("marks")),
    )
    frame = alone.with_columns(pl.lit(NEW).alias("state"), pl.lit(value=True).alias("rescore"))
    return Merged(frame, frame["state"].alias("verdict"))


def _in_order(current: pl.DataFrame, incoming: pl.DataFrame) -> pl.DataFrame:
    """All rows, each key's together and in the order in which they came, `order` 0 being the stored one.

    `row` numbers them, `start` is the row number of the key's first one, `newest` the latest `collected_at` so far,
    `wins` says whether a row may overwrite what came before.
    """
    count = pl.int_range(1, incoming.height + 1, dtype=pl.Int64, eager=True).alias("order")
    rows = pl.concat([current.with_columns(pl.lit(0, dtype=pl.Int64).alias("order")), incoming.with_columns(count)])
    rows = rows.sort(*KEY, "order").with_row_index("row").with_columns(pl.col("row").cast(pl.Int64))
    first = pl.any_horizontal(pl.col(name).ne_missing(pl.col(name).shift(1)) for name in KEY) | (pl.col("row") == 0)
    rows = rows.with_columns(pl.when(first).then("row").forward_fill().alias("start"))
    rows = rows.with_columns(pl.col("collected_at").cum_max().forward_fill().over("start").alias("newest"))
    before = pl.when(pl.col("row") != pl.col("start")).then(pl.col("newest").shift(1))
    older = (pl.col("collected_at") < before).fill_null(False)  # noqa: FBT003 - the value to fill
    return rows.with_columns((~older).alias("wins"))


def _taken(offered: pl.Expr) -> pl.Expr:
    """Number of the row whose value stands after each row: the last winner to offer one, else the first older row."""
    won = pl.when(pl.col("wins") & offered).then("row").forward_fill()
    filled = pl.when(~pl.col("wins") & offered).then("row").backward_fill().gather(pl.col("start"))
    return pl.coalesce(pl.when(won >= pl.col("start")).then(won), pl.when(filled <= pl.col("row")).then(filled))


def _offered(name: str) -> pl.Expr:
    return pl.col(name).is_not_null()


def _text_taken() -> pl.Expr:
    cut = (pl.col("marks") & int(Mark.TEXT_CUT)) != 0
    return pl.coalesce(_taken(_offered("text") & ~cut), _taken(_offered("text") & cut))


def _values() -> list[pl.Expr]:
    """Each field's value after each row; keywords, which only the last row needs, are left out."""
    text = _text_taken()
    return [
        *(pl.col(name) for name in KEY),
        *(pl.col(name).gather(_taken(_offered(name))).alias(name) for name in _FOLLOWING),
        pl.col("newest").alias("collected_at"),
        pl.col("text").gather(text),
        pl.col("own_chars").gather(text),
        _marks(lambda name: pl.col("marks").gather(text if name == "text" else _taken(_offered(name)))),
    ]


def _marks(of: Callable[[str], pl.Expr]) -> pl.Expr:
    """The marks that speak of each field, `of` a field being those of the row that its value was taken from."""
    by_field: dict[str, int] = {}
    for mark, name in MARKED_FIELD.items():
        by_field[name] = by_field.get(name, 0) | int(mark)
    return pl.sum_horizontal((of(name) & mask).fill_null(0) for name, mask in by_field.items()).alias("marks")


def _verdict() -> pl.Expr:
    changed = pl.any_horizontal(pl.col(name).ne_missing(pl.col(name).shift(1)) for name in COMPARED)
    first = pl.col("row") == pl.col("start")
    return pl.when(first).then(pl.lit(NEW)).when(changed).then(pl.lit(UPDATED)).otherwise(pl.lit(UNCHANGED))


def _united(rows: pl.DataFrame) -> pl.DataFrame:
    """`start` and the collectors' keywords of all its rows, each once, in order of appearance."""
    words = rows.select("start", pl.col("keywords").str.split("|")).explode("keywords").drop_nulls()
    each = words.unique(maintain_order=True).group_by("start", maintain_order=True)
    return each.agg(pl.col("keywords").str.join("|"))


def _state(final: pl.DataFrame, stored: pl.DataFrame, known: pl.Series, keywords: pl.Series) -> list[pl.Series]:
    """`state` and `rescore` of each merged row beside the stored one."""
    after = final.with_columns(keywords)

    def moved(names: Iterable[str]) -> pl.Series:
        return pl.select(pl.any_horizontal(after[name].ne_missing(stored[name]) for name in names)).to_series()

    state = (
        pl.when(~known)
        .then(pl.lit(NEW))
        .when(moved(COMPARED))
        .then(pl.lit(UPDATED))
        .when(moved(SCHEMA))
        .then(pl.lit(TOUCHED))
        .otherwise(pl.lit(UNTOUCHED))
    )
    return [pl.select(state).to_series().alias("state"), (~known | moved(SCORED)).alias("rescore")]
