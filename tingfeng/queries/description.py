"""A query in words, the way it was understood."""

import re
from datetime import datetime
from typing import Any, Final, Literal

from tingfeng.home import config
from tingfeng.queries.fields import NUMBERS
from tingfeng.queries.tree import And, Comparison, Near, Node, Not, Or, Query, Term, terms, walk

_SMALL_OPERATOR: Final = re.compile(r"and|or|not|o?near(/\d+)?")


def describe(query: Query, language: Literal["en", "zh"] = "en") -> str:
    """How `query` was understood: every bracket shown, and what may surprise its author."""
    words: dict[str, Any] = config("queries")[language]
    notes = [words["note_order"]] if any(map(_mixes, walk(query.root))) else []
    plain = [term for term in terms(query.root) if not term.quoted and _SMALL_OPERATOR.fullmatch(term.text)]
    notes += [words["note_word"].format(word) for word in dict.fromkeys(term.written for term in plain)]
    return " ".join([words["start"].format(_describe(query.root, words)), *notes])


def _mixes(node: Node) -> bool:
    """Whether `node` is an OR of which a part is an AND: the classic trap."""
    return isinstance(node, Or) and any(isinstance(child, And) for child in node.children)


def _describe(node: Node, words: dict[str, Any]) -> str:
    """`node` in `words`."""
    match node:
        case Term():
            return _term(node, words)
        case Comparison():
            return _comparison(node, words)
        case Near():
            form = "onear" if node.ordered else "near"
            return str(words[form]).format(_grouped(node.left, words), _grouped(node.right, words), node.distance)
        case Not():
            return str(words["not"]).format(_grouped(node.child, words))
        case And() | Or():
            joint: str = words["and" if isinstance(node, And) else "or"]
            return joint.join(_grouped(child, words) for child in node.children)


def _grouped(node: Node, words: dict[str, Any]) -> str:
    """`node` in `words`, in brackets where it has several parts."""
    text = _describe(node, words)
    return str(words["group"]).format(text) if isinstance(node, And | Or | Near) else text


def _term(term: Term, words: dict[str, Any]) -> str:
    """A term in `words`."""
    if term.prefix:
        return str(words["raw_prefix" if term.raw else "prefix"]).format(term.written[:-1])
    return str(words["raw" if term.raw else "term"]).format(term.written)


def _comparison(node: Comparison, words: dict[str, Any]) -> str:
    """A comparison in `words`."""
    if isinstance(node.value, datetime):
        return str(words[node.field]).format(node.value.isoformat(" ", "minutes"))
    if node.field in words:
        return str(words[node.field]).format(node.value)
    name = words["fields"].get(node.field, node.field)
    if node.field in NUMBERS:
        return str(words["number"]).format(name, node.operator, node.value)
    return str(words["is"]).format(name, node.value)
