"""What a query means: a tree of terms, comparisons and the operators between them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase: `written` by the analyst, `text` as it is looked for (folded unless `raw`)."""

    written: str
    text: str
    prefix: bool = False
    raw: bool = False
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """A field against a value; `operator` is one of `= > >= < <=`."""

    field: str
    operator: str
    value: str | int | datetime


@dataclass(frozen=True, slots=True)
class Near:
    """`left` and `right` at most `distance` positions apart; `ordered`: left ends before right begins."""

    left: "Nearable"
    right: "Nearable"
    distance: int
    ordered: bool


@dataclass(frozen=True, slots=True)
class Not:
    """What `child` does not select."""

    child: "Node"


@dataclass(frozen=True, slots=True)
class And:
    """What each of `children` selects."""

    children: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """What at least one of `children` selects."""

    children: tuple["Node", ...]


Node = Term | Comparison | Near | Not | And | Or
Nearable = Term | Near | Or


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was written (`text`) and as it is understood (`root`)."""

    text: str
    root: Node

    @property
    def fields(self) -> frozenset[str]:
        """Names of the fields that the query compares."""
        return frozenset(node.field for node in walk(self.root) if isinstance(node, Comparison))

    @property
    def terms(self) -> tuple[str, ...]:
        """The terms that speak for a mention (those under a NOT do not), as written, each once."""
        return tuple(dict.fromkeys(term.written for term in positive_terms(self.root)))


def children(node: Node) -> tuple[Node, ...]:
    """The nodes right below `node`."""
    match node:
        case And() | Or():
            return node.children
        case Near():
            return (node.left, node.right)
        case Not():
            return (node.child,)
        case Term() | Comparison():
            return ()


def walk(node: Node) -> Iterator[Node]:
    """`node` and everything below it, in the order in which it was written."""
    yield node
    for child in children(node):
        yield from walk(child)


def terms(node: Node) -> list[Term]:
    """Every term at or below `node`."""
    return [found for found in walk(node) if isinstance(found, Term)]


def positive_terms(node: Node, *, negated: bool = False) -> list[Term]:
    """The terms at or below `node` that stand under an even number of NOTs."""
    if isinstance(node, Term):
        return [] if negated else [node]
    negated ^= isinstance(node, Not)
    return [term for child in children(node) for term in positive_terms(child, negated=negated)]
