"""What DuckDB cannot say by itself: folding, and NEAR."""

import json
from functools import lru_cache
from typing import Any, Final

import duckdb
import pyarrow as pa

from tingfeng.mentions.text import fold
from tingfeng.queries.places import is_near, segments
from tingfeng.queries.tree import Near, Nearable, Node, Or, Term

FOLD: Final = "tingfeng_fold"
NEAR: Final = "tingfeng_near"


def register(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes the functions that `to_sql` relies on known to the database of `connection`, once."""
    known = connection.execute("SELECT 1 FROM duckdb_functions() WHERE function_name = ?", [NEAR]).fetchall()
    if known:
        return
    options: Any = {"type": "arrow", "null_handling": "special"}
    connection.create_function(FOLD, _fold, ["VARCHAR"], "VARCHAR", **options)
    connection.create_function(NEAR, _near, ["VARCHAR"] * 5, "BOOLEAN", **options)


def near_as_text(node: Near) -> str:
    """`node` as the last argument of the function NEAR."""
    return json.dumps(_encode(node))


def _encode(node: Node) -> Any:
    match node:
        case Term():
            return [node.text, node.prefix, node.raw]
        case Near():
            return {"near": [_encode(node.left), _encode(node.right)], "n": node.distance, "ordered": node.ordered}
        case Or():
            return {"or": [_encode(child) for child in node.children]}
        case _:
            raise TypeError(node)


def _decode(value: Any) -> Nearable:
    if isinstance(value, list):
        text, prefix, raw = value
        return Term(text, text, prefix, raw)
    if "or" in value:
        return Or(tuple(_decode(child) for child in value["or"]))
    left, right = value["near"]
    return Near(_decode(left), _decode(right), value["n"], value["ordered"])


@lru_cache(maxsize=256)
def _near_from_text(text: str) -> Near:
    node = _decode(json.loads(text))
    if not isinstance(node, Near):
        raise TypeError(text)
    return node


@lru_cache(maxsize=65536)
def _fold_once(text: str) -> str:
    return fold(text)


def _fold(texts: pa.ChunkedArray) -> pa.Array:
    """Folded `texts`; null stays null."""
    return pa.array([None if text is None else _fold_once(text) for text in texts.to_pylist()], pa.string())


def _near(
    folded: pa.ChunkedArray,
    title: pa.ChunkedArray,
    text: pa.ChunkedArray,
    hashtags: pa.ChunkedArray,
    node: pa.ChunkedArray,
) -> pa.Array:
    """Whether each mention holds the NEAR that its `node` says."""
    rows = zip(*(column.to_pylist() for column in (folded, title, text, hashtags, node)), strict=True)
    return pa.array(
        is_near(_near_from_text(near), segments(*(value or "" for value in values))) for *values, near in rows
    )
