"""The platform of a table or a row, from the words that people and exports use for it."""

import re
from functools import cache
from typing import Final

import polars as pl

from listeners import links
from listeners.table.vocabulary import comparable, words

_PIECE = re.compile(r"[a-z]+|[^\W\da-z_]+")
_DOMAIN: Final = r"(?i)^([a-z0-9-]+\.)+[a-z]{2,}$"
_SUFFIX = re.compile(r"\.[a-z]{2,7}$", re.IGNORECASE)
_SHORT: Final = 2
_LONG: Final = 8


@cache
def _platform_of_word() -> dict[str, str]:
    return {comparable(word): name for name, listed in words("platform_words").items() for word in listed}


def platforms_of_words(values: pl.Series) -> pl.Series:
    """The platform of each name, domain or link; the web for other domains, null for other words."""
    of_word = _platform_of_word()
    known = {value: name for value in values.drop_nulls().unique() if (name := of_word.get(comparable(value)))}
    named = values.replace_strict(list(known), list(known.values()), default=None, return_dtype=pl.String)
    linked = links.platforms(values)
    linked = linked.set(linked.is_null() & values.str.contains(_DOMAIN), "web")
    return named.zip_with(named.is_not_null(), linked)


def platform_of_header(header: tuple[str, ...]) -> str | None:
    """The platform that only its own column names give away."""
    signs = {comparable(word): name for word, name in words("platform_of_column").items()}
    return next((signs[name] for name in map(comparable, header) if name in signs), None)


def platform_of_path(path: str) -> str | None:
    """The platform that the file's name tells, or a folder above it, the nearest first."""
    for part in reversed(re.split(r"[/\\!]", path)):
        if found := _platform_of_part(part):
            return found
    return None


def _platform_of_part(part: str) -> str | None:
    stem = _SUFFIX.sub("", part)
    whole = comparable(stem)
    pieces = {comparable(piece) for piece in _PIECE.findall(stem.casefold())}
    silent = {comparable(word) for word in words("not_in_file_names")}
    for word, name in _platform_of_word().items():
        if word == whole:
            return name
        unmistakable = len(word) >= _LONG or not word.isascii()
        if word not in silent and ((word in pieces and len(word) > _SHORT) or (unmistakable and word in whole)):
            return name
    return None
