"""A query's tree on a batch of mentions: each node becomes a column of booleans, one a mention."""

from collections.abc import Callable
from datetime import datetime
from functools import reduce
from operator import and_, eq, ge, gt, le, lt, or_
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import polars as pl

from tingfeng.mentions.record import ENGAGEMENT
from tingfeng.mentions.text import BORDER, fold
from tingfeng.queries.fields import COLUMNS
from tingfeng.queries.places import is_near, pattern, segments
from tingfeng.queries.tree import And, Comparison, Near, Node, Not, Or, Term, children

Mask = npt.NDArray[np.bool_]
Key = tuple[str, bool]  # a term's folded text, and whether it is a prefix
Kind = pl.DataType | type[pl.DataType]

_KINDS: Final[dict[type, Kind]] = {str: pl.String, int: pl.Int64, datetime: pl.Datetime("us")}
_OPERATORS: Final[dict[str, Any]] = {"=": eq, ">": gt, ">=": ge, "<": lt, "<=": le}


def _known(truth: pl.Series) -> Mask:
    """`truth` with what is unknown taken as false."""
    return truth.fill_null(value=False).to_numpy()


class Batch:
    """A frame of mentions and, for each folded term, the rows in which it occurs. A missing column is unknown."""

    def __init__(self, frame: pl.DataFrame, found: dict[Key, list[int]]) -> None:
        self.frame = frame
        self.found = found
        self._selected: dict[Node, Mask] = {}

    def selects(self, node: Node) -> Mask:
        """The rows for which `node` is true."""
        if node not in self._selected:
            self._selected[node] = self._select(node)
        return self._selected[node]

    def collect(self, node: Node, rows: Mask, into: dict[str, Mask]) -> None:
        """Adds the terms that made `node` true in `rows`, where it is true, to `into`."""
        match node:
            case Term():
                into[node.written] = into.get(node.written, self._nowhere()) | (rows & self.selects(node))
            case And() | Or() | Near():
                for child in children(node):
                    self.collect(child, rows & self.selects(node), into)
            case Not() | Comparison():
                pass

    def _select(self, node: Node) -> Mask:
        match node:
            case Term():
                return self._raw(node) if node.raw else self._mask(self.found[node.text, node.prefix])
            case Comparison():
                return self._compare(node)
            case Near():
                return self._near(node)
            case Not():
                return ~self.selects(node.child)
            case And():
                return reduce(and_, map(self.selects, node.children))
            case Or():
                return reduce(or_, map(self.selects, node.children))

    def _raw(self, term: Term) -> Mask:
        """The rows whose title, text or hashtags hold `term` unfolded."""
        found = [
            row
            for column in ("title", "text", "hashtags")
            for row, text in self._holding(column, term.text)
            if pattern(term).search(text) and not (column == "hashtags" and "|" in term.text)
        ]
        return self._mask(found)

    def _near(self, node: Near) -> Mask:
        rows = (self._present(node.left) & self._present(node.right)).nonzero()[0].tolist()
        names = ("folded", "title", "text", "hashtags")
        candidates = zip(rows, *(self._column(name, pl.String)[rows].fill_null("") for name in names), strict=True)
        return self._mask([row for row, *texts in candidates if is_near(node, segments(*texts))])

    def _present(self, node: Node) -> Mask:
        """The rows in which the terms of one side of a NEAR occur, wherever."""
        if isinstance(node, Term):
            return self.selects(node)
        return reduce(and_ if isinstance(node, Near) else or_, map(self._present, children(node)))

    def _compare(self, node: Comparison) -> Mask:
        value: Any = node.value
        match node.field:
            case "author":
                return self._author(value)
            case "hashtag":
                holding = self._holding("folded", value)
                return self._mask([row for row, text in holding if value in text.split(BORDER)[2:]])
            case "tag":
                return self._names("tags", lambda tags: value in tags.split("|"))
            case "region":
                return self._names("region", lambda region: region == value)
            case "engagement":
                column = self._engagement()
            case field:
                column = self._column(COLUMNS.get(field, field), _KINDS[type(value)])
        return _known(_OPERATORS[node.operator](column, value))

    def _author(self, value: str) -> Mask:
        name = pattern(Term(value, fold(value)))
        by_id = _known(self._column("author_id", pl.String) == value)
        by_handle = self._names("author_handle", lambda handle: handle.lstrip("@") == fold(value))
        return by_id | by_handle | self._names("author_name", lambda folded: name.search(folded) is not None)

    def _names(self, column: str, is_meant: Callable[[str], bool]) -> Mask:
        """The rows whose `column`, folded, `is_meant`; each different name is asked about once."""
        names = self._column(column, pl.String)
        meant = [name for name in names.unique().drop_nulls() if is_meant(fold(name))]
        return _known(names.is_in(meant))

    def _engagement(self) -> pl.Series:
        """The sum of the known parts, null where none is known; wide, so that no sum overflows."""
        parts = pl.DataFrame([self._column(name, pl.Int128) for name in ENGAGEMENT])
        known = pl.any_horizontal(pl.all().is_not_null())
        return parts.select(pl.when(known).then(pl.sum_horizontal(pl.all())).alias("engagement"))["engagement"]

    def _column(self, name: str, kind: Kind) -> pl.Series:
        """The column, or nulls where the frame has none."""
        found = self.frame[name] if name in self.frame.columns else pl.Series(name, [None] * self.frame.height)
        return found.cast(kind)

    def _holding(self, column: str, text: str) -> list[tuple[int, str]]:
        """Row and value where `column` contains `text`."""
        values = self._column(column, pl.String)
        rows = values.str.contains(text, literal=True).arg_true().to_list()
        return [(row, values[row]) for row in rows]

    def _mask(self, rows: list[int]) -> Mask:
        mask = self._nowhere()
        mask[np.array(rows, dtype=np.intp)] = True
        return mask

    def _nowhere(self) -> Mask:
        return np.zeros(self.frame.height, dtype=np.bool_)
