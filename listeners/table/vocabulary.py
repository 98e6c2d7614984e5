"""How tables name their columns: names made comparable, and what each of them may stand for."""

import re
import unicodedata
from functools import cache
from typing import Any, Final

from tingfeng.home import config

#: What a mapping may assign: fields of the mention, and three columns that go into other fields.
COUNTS: Final = ("likes", "comments", "shares", "saves", "views", "views_estimated", "author_followers")
FIELDS: Final = (
    "platform",
    "id",
    "kind",
    "parent_id",
    "root_id",
    "reposted_id",
    "url",
    "author_id",
    "author_name",
    "author_handle",
    "author_followers",
    "published_at",
    "time_of_day",
    "collected_at",
    "title",
    "text",
    "region",
    "likes",
    "comments",
    "shares",
    "saves",
    "views",
    "views_estimated",
    "rating",
    "hashtags",
    "keywords",
)

_DECORATION = re.compile(r"[\s_\-./:#·'\"*]+")
_BRACKETED = re.compile(r"[(\[【（].*?[)\]】）]")
_STEP: Final = 0.01
_PREFIXED: Final = 0.9


def words(section: str) -> Any:
    """A section of `config/columns.yaml`."""
    return config("columns")[section]


@cache
def comparable(name: str) -> str:
    """`name` without case, width, spaces, punctuation and remarks in brackets."""
    wide = unicodedata.normalize("NFKC", name).casefold()
    return _DECORATION.sub("", _BRACKETED.sub("", wide) or wide)


def is_chinese(name: str) -> bool:
    """Whether a column's name has a Han character."""
    return any("\u4e00" <= sign <= "\u9fff" for sign in name)


def is_never_taken(column: str) -> bool:
    """Whether a column is private, a picture, or a total that mixes what is counted apart."""
    return comparable(column) in _never_taken()


@cache
def _never_taken() -> frozenset[str]:
    return frozenset(map(comparable, words("never")))


def fit_of_name(field: str, column: str) -> float:
    """How well a column's name says `field`: 1 the usual name, 0 not at all."""
    name = comparable(column)
    if field in COUNTS:
        return max((_rank(_bare(part), words("counts")[field]) * fit for part, fit in _parts(name)), default=0.0)
    return max((_rank(part, words("fields").get(field, ())) * fit for part, fit in _parts(name)), default=0.0)


def is_name_of(field: str, column: str) -> bool:
    """Whether a column's whole name is one of those of `field`."""
    name = comparable(column)
    return bool(_rank(_bare(name), words("counts")[field]) if field in COUNTS else _rank(name, words("fields")[field]))


def _parts(name: str) -> list[tuple[str, float]]:
    """`name`, then what is left of it behind a word for things or people."""
    fronts = (comparable(word) for word in (*words("things"), *words("people")))
    return [(name, 1.0), *((name.removeprefix(front), _PREFIXED) for front in fronts if name.startswith(front))]


def _rank(name: str, known: list[str]) -> float:
    for place, word in enumerate(known):
        if name == comparable(word):
            return 1 - _STEP * place
    return 0.0


def _bare(name: str) -> str:
    """The name of a count without the words that say that it is one."""
    before, after = words("counting")["before"], words("counting")["after"]
    for front in before:
        if name.startswith(front) and len(name) > len(front) + 2:
            name = name.removeprefix(front)
            break
    for back in sorted(after, key=len, reverse=True):
        if name.endswith(back) and len(name) > len(back):
            return name.removesuffix(back)
    return name
