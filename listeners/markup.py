"""Texts that come as HTML, as people read them: tags gone, breaks as line ends, emoji by their names."""

import html
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Final

import polars as pl

_MARKED: Final = r"<[A-Za-z/!]|&[#A-Za-z]"
_BREAKING: Final = frozenset({"br", "p", "div", "li", "tr", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"})
_UNSPOKEN: Final = frozenset({"script", "style"})


class _Reader(HTMLParser):
    """Collects what is to be read; `<img alt="[doge]">` is the emoji that it shows."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unspoken = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A break, the name of an emoji, or the start of what nobody reads."""
        if tag in _UNSPOKEN:
            self._unspoken += 1
        elif tag in _BREAKING:
            self.parts.append("\n")
        elif tag == "img":
            self.parts.append(dict(attrs).get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        """A break, or the end of what nobody reads."""
        if tag in _UNSPOKEN:
            self._unspoken = max(0, self._unspoken - 1)
        elif tag in _BREAKING - {"br"}:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        """Words."""
        if not self._unspoken:
            self.parts.append(data)


def read(text: str) -> str:
    """What a reader sees of an HTML text; blank lines between paragraphs are one line end."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return "\n".join(line for line in lines if line)


def plain(texts: pl.Series) -> pl.Series:
    """HTML texts as people read them; the others as they are."""
    return _changed(texts, read)


def unescaped(texts: pl.Series) -> pl.Series:
    """Texts in which `&amp;` and the like stand for one character each."""
    return _changed(texts, html.unescape)


def _changed(texts: pl.Series, change: Callable[[str], str]) -> pl.Series:
    marked = texts.filter(texts.str.contains(_MARKED).fill_null(value=False)).unique()
    read = pl.Series([change(text) for text in marked], dtype=pl.String)
    return texts.replace(marked, read) if len(marked) else texts
