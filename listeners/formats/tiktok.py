"""TikTok: answers of the Research API, and videos as its web pages and their collectors have them."""

import re
from collections.abc import Iterator
from typing import Any, Final

from listeners.layout import LayoutListener
from listeners.nested import Document, Nested, Refusal, Wrong, has, items
from tingfeng.home import config

_RESEARCH: Final = "JSON of TikTok's Research API: `data.videos` or `data.comments`, or their items"
_WEB: Final = "JSON of TikTok's web pages: objects with `desc`, `createTime`, `author` and `stats`"
_ID: Final = re.compile(r"\d{15,20}")
#: Where pages hold their videos: a list, or one video.
_LISTS: Final = ("itemList", "items", "item_list")


def tiktok() -> LayoutListener:
    """The Research API's videos and comments."""
    return LayoutListener.of("tiktok", config("listeners/tiktok"), Nested(_RESEARCH, _fits, _records))


def tiktok_web() -> LayoutListener:
    """Videos of web pages, as TikTok-Api and browsers save them."""
    return LayoutListener.of("tiktok_web", config("listeners/tiktok_web"), Nested(_WEB, _fits_web, _of_pages))


def tiktok_ytdlp() -> LayoutListener:
    """Lists of videos and `info.json` files that yt-dlp makes."""
    return LayoutListener.of("tiktok_ytdlp", config("listeners/tiktok_ytdlp"))


def _fits(document: Document) -> bool:
    error = document.get("error")
    inside = document.get("data")
    listed = isinstance(inside, dict) and bool({"videos", "comments"} & inside.keys())
    answered = isinstance(error, dict) and "code" in error and (listed or "log_id" in error)
    return answered or _is_item(document) or any(map(_is_item, _answered(document)))


def _is_item(document: Document) -> bool:
    if has(document, "id", "video_description"):
        return True
    return has(document, "id", "video_id", "text", "create_time") and bool(_ID.fullmatch(str(document["video_id"])))


def _answered(document: Document) -> list[Document]:
    return items(document, "data", "videos") + items(document, "data", "comments")


def _records(document: Document) -> Iterator[Document | Wrong]:
    if _is_item(document):
        yield _named(document)
        return
    error = document.get("error")
    if isinstance(error, dict) and error.get("code", "ok") != "ok":
        raise Refusal(f"the TikTok API answered with an error: {error.get('message') or error['code']}")
    found = _answered(document)
    if not found:
        raise Refusal("this page of the TikTok API is empty")
    for item in found:
        yield _named(item) if _is_item(item) else Wrong("an item of another kind", item)


def _named(item: Document) -> Document:
    return {**item, "kind": "comment" if "video_id" in item else "video"}


def is_web_item(document: Document) -> bool:
    """Whether this is a video as web pages have it."""
    return has(document, "id", "desc", "createTime", "author") and bool({"stats", "statsV2"} & document.keys())


def _page(document: Document) -> list[Document]:
    """The videos of a page, in whatever of its lists they are."""
    one = document.get("itemInfo")
    single = [one["itemStruct"]] if isinstance(one, dict) and isinstance(one.get("itemStruct"), dict) else []
    found = [item.get("item") or item for item in items(document, "data")]
    return [*single, *found, *(item for name in _LISTS for item in items(document, name))]


def _fits_web(document: Document) -> bool:
    return is_web_item(document) or any(isinstance(one, dict) and is_web_item(one) for one in _page(document)[:1])


def _of_pages(document: Document) -> Iterator[Document | Wrong]:
    for item in [document] if is_web_item(document) else _page(document):
        yield web_item(item) if is_web_item(item) else Wrong("an item of another kind", item)


def web_item(item: Document) -> Document:
    """A video with its author as one object: some pages write only the name of the account, and the rest beside it."""
    author: Any = item["author"]
    if not isinstance(author, dict):
        author = {"uniqueId": author, "nickname": item.get("nickname"), "id": item.get("authorId")}
    return {**item, "author": author, "kind": "post" if item.get("imagePost") else "video"}
