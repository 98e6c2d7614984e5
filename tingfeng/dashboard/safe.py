"""Texts of strangers, made harmless before a page shows them."""

import re
from collections.abc import Iterable, Mapping
from html import escape
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

Span = tuple[int, int]

#: What Streamlit makes links, icons and arrows of after it has taken escapes for what they stand for.
_MADE: Final = re.compile(
    r"""(?<=:)(?=//|material[_/]|streamlit:) | (?<=www)(?=\.) | (?<=[\w.+-]@)(?=\w)
    | (?<=(?<!\S)[-<>~])(?=[-=>]{1,2}(?!\S))""",
    re.IGNORECASE | re.VERBOSE,
)
_WORD_JOINER: Final = "\N{WORD JOINER}"


def plain(text: str) -> str:
    """`text` as Markdown that shows it literally, on one line; what would become a link or an icon is kept apart."""
    line = _MADE.sub(_WORD_JOINER, " ".join(text.split()))
    return "".join(f"\\{letter}" if letter in r"\`*_{}[]()<>#+-.!|$~:&" else letter for letter in line)


def badge(text: str, colour: str) -> str:
    """`text` as Markdown of a badge; `st.badge` escapes brackets once more."""
    return f":{colour}-badge[{plain(text)}]"


def link(url: str | None) -> str | None:
    """`url` if a browser may be sent there: absolute, http or https, no control characters."""
    if not url or any(ord(letter) <= 32 for letter in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.netloc else None


def marked(text: str, spans: Iterable[tuple[Span, str]], titles: Mapping[Span, str] = MappingProxyType({})) -> str:
    """`text` as HTML in which each span, leftmost first and not overlapping, stands in a `<mark>` of its classes.

    `titles` are what the marks of spans say when they are pointed at.
    """
    parts: list[str] = []
    at = 0
    for (start, end), style in sorted(spans):
        if start < at or start >= end:
            continue
        title = f' title="{escape(titles[start, end])}"' if (start, end) in titles else ""
        mark = f'<mark class="{escape(style)}"{title}>{escape(text[start:end])}</mark>'
        parts += [escape(text[at:start]), mark]
        at = end
    return "".join([*parts, escape(text[at:])]).replace("\n", "<br>")
