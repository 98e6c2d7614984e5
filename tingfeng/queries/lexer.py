"""A query's text, cut into brackets, phrases, words, fields and operators, each with its position."""

import unicodedata
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from tingfeng.queries.errors import QueryError

OPENING: Final = "(（"
CLOSING: Final = ")）"
QUOTES: Final = '"“”„＂「」『』'
COLONS: Final = ":："
MINUSES: Final = "-－−"
_OPERATORS: Final = {"AND": "AND", "OR": "OR", "NOT": "NOT", "且": "AND", "或": "OR", "非": "NOT"}


class Kind(Enum):
    """The kinds of tokens."""

    OPEN = auto()
    CLOSE = auto()
    OPERATOR = auto()  # AND, OR, NOT
    NEAR = auto()  # NEAR/5, ONEAR/5
    WORD = auto()
    PHRASE = auto()
    FIELD = auto()  # the name; its value is in `value`


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query. `position` counts characters from 1; of a field, `value_position` is its value's."""

    kind: Kind
    text: str
    position: int
    value: str = ""
    value_position: int = 0
    value_quoted: bool = False


def tokens(text: str) -> list[Token]:
    """The tokens of `text`; raises QueryError for what no token begins with."""
    found: list[Token] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
        else:
            token, at = _token(text, at)
            found.append(token)
    return found


def _token(text: str, at: int) -> tuple[Token, int]:
    """The token that begins at `at`, and where the next may begin."""
    character = text[at]
    if character in OPENING:
        return Token(Kind.OPEN, "(", at + 1), at + 1
    if character in CLOSING:
        return Token(Kind.CLOSE, ")", at + 1), at + 1
    if character in QUOTES:
        phrase, end = _phrase(text, at)
        return Token(Kind.PHRASE, phrase, at + 1), end
    if character in MINUSES:
        return _minus(text, at)
    return _word(text, at)


def _phrase(text: str, at: int) -> tuple[str, int]:
    """What stands between the quote at `at` and the next one, and where that ends."""
    for end in range(at + 1, len(text)):
        if text[end] in QUOTES:
            return text[at + 1 : end], end + 1
    raise QueryError("A quote is opened and never closed", at + 1, expected='a closing quote "')


def _minus(text: str, at: int) -> tuple[Token, int]:
    """A minus at the start of a term: NOT."""
    following = text[at + 1 : at + 2]
    if not following or following.isspace() or following in CLOSING:
        raise QueryError("A minus stands alone", at + 1, expected="a term right after the minus")
    return Token(Kind.OPERATOR, "NOT", at + 1), at + 1


def _word(text: str, at: int) -> tuple[Token, int]:
    """A word, an operator, or a field with its value."""
    end = _end_of_word(text, at)
    word = text[at:end]
    colon = next((place for place, character in enumerate(word) if character in COLONS), -1)
    if colon > 0 and _plain(word[:colon]).replace("_", "").isalpha():
        return _field(text, at, at + colon)
    plain = "" if at and text[at - 1] in MINUSES else _plain(word)
    if plain in _OPERATORS:
        return Token(Kind.OPERATOR, _OPERATORS[plain], at + 1), end
    if plain in {"NEAR", "ONEAR"} or plain.startswith(("NEAR/", "ONEAR/")):
        return Token(Kind.NEAR, plain, at + 1), end
    return Token(Kind.WORD, word, at + 1), end


def _field(text: str, at: int, colon: int) -> tuple[Token, int]:
    """The field whose name begins at `at` and whose colon stands at `colon`."""
    start = colon + 1
    quoted = text[start : start + 1] != "" and text[start] in QUOTES
    value, end = _phrase(text, start) if quoted else _bare_value(text, start)
    name = _plain(text[at:colon]).lower()
    return Token(Kind.FIELD, name, at + 1, value, min(start, len(text) - 1) + 1, quoted), end


def _bare_value(text: str, start: int) -> tuple[str, int]:
    """The value up to a space, bracket or quote."""
    end = _end_of_word(text, start)
    return text[start:end], end


def _end_of_word(text: str, at: int) -> int:
    """Where the run of characters from `at` meets a space, a bracket or a quote."""
    while at < len(text) and not (text[at].isspace() or text[at] in OPENING + CLOSING + QUOTES):
        at += 1
    return at


def _plain(text: str) -> str:
    """Full-width forms as their ASCII ones."""
    return unicodedata.normalize("NFKC", text)
