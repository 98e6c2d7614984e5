"""Counts as sites and people write them: `1.2万`, `1千+`, `53.3M`, `3,204`, and the word a site shows for none."""

import re
import unicodedata
from decimal import Decimal
from typing import Final, NamedTuple

import polars as pl


class Count(NamedTuple):
    """A number of things; `at_least` when it was written as a lower bound (`10万+`)."""

    value: int
    at_least: bool


_ZERO: Final = frozenset({"赞", "点赞", "评论", "收藏", "分享", "转发"})
_UNITS: Final = {
    "": 1,
    "千": 10**3,
    "k": 10**3,
    "万": 10**4,
    "萬": 10**4,
    "w": 10**4,
    "m": 10**6,
    "百万": 10**6,
    "亿": 10**8,
    "億": 10**8,
    "b": 10**9,
}
_NUMBER = re.compile(
    r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(e\+?\d{1,2})? ?(千|k|百万|[万萬w]|m|[亿億]|b)? ?(\+)?", re.IGNORECASE
)
#: Nothing is liked more often; a larger number is an id or a slip, and would drown every sum.
_LARGEST: Final = 10**15
_MOST_DIGITS: Final = 15


def parse_count(text: str) -> Count | None:
    """The count that `text` says; None for unknown (empty, `-`, `N/A`, `无`), negative or unreadable."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain in _ZERO:
        return Count(0, at_least=False)
    found = _NUMBER.fullmatch(plain)
    if not found:
        return None
    whole, fraction, exponent, unit, plus = found.groups(default="")
    value = Decimal(whole.replace(",", "") + fraction + exponent) * _UNITS[unit.lower()]
    if value > _LARGEST or (not unit and value != value.to_integral_value()):
        return None
    return Count(round(value), bool(plus))


def counts(series: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Values (Int64, null: unknown) and whether each is a lower bound (Boolean) of counts written as text."""
    if series.null_count() == len(series):
        return series.cast(pl.Int64), pl.repeat(False, len(series), eager=True).alias(series.name)  # noqa: FBT003
    text = series.cast(pl.String)
    plain = text.cast(pl.Int64, strict=False)
    plain = plain.set((text < "0") | (text.str.len_bytes() > _MOST_DIGITS), None)  # a sign stands below the digits
    odd = text.filter(plain.is_null() & text.is_not_null()).unique()
    known = [(word, count) for word in odd if (count := parse_count(word))]
    at_least = text.is_in([word for word, count in known if count.at_least]).fill_null(value=False)
    if not known:
        return plain.alias(series.name), at_least.alias(series.name)
    words = [word for word, _ in known]
    parsed = text.replace_strict(words, [count.value for _, count in known], default=None, return_dtype=pl.Int64)
    values = plain.to_frame("plain").select(pl.coalesce("plain", parsed))["plain"]
    return values.alias(series.name), at_least.alias(series.name)
