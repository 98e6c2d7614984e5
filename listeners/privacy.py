"""What must not be kept of people who were only listened to: what leads to them, by names of columns and by values."""

import json
import re
import unicodedata
from functools import cache, lru_cache
from typing import Any, Final

import polars as pl

from tingfeng.home import config
from tingfeng.mentions.counts import parse_count

_LONGEST_EXCERPT: Final = 2000
#: The start of a contact that an excerpt may have cut.
_CUT = re.compile(r"[0-9A-Za-z@＠._%+() -]{1,64}\Z")

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_WORD = re.compile(r"[a-z]+|[^\W\d_a-z]+")
_LINK = re.compile(r"\s*(https?:)?//", re.IGNORECASE)

_E_MAIL: Final = r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]++(?:[@＠]|\\u0040)(?:[A-Za-z0-9-]++\.)+[A-Za-z]{2,}"
#: Long hexadecimal ids stay, whatever their digits look like.
_HEX: Final = r"(?<![0-9A-Za-z])(?=[0-9]*[A-Fa-f])[0-9A-Fa-f-]{20,}"
_DAY: Final = r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_REGION: Final = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])\d{4}"
_ID_CARD: Final = rf"(?<![0-9A-Za-z]){_REGION}{_DAY}\d{{3}}[\dXx](?![0-9A-Za-z])"
_BYTE: Final = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_IP: Final = rf"(?<![\d.vV]){_BYTE}(?:\.{_BYTE}){{3}}(?!\.?\d)"
_GAP: Final = "[ \u00a0\u2010\u2011\u2013-]?"
_GROUPS: Final = "|".join(
    _GAP.join(rf"\d{{{size}}}" for size in sizes) for sizes in ((0, 4, 4), (0, 3, 5), (1, 3, 4), (1, 4, 3), (2, 6))
)
_MAINLAND: Final = (
    rf"(?<!\d)(?<!\d\.)(?:(?:\+|00)?86{_GAP})?[(（]?[1１][3-9３-９]\d[)）]?(?:{_GROUPS}|\.\d{{4}}\.\d{{4}})(?!\d)"
)
_ABROAD: Final = r"(?<![0-9A-Za-z.])(?:\+|00)[1-9](?:[ ().\u00a0\u2010\u2011\u2013-]{0,2}\d){8,14}(?!\d)"
_LOCAL: Final = r"(?<![\d-])(?:0\d{2,3}-\d{7,8}|(?:\(\d{3}\) ?|\d{3}[-.])\d{3}[-.]\d{4})(?![\d-])"

#: What stands for each kind of contact.
_MARKS: Final = {"e_mail": "[e-mail]", "id_card": "[id card]", "ip": "[ip]", "phone": "[phone]"}
_CONTACT = re.compile(
    f"(?P<e_mail>{_E_MAIL})|(?P<hex>{_HEX})|(?P<id_card>{_ID_CARD})|(?P<ip>{_IP})|(?P<phone>{_MAINLAND}|{_ABROAD}|{_LOCAL})"
)
#: What every contact has: the sign of an address, four numbers with points, or seven digits. It is found much faster.
_SUSPECT: Final = r"[@＠]|\\u0040|\d(?:\.\d{1,3}){3}|\d(?:\D{0,3}\d){6}"
_SUSPICIOUS = re.compile(_SUSPECT)

#: Where JSON is broken: a name, and the value behind it, which ends with the text where it is no plain one.
_NAME = re.compile(r"""(\\*["'])((?:[^"'\\]|\\u[0-9A-Fa-f]{4})*)\1\s*:\s*""")
_VALUE = re.compile(r"""[\[{].*|(\\*["'])(?:(?!\1)\\?.)*(?:\1|\Z)|[^,}\]"']*""", re.DOTALL)
_ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})")


def masked(names: pl.Series) -> pl.Series:
    """Names without the contacts in them."""
    odd = names.filter(names.str.contains(_SUSPECT).fill_null(value=False)).unique()
    if odd.is_empty():
        return names
    return names.replace(odd, pl.Series([mask(name) for name in odd], dtype=pl.String))


