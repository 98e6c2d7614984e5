"""From a query's text to its tree, by recursive descent.

any   := all (OR all)*
all   := each ([AND] each)*
each  := (NOT | -) each | near
near  := item (NEAR/n item)*
item  := ( any ) | word | "phrase" | field:value
"""

import re
from typing import Final

from tingfeng.mentions.text import fold
from tingfeng.mentions.times import zone as time_zone
from tingfeng.queries.errors import QueryError
from tingfeng.queries.fields import comparison
from tingfeng.queries.lexer import Kind, Token, tokens
from tingfeng.queries.tree import And, Near, Nearable, Node, Not, Or, Query, Term

MAX_LENGTH: Final = 20_000
MAX_DEPTH: Final = 50
MAX_DISTANCE: Final = 100

_STARS: Final = "*＊"
_DISTANCE: Final = re.compile(r"O?NEAR/(\d{1,9})", re.ASCII)
_A_TERM: Final = "a word, a phrase, a field or a bracket"


def parse(text: str, zone: str = "UTC") -> Query:
    """The query that `text` means; `since:` and `until:` are read in `zone`. Raises QueryError."""
    if len(text) > MAX_LENGTH:
        what = f"The query is longer than {MAX_LENGTH} characters"
        raise QueryError(what, MAX_LENGTH, expected="a shorter query, or several subjects")
    found = tokens(text)
    if not found:
        raise QueryError("The query is empty", 1, expected=_A_TERM)
    return Query(text, _Parser(found, zone).whole())


class _Parser:
    """Reads tokens from left to right; `at` is the next one."""

    def __init__(self, found: list[Token], zone: str) -> None:
        self.tokens = found
        self.zone = time_zone(zone)
        self.at = 0
        self.depth = 0

    def whole(self) -> Node:
        root = self.any()
        if self.at < len(self.tokens):
            raise QueryError("A bracket is closed that was never opened", self.peek.position, expected="( before it")
        return root

    @property
    def peek(self) -> Token:
        return self.tokens[self.at]

    def is_next(self, kind: Kind, text: str | None = None) -> bool:
        return self.at < len(self.tokens) and self.peek.kind is kind and text in {None, self.peek.text}

    def take(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def any(self) -> Node:
        children = [self.all()]
        while self.is_next(Kind.OPERATOR, "OR"):
            self.take()
            children.append(self.all())
        return children[0] if len(children) == 1 else Or(tuple(children))

    def all(self) -> Node:
        children = [self.each()]
        while self.at < len(self.tokens) and not self.is_next(Kind.CLOSE) and not self.is_next(Kind.OPERATOR, "OR"):
            if self.is_next(Kind.OPERATOR, "AND"):
                self.take()
            children.append(self.each())
        return children[0] if len(children) == 1 else And(tuple(children))

    def each(self) -> Node:
        negated = False
        while self.is_next(Kind.OPERATOR, "NOT"):
            self.take()
            negated = not negated
        node = self.near()
        return Not(node) if negated else node

    def near(self) -> Node:
        node = self.item()
        chain = 0
        while self.is_next(Kind.NEAR):
            operator = self.take()
            chain += 1
            self.check_depth(operator, self.depth + chain)
            left, right = _nearable(node, operator), _nearable(self.item(), operator)
            node = Near(left, right, _distance(operator), ordered=operator.text.startswith("O"))
        return node

    def item(self) -> Node:
        if self.at == len(self.tokens) or self.peek.kind in {Kind.CLOSE, Kind.OPERATOR, Kind.NEAR}:
            raise self.missing_item()
        token = self.take()
        if token.kind is Kind.OPEN:
            return self.bracket(token)
        if token.kind is Kind.FIELD and token.text != "raw":
            return comparison(token, self.zone)
        return _term(token)

    def bracket(self, opening: Token) -> Node:
        self.depth += 1
        self.check_depth(opening, self.depth)
        if self.at == len(self.tokens):
            raise _never_closed(opening)
        node = self.any()
        if not self.is_next(Kind.CLOSE):
            raise _never_closed(opening)
        self.take()
        self.depth -= 1
        return node

    def check_depth(self, token: Token, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise QueryError(f"The query is nested deeper than {MAX_DEPTH} levels", token.position)

    def missing_item(self) -> QueryError:
        """What is wrong where an item should begin and none does."""
        before = self.tokens[self.at - 1] if self.at else None
        here = self.peek if self.at < len(self.tokens) else None
        if before and (here is None or before.kind in {Kind.OPERATOR, Kind.NEAR}):
            return QueryError(f"Nothing follows {before.text}", before.position, expected=_A_TERM)
        at = here or self.tokens[-1]
        what = "A bracket is empty or was never opened" if at.kind is Kind.CLOSE else f"Nothing precedes {at.text}"
        return QueryError(what, at.position, expected=_A_TERM)


def _never_closed(opening: Token) -> QueryError:
    return QueryError("A bracket is opened and never closed", opening.position, expected=")")


def _distance(operator: Token) -> int:
    """The n of NEAR/n."""
    read = _DISTANCE.fullmatch(operator.text)
    if read is None or not 1 <= int(read[1]) <= MAX_DISTANCE:
        name = operator.text.partition("/")[0]
        raise QueryError(
            f"{operator.text} says no distance between 1 and {MAX_DISTANCE}",
            operator.position,
            expected=f'{name}/5 between two terms, or quotes to search the word ("{name}")',
            nearest=f"{name}/5",
        )
    return int(read[1])


def _nearable(node: Node, operator: Token) -> Nearable:
    """`node`, when it is made of terms only, so that it stands somewhere in the text."""
    if isinstance(node, Or):
        for child in node.children:
            _nearable(child, operator)
        return node
    if isinstance(node, Term | Near):
        return node
    raise QueryError(
        f"{operator.text} stands beside something that has no place in the text",
        operator.position,
        expected="on both sides a term, or terms joined with OR in brackets; join the rest with AND",
    )


def _term(token: Token) -> Term:
    """The term that a word, a phrase or `raw:` stands for."""
    raw = token.kind is Kind.FIELD
    written, position = (token.value, token.value_position) if raw else (token.text, token.position)
    quoted = token.value_quoted if raw else token.kind is Kind.PHRASE
    stem = written if quoted else written.rstrip(_STARS)
    if any(star in stem for star in _STARS) or len(written) - len(stem) > 1:
        where = "inside quotes" if quoted else "elsewhere than at the end of a word"
        raise QueryError(f"A * stands {where}", position, expected="one * at the end of a word outside quotes: lumor*")
    if stem != written and not stem:
        raise QueryError("A * stands alone", position, expected="the beginning of a word before the *: lumor*")
    text = stem if raw else fold(stem)
    if not text.strip():
        raise QueryError("There is nothing to search for", position, expected=_A_TERM)
    return Term(written, text, prefix=stem != written, raw=raw, quoted=quoted)
