"""GDELT: lists of articles of its DOC 2.0 API."""

from collections.abc import Iterator

from listeners.layout import LayoutListener
from listeners.nested import Document, Nested, Wrong, has, items
from tingfeng.home import config


def gdelt() -> LayoutListener:
    """Headlines of news all over the world."""
    looks = "JSON of GDELT's DOC API: `articles` with `seendate` and `domain`"
    return LayoutListener.of("gdelt", config("listeners/gdelt"), Nested(looks, _fits, _records))


def _fits(document: Document) -> bool:
    return any(map(_is_article, items(document, "articles"))) or _is_article(document) or document == {"articles": []}


def _is_article(item: Document) -> bool:
    return has(item, "url", "seendate", "domain")


def _records(document: Document) -> Iterator[Document | Wrong]:
    articles = [document] if _is_article(document) else items(document, "articles")
    yield from (item if _is_article(item) else Wrong("a record that is no article", item) for item in articles)
