"""App Store Connect: the customer reviews of one's own apps, as Apple's API answers."""

import re
from collections.abc import Iterator

from listeners.layout import LayoutListener
from listeners.nested import Document, Nested, Refusal, Wrong, has, items
from tingfeng.home import config

_KIND = "customerReviews"
_APP = re.compile(r"/apps/(\d+)/")


def appstore_connect() -> LayoutListener:
    """Reviews with the app as what they answer to, and the country of the store as their region."""
    looks = "JSON of the App Store Connect API: `data` of the type `customerReviews`"
    return LayoutListener.of("appstore_connect", config("listeners/appstore_connect"), Nested(looks, _fits, _records))


def _fits(document: Document) -> bool:
    errors = items(document, "errors")
    if errors and "data" not in document:
        return all(has(error, "status", "code", "title", "detail") for error in errors)
    return f"/{_KIND}" in _address(document) or any(item.get("type") == _KIND for item in _data(document))


def _address(document: Document) -> str:
    """Where the answer came from; it names the app."""
    links = document.get("links")
    return " ".join(map(str, links.values())) if isinstance(links, dict) else ""


def _data(document: Document) -> list[Document]:
    """The items of an answer: several, one, or the document itself where somebody took it out of one."""
    if document.get("type") == _KIND:
        return [document]
    data = document.get("data")
    return [data] if isinstance(data, dict) else items(document, "data")


def _records(document: Document) -> Iterator[Document | Wrong]:
    if "errors" in document and "data" not in document:
        said = "; ".join(f"{error['title']} {error['detail']}" for error in items(document, "errors"))
        raise Refusal(f"App Store Connect answered with an error: {said}")
    app = _APP.search(_address(document))
    countries = config("territories")
    for item in _data(document):
        if item.get("type") != _KIND:
            yield Wrong(f"an item of the type {item.get('type')}", item)
            continue
        attributes = item.get("attributes")
        territory = str(attributes.get("territory") or "") if isinstance(attributes, dict) else ""
        yield {**item, "app": app[1] if app else None, "country": countries.get(territory, territory)}
