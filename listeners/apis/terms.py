"""A query in an API's own terms.

No API knows all that queries can say. What it cannot express is left out so that it returns more than is wanted:
distances become AND, and negations and fields are dropped. What comes is then held against the query itself.
"""

from collections.abc import Callable, Iterable
from itertools import product
from typing import Final

import polars as pl

from tingfeng.mentions.searchable import folded_mentions
from tingfeng.queries import Matcher, Query
from tingfeng.queries.tree import And, Comparison, Near, Node, Not, Or, Term, children, walk

#: A query with more alternatives than this is asked more widely, so that it costs fewer requests.
MOST_ALTERNATIVES: Final = 24
#: What is known of a mention only after it was read.
_LATER: Final = frozenset(("language", "label", "tag"))


def searchable(node: Node) -> Node | None:
    """`node` made of terms, AND and OR only, and never narrower; None where no term is left to search for.

    An alternative without a term (`lumora OR language:zh`) cannot be searched for, and is left out.
    """
    match node:
        case Term():
            return node
        case Not() | Comparison():
            return None
        case And() | Near():
            return _joined(And, (searchable(child) for child in children(node)))
        case Or():
            return _joined(Or, (searchable(child) for child in node.children))


def _joined(kind: type[And] | type[Or], nodes: Iterable[Node | None]) -> Node | None:
    found = tuple(dict.fromkeys(node for node in nodes if node is not None))
    return kind(found) if len(found) > 1 else next(iter(found), None)


def alternatives(query: Query, most: int = MOST_ALTERNATIVES) -> list[tuple[Term, ...]]:
    """For an API without OR: the searches that together find at least what `query` selects, each a set of terms."""
    node = searchable(query.root)
    return list(dict.fromkeys(_alternatives(node, most))) if node else []


def searches(queries: Iterable[Query], said: Callable[[Term], str]) -> list[str]:
    """The alternatives of all `queries` as words that must all occur, each search once."""
    return list(dict.fromkeys(" ".join(map(said, terms)) for query in queries for terms in alternatives(query)))


def _alternatives(node: Node, most: int) -> list[tuple[Term, ...]]:
    match node:
        case Or():
            return [found for child in node.children for found in _alternatives(child, most)]
        case And():
            parts = sorted((_alternatives(child, most) for child in node.children), key=len)
            while len(parts) > 1 and _count(parts) > most:
                parts.pop()
            return [tuple(dict.fromkeys(term for part in parts_ for term in part)) for parts_ in product(*parts)]
        case Term():
            return [(node,)]
        case _:
            raise TypeError(node)


def _count(parts: list[list[tuple[Term, ...]]]) -> int:
    count = 1
    for part in parts:
        count *= len(part)
    return count


def expressions(query: Query, longest: int, word: Callable[[Term], str] | None = None) -> list[str]:
    """For an API with brackets, OR and AND (a space): `query` in its syntax, in as few parts of `longest` as possible.

    `word` writes a term; by default a quoted phrase where it holds a space. What is too long even when it is split at
    its ORs is asked more widely, by the longest of its parts that fits.
    """
    node = searchable(query.root)
    return _packed(node, longest, word or quoted) if node else []


def _packed(node: Node, longest: int, word: Callable[[Term], str]) -> list[str]:
    whole = _written(node, word)
    if len(whole) <= longest:
        return [whole]
    if isinstance(node, And):
        fitting = [part for part in node.children if len(_written(part, word)) <= longest]
        return [max((_written(part, word) for part in fitting), key=len)] if fitting else []
    packed: list[str] = []
    for part in (piece for child in children(node) for piece in _packed(child, longest, word)):
        longer = f"{packed[-1]} OR {part}" if packed else part
        if packed and len(longer) <= longest:
            packed[-1] = longer
        else:
            packed.append(part)
    return packed


def _written(node: Node, word: Callable[[Term], str]) -> str:
    match node:
        case And():
            return " ".join(_bracketed(child, word) for child in node.children)
        case Or():
            return " OR ".join(_written(child, word) for child in node.children)
        case Term():
            return word(node)
        case _:
            raise TypeError(node)


def _bracketed(node: Node, word: Callable[[Term], str]) -> str:
    written = _written(node, word)
    return f"({written})" if isinstance(node, Or) else written


def plain(term: Term) -> str:
    """A term as an analyst would type it into a search box: without quotes and star."""
    written = term.written.removeprefix("raw:").strip('"“”「」『』*＊')
    return " ".join(written.split())


def quoted(term: Term) -> str:
    """A term as most search boxes take it: a phrase in quotes."""
    words = plain(term).replace('"', " ")
    return f'"{words}"' if " " in words else words


class Wished:
    """Tells the mentions that some query selects from those that an API returned besides."""

    def __init__(self, queries: Iterable[Query]) -> None:
        nodes = [(query.text, _now(query.root)) for query in queries]
        #: A query that only speaks of what is found out later selects all, for the time being.
        self._all = any(node is None for _, node in nodes)
        self._matcher = Matcher([Query(text, node) for text, node in nodes if node])

    def keeps(self, mentions: pl.DataFrame) -> pl.Series:
        """Which of `mentions` some query may select, as far as is known before they are scored (Boolean)."""
        if self._all or not mentions.height:
            return pl.repeat(True, mentions.height, eager=True)  # noqa: FBT003 - a value
        found = self._matcher.match(mentions.with_columns(folded_mentions(mentions)))
        rows = {row for selected in found for row in selected}
        return pl.Series([row in rows for row in range(mentions.height)], dtype=pl.Boolean)


def _now(node: Node) -> Node | None:
    """`node` without what is known only later, and never narrower; None: everything."""
    match node:
        case And():
            return _joined(And, map(_now, node.children))
        case Or():
            parts = [_now(child) for child in node.children]
            return None if None in parts else _joined(Or, parts)
        case Not():
            return None if _speaks_later(node) else node
        case Comparison():
            return None if node.field in _LATER else node
        case _:
            return node


def _speaks_later(node: Node) -> bool:
    return any(isinstance(one, Comparison) and one.field in _LATER for one in walk(node))
