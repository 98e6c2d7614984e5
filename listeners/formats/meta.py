"""What the three Graph APIs of Meta have in common: pages of `data`, errors, and pages without posts."""

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from listeners.nested import Document, Nested, Records, Refusal, Wrong, items

_AROUND: Final = frozenset({"data", "paging", "summary"})
#: Error messages repeat the token that was wrong.
_SECRET = re.compile(r"[\w-]{25,}")


def pages(looks: str, is_item: Callable[[Document], bool], records_of: Callable[[Document], Records]) -> Nested:
    """Documents that are an item, or a page of items, told by `is_item`; `records_of` gives the records of one item."""

    def fits(document: Document) -> bool:
        inside = items(document, "data")
        return is_item(inside[0] if inside else document)

    def records(document: Document) -> Iterator[Document | Wrong]:
        inside = [document] if is_item(document) else items(document, "data")
        for item in inside:
            if is_item(item):
                yield from records_of(item)
            else:
                yield Wrong("an item of another kind", item)

    return Nested(looks, fits, records)


def is_error(document: Document) -> bool:
    """Whether this is how a Graph API says that something is wrong."""
    error = document.get("error")
    return isinstance(error, dict) and ("fbtrace_id" in error or "OAuth" in str(error.get("type")))


def is_empty(document: Document) -> bool:
    """Whether this is a page of a Graph API without anything in it."""
    return document.get("data") == [] and document.keys() <= _AROUND


def refuse(document: Document) -> None:
    """Raise Refusal for an error and for an empty page; nobody can tell of which of Meta's platforms it is."""
    if is_error(document):
        message = _SECRET.sub("[token]", str(document["error"].get("message")))
        raise Refusal(f"Meta's Graph API answered with an error: {message}")
    if is_empty(document):
        raise Refusal("this page of Meta's Graph API is empty")


def replies(item: Document, key: str) -> list[Document]:
    """The comments below an item, as the field `key` holds them: a page, or a plain list."""
    return items(item, key, "data") or items(item, key)


def id_of(value: Any) -> str | None:
    """The id in an object like `{"id": "1"}`."""
    return str(value["id"]) if isinstance(value, dict) and value.get("id") else None
