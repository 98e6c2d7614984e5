"""The fields a query may compare, and how their values are read."""

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from typing import Final

from tingfeng.home import config
from tingfeng.mentions.record import KINDS, LABELS
from tingfeng.mentions.text import fold
from tingfeng.queries.errors import QueryError, nearest
from tingfeng.queries.lexer import Token
from tingfeng.queries.tree import Comparison

#: Codes and ids, compared as they are stored.
CODES: Final = ("platform", "language", "kind", "label", "id")
#: Names that people chose, compared folded.
NAMES: Final = ("author", "region", "hashtag", "tag")
NUMBERS: Final = ("likes", "comments", "shares", "saves", "views", "engagement", "followers")
TIMES: Final = ("since", "until")
#: Where a field lies, when its column has another name.
COLUMNS: Final = {"followers": "author_followers", "since": "published_at", "until": "published_at"}
FIELDS: Final = (*CODES, *NAMES, *NUMBERS, *TIMES)
_WORDS: Final = (*FIELDS, "raw")

_NUMBER: Final = re.compile(r"(>=|<=|>|<|=|)(\d{1,18})")
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}(T.+)?", re.ASCII)


def comparison(token: Token, zone: tzinfo) -> Comparison:
    """The comparison that a field token stands for; raises QueryError for an unknown field or a bad value."""
    if token.text not in FIELDS:
        raise QueryError(
            f"There is no field {token.text!r}",
            token.position,
            expected=f"one of {', '.join(_WORDS)}, or quotes around words that hold a colon",
            nearest=_english(token.text) or nearest(token.text, _WORDS),
        )
    if not fold(token.value):
        raise QueryError(f"The field {token.text!r} has no value", token.value_position, expected="one after the colon")
    return _reader(token.text)(token, zone)


def _reader(field: str) -> Callable[[Token, tzinfo], Comparison]:
    """How values of `field` are read."""
    if field in NUMBERS:
        return _number
    return _time if field in TIMES else _text


def _text(token: Token, _zone: tzinfo) -> Comparison:
    """A comparison with a word or name."""
    if "*" in token.value and not token.value_quoted:
        raise _bad_value(token, "a whole value, without *")
    value = token.value if token.text in {"id", "author"} else fold(token.value)
    if token.text == "author":
        name = value.strip().lstrip("@＠")
        value = name if fold(name) else value
    if token.text == "hashtag":
        value = value.strip("#") or value
    possible = _possible(token.text)
    if possible and value not in possible:
        raise _bad_value(token, f"one of {', '.join(possible)}", nearest(value, possible))
    return Comparison(token.text, "=", value)


def _possible(field: str) -> tuple[str, ...]:
    """Every value of `field`, where all are known."""
    return {"platform": platforms(), "kind": KINDS, "label": LABELS}.get(field, ())


def platforms() -> tuple[str, ...]:
    """The platforms that mentions come from."""
    return tuple(config("platforms"))


def _number(token: Token, _zone: tzinfo) -> Comparison:
    """A comparison with a whole number."""
    read = _NUMBER.fullmatch(unicodedata.normalize("NFKC", token.value))
    if read is None:
        raise _bad_value(token, f"a whole number, as in {token.text}:>100")
    return Comparison(token.text, read[1] or "=", int(read[2]))


def _time(token: Token, zone: tzinfo) -> Comparison:
    """A bound in time: a date or an ISO time, in `zone` unless it names its own; kept as naive UTC."""
    text = unicodedata.normalize("NFKC", token.value)
    try:
        read = datetime.fromisoformat(text) if _DATE.fullmatch(text) else None
        local = read if read is None or read.tzinfo else read.replace(tzinfo=zone)
        bound = local.astimezone(UTC).replace(tzinfo=None) if local else None
    except (ValueError, OverflowError):
        bound = None
    if bound is None:
        raise _bad_value(token, f"a date or an ISO time, as in {token.text}:2025-01-13")
    return Comparison(token.text, ">=" if token.text == "since" else "<", bound)


def _bad_value(token: Token, expected: str, nearest: str | None = None) -> QueryError:
    what = f"The field {token.text!r} cannot be compared with {token.value!r}"
    return QueryError(what, token.value_position, expected=expected, nearest=nearest)


def _english(word: str) -> str | None:
    """The field that a Chinese reader calls `word`."""
    names: dict[str, str] = config("queries")["zh"]["fields"]
    return next((field for field, name in names.items() if name == word), None)
