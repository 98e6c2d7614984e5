"""A query as a condition in DuckDB's SQL, with the same meaning as the matcher's."""

import re
from dataclasses import dataclass
from typing import Any, Final

from tingfeng.mentions.record import ENGAGEMENT
from tingfeng.mentions.text import BORDER, fold
from tingfeng.queries.fields import COLUMNS
from tingfeng.queries.functions import FOLD, NEAR, near_as_text
from tingfeng.queries.places import pattern
from tingfeng.queries.tree import And, Comparison, Near, Node, Not, Or, Query, Term, children


@dataclass(frozen=True, slots=True)
class Sql:
    """A condition with `?` for each of `params`."""

    text: str
    params: list[Any]


_PLAIN: Final = "[!-~]+( [!-~]+)*"
_RAW: Final = ("title", "text", "hashtags")


def to_sql(query: Query, alias: str = "m") -> Sql:
    """The condition, never null, that is true for the rows of `mentions AS alias` that `query` selects.

    The connection must have been given to `register` once.
    """
    return _Compiler(alias).compile(query.root)


class _Compiler:
    """Turns nodes into conditions on the columns of `alias`."""

    def __init__(self, alias: str) -> None:
        self.alias = alias

    def compile(self, node: Node) -> Sql:
        match node:
            case Term():
                return self.term(node)
            case Comparison():
                return self.comparison(node)
            case Near():
                return self.near(node)
            case Not():
                child = self.compile(node.child)
                return Sql(f"(NOT {child.text})", child.params)
            case And() | Or():
                return _join([self.compile(child) for child in node.children], "AND" if isinstance(node, And) else "OR")

    def term(self, term: Term) -> Sql:
        if not term.raw:
            return self.found(f"{self.alias}.folded", term)
        # A hashtag holds no "|": it is what joins them.
        columns = _RAW[:2] if "|" in term.text else _RAW
        return _join([self.found(f"{self.alias}.{column}", term) for column in columns], "OR")

    def found(self, column: str, term: Term) -> Sql:
        """Whether `column` holds `term`; the plain search is far faster than the pattern, so it goes first."""
        regular = pattern(term).pattern
        if regular == re.escape(term.text):
            return Sql(f"coalesce(contains({column}, ?), false)", [term.text])
        text = f"(CASE WHEN contains({column}, ?) THEN regexp_matches({column}, ?) ELSE false END)"
        return Sql(text, [term.text, regular])

    def near(self, node: Near) -> Sql:
        """NEAR, asked only where both sides are there at all."""
        guard = _join([self.presence(node.left), self.presence(node.right)], "AND")
        columns = ", ".join(f"{self.alias}.{column}" for column in ("folded", *_RAW))
        return Sql(
            f"(CASE WHEN {guard.text} THEN {NEAR}({columns}, ?) ELSE false END)", [*guard.params, near_as_text(node)]
        )

    def presence(self, node: Node) -> Sql:
        """Whether the terms of one side of a NEAR occur, wherever."""
        if isinstance(node, Term):
            return self.term(node)
        parts = [self.presence(child) for child in children(node)]
        return _join(parts, "AND" if isinstance(node, Near) else "OR")

    def comparison(self, node: Comparison) -> Sql:
        match node.field:
            case "author":
                return self.author(str(node.value))
            case "hashtag":
                folded = f"{self.alias}.folded"
                text = f"coalesce(contains({folded}, ?) AND list_contains(string_split({folded}, ?)[3:], ?), false)"
                return Sql(text, [node.value, BORDER, node.value])
            case "tag":
                text = f"coalesce(list_contains(string_split({self.folded('tags')}, '|'), ?), false)"
                return Sql(text, [node.value])
            case "region":
                return Sql(f"coalesce({self.folded('region')} = ?, false)", [node.value])
            case field:
                value = engagement(self.alias) if field == "engagement" else f"{self.alias}.{COLUMNS.get(field, field)}"
                return Sql(f"coalesce({value} {node.operator} ?, false)", [node.value])

    def author(self, value: str) -> Sql:
        name = self.found(self.folded("author_name"), Term(value, fold(value)))
        same_id = Sql(f"coalesce({self.alias}.author_id = ?, false)", [value])
        handle = Sql(f"coalesce(ltrim({self.folded('author_handle')}, '@') = ?, false)", [fold(value)])
        return _join([same_id, handle, name], "OR")

    def folded(self, column: str) -> str:
        """The folded column; most names are plain ASCII and need no Python for it."""
        name = f"{self.alias}.{column}"
        return f"(CASE WHEN regexp_full_match({name}, '{_PLAIN}') THEN lower({name}) ELSE {FOLD}({name}) END)"


def engagement(alias: str = "m") -> str:
    """SQL for the sum of the known parts; null where none is known. Wide, so that no sum overflows."""
    columns = [f"{alias}.{column}" for column in ENGAGEMENT]
    total = " + ".join(f"coalesce({column}, 0)::HUGEINT" for column in columns)
    return f"(CASE WHEN coalesce({', '.join(columns)}) IS NOT NULL THEN {total} END)"


def _join(parts: list[Sql], operator: str) -> Sql:
    """`parts` in brackets, joined with `operator`."""
    text = f" {operator} ".join(part.text for part in parts)
    return Sql(f"({text})", [value for part in parts for value in part.params])