def are_contacts(values: pl.Series) -> pl.Series:
    """Whether each value is a contact and nothing else; null stays null."""
    return masked(values).is_in([*_MARKS.values()])


def mask(text: str) -> str:
    """`text` with a mark for each e-mail address, phone number, network address and identity card, without tokens."""
    plain = _tokens().sub(r"\1", text) if "=" in text else text
    return _CONTACT.sub(_mark, plain) if _SUSPICIOUS.search(plain) else plain


@cache
def _tokens() -> re.Pattern[str]:
    names = "|".join(config("private")["tokens"])
    return re.compile(rf"((?:[?&]|\\u0026)(?:{names})=)[^&#\s\"'\\<>]+", re.IGNORECASE)


def _mark(found: re.Match[str]) -> str:
    return _MARKS.get(found.lastgroup or "", found[0])


def is_private(column: str, value: object) -> bool:
    """Whether a cell of this column leads to a person, as config/private.yaml says."""
    if _private(column) or (_place(column) and not (isinstance(value, str) and _LINK.match(value))):
        return True
    return _crowd(column) and parse_count(str(value)) is None


@lru_cache(4096)
def _private(column: str) -> bool:
    words, rules = _words(column), config("private")
    whole = "".join(words)
    named = whole in {"".join(_words(name)) for name in rules["names"]}
    return not _harmless(words) and (named or _has(whole, rules["parts"]) or bool(set(words) & {*rules["words"]}))


@lru_cache(4096)
def _place(column: str) -> bool:
    words = _words(column)
    return not _harmless(words) and _has("".join(words), config("private")["places"])


@lru_cache(4096)
def _crowd(column: str) -> bool:
    """Whether a column begins with the name of a list of people, as that of one of them does: `reactions/0/name`."""
    words = _words(column)
    whole = "".join(words)
    return not _harmless(words) and any(whole.startswith("".join(_words(name))) for name in config("private")["crowds"])


def _harmless(words: list[str]) -> bool:
    whole = "".join(words)
    return any(word in (words if word.isascii() else whole) for word in config("private")["harmless"])


def _has(whole: str, parts: list[str]) -> bool:
    return any(part in whole for part in parts)


def _words(column: str) -> list[str]:
    """The words of a column's name, folded."""
    return _WORD.findall(_CAMEL.sub(" ", unicodedata.normalize("NFKC", column)).casefold())


def without_contacts(value: Any) -> Any:
    """A value of JSON, or a cell, in which what leads to a person is empty or masked."""
    if isinstance(value, dict):
        return {mask(key): None if is_private(key, inner) else without_contacts(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [without_contacts(inner) for inner in value]
    if isinstance(value, str):
        return _without_inner_contacts(value) if value.startswith(("{", "[")) else mask(value)
    said = str(value)
    return value if mask(said) == said else mask(said)


def _without_inner_contacts(text: str) -> str:
    """A cell that is JSON, or looks like it; unchanged to the letter where nothing had to go."""
    try:
        value = json.loads(text)
        kept = without_contacts(value)
    except (ValueError, RecursionError):
        return without_contacts_of_broken(text)
    return text if kept == value else json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def without_contacts_of_broken(text: str) -> str:
    """A text that should have been JSON, in which what leads to a person is empty or masked."""
    parts, start = [], 0
    for name in _NAME.finditer(text):
        value = _VALUE.match(text, name.end())
        column = _ESCAPED.sub(lambda sign: chr(int(sign[1], 16)), name[2])
        if value and name.start() >= start and is_private(column, value[0].strip("\\\"'")):
            parts.append(f'{text[start : name.start()]}"{column}": null')
            start = value.end()
    return mask("".join([*parts, text[start:]]))


def excerpt(text: str) -> str:
    """The start of a text that should have been JSON, without what leads to a person."""
    plain = text.replace("\0", "")
    start = plain[:_LONGEST_EXCERPT]
    return without_contacts_of_broken(start if start == plain else _CUT.sub("", start))
