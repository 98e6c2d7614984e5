"""Google Play: reviews as scrapers write them, the Android Publisher API answers, and the Play Console exports."""

import re
from collections.abc import Iterator

from listeners.layout import LayoutListener
from listeners.nested import Document, Nested, Refusal, Wrong, has, items
from tingfeng.home import config

#: Where lists of reviews are: scrapers of either language, and the API.
_LISTS = ("results", "data", "reviews")
#: What scrapers of the App Store, who write the same names otherwise, do not have.
_OF_SCRAPERS = frozenset({"reviewId", "thumbsUp", "scoreText"})
_APP = re.compile(r"/details\?id=([\w.]+)")


def googleplay() -> LayoutListener:
    """Reviews with the app, where it is known, as what they answer to. What the developer replied is left out."""
    looks = "JSON of google-play-scraper or of the Android Publisher API: reviews with `score` or `userComment`"
    return LayoutListener.of("googleplay", config("listeners/googleplay"), Nested(looks, _fits, _records))


def _fits(document: Document) -> bool:
    errors = items(document, "error", "errors")
    if any(str(error.get("domain")).startswith("androidpublisher") for error in errors):
        return True
    return _is_review(document) or any(_is_review(item) for name in _LISTS for item in items(document, name))


def _is_review(item: Document) -> bool:
    scraped = has(item, "userName", "score") and bool(_OF_SCRAPERS & item.keys())
    return scraped or (has(item, "reviewId", "comments") and bool(items(item, "comments")))


def _records(document: Document) -> Iterator[Document | Wrong]:
    error = document.get("error")
    if isinstance(error, dict):
        raise Refusal(f"the Google Play API answered with an error: {error.get('message')}")
    if _is_review(document):
        yield _review(document)
        return
    for name in _LISTS:
        yield from map(_review, items(document, name))


def _review(item: Document) -> Document | Wrong:
    """A review; the API puts the author's words among the comments on it, title and text parted by a tab."""
    if not _is_review(item):
        return Wrong("the record is no review", item)
    if "comments" not in item:
        app = _APP.search(str(item.get("url")))
        return {**item, "appId": app[1]} if app else item
    said = next((one["userComment"] for one in items(item, "comments") if "userComment" in one), None)
    if not isinstance(said, dict):
        return Wrong("a review without its author's words", item)
    title, _, text = str(said.get("text") or "").rpartition("\t")
    return {**item, "userComment": {**said, "title": title.strip(), "text": text}}
