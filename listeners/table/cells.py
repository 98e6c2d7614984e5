"""Cells of tables made into values of fields: ids, stars, lists and places as people and exports write them."""

import re
from typing import Final

import polars as pl

_NOTHING: Final = ("", "null", "none", "nan", "n/a", "-", "--", "undefined", "$undefined", "无", "未知", "unknown")
_LONGEST_NOTHING: Final = max(len(word.encode()) for word in _NOTHING)
_WRAPPING: Final = "\t \"'=\u200b\ufeff"
_NAMED = re.compile(r"""['"](?:name|title)['"]\s*:\s*(?:'([^']*)'|"([^"]*)")""")
_SEPARATORS = re.compile(r"[|,，、;；#＃\n]+")
_FRAME: Final = " \t[]()\"'{}"
_TOPIC_MARK: Final = "[话题]"


def known(values: pl.Series) -> pl.Series:
    """Trimmed values; null for the words that mean nothing."""
    if values.null_count() == len(values):
        return values
    plain = values.str.strip_chars()
    short = plain.filter(plain.str.len_bytes() <= _LONGEST_NOTHING).unique()
    nothing = short.filter(short.str.to_lowercase().is_in(_NOTHING))
    return plain.set(plain.is_in(nothing.implode()), None) if len(nothing) else plain


def ids(values: pl.Series) -> pl.Series:
    """Ids without what tools wrap around them to save them from spreadsheets; `0` is no id."""
    if values.null_count() == len(values):
        return values
    plain = known(values.str.strip_chars(_WRAPPING))
    if plain.str.ends_with(".0").any():
        plain = plain.str.replace(r"^(\d{1,15})\.0$", "$1")
    return plain.set(plain == "0", None)


def handles(values: pl.Series) -> pl.Series:
    """Names of accounts without their `@`; what has a space is no such name."""
    plain = known(values).str.strip_prefix("@")
    return plain.set(plain.str.contains(r"\s"), None)


def ratings(values: pl.Series) -> pl.Series:
    """Stars as numbers (Float64): written as a number, or drawn."""
    if values.null_count() == len(values):
        return values.cast(pl.Float64)
    drawn = values.str.count_matches("[★⭐]").cast(pl.Float64)
    number = values.str.extract(r"(\d+(?:[.]\d+)?)", 1).cast(pl.Float64, strict=False)
    return number.zip_with(number.is_not_null(), drawn.set(drawn == 0, None))


def places(values: pl.Series) -> pl.Series:
    """Regions without the words that sites write before them."""
    if values.null_count() == len(values):
        return values
    return known(values.str.replace(r"^\s*(发布于|来自|IP属地|ip属地)[:：\s]*", ""))


def lists(values: pl.Series) -> pl.Series:
    """Lists joined with `|`, each word once, whatever parted them; Python and JSON lists are read too."""
    written = values.drop_nulls().unique()
    read = [_joined(value) for value in written]
    return values.replace_strict(written, pl.Series(read, dtype=pl.String), default=None, return_dtype=pl.String)


def _joined(value: str) -> str | None:
    found = [one or other for one, other in _NAMED.findall(value)]
    if not found:
        text = value.replace(_TOPIC_MARK, "#")
        spaced = text.lstrip().startswith(("#", "＃"))
        found = re.split(r"\s+|[|,，、;；#＃]+", text) if spaced else _SEPARATORS.split(text)
    trimmed = (word.strip(_FRAME) for word in found)
    return "|".join(dict.fromkeys(word.lstrip("#＃") for word in trimmed if word)) or None
