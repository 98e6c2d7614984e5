"""Apify: datasets of the actors for TikTok, Instagram and LinkedIn, as JSON, CSV or workbook."""

from collections.abc import Iterator
from typing import Final

from listeners.formats.linkedin import handle_in
from listeners.layout import LayoutListener
from listeners.nested import Document, Nested, has, items
from tingfeng.home import config

_VIDEOS: Final = "an Apify dataset of TikTok videos: `webVideoUrl`, `diggCount`, `text`"
_POSTS: Final = "an Apify dataset of Instagram posts: `shortCode`, `ownerUsername`, `commentsCount`"
_COMMENTS: Final = "an Apify dataset of Instagram comments: `postUrl`, `ownerUsername`, `text`, `timestamp`"
_SEARCHED: Final = "an Apify dataset of LinkedIn posts: `urn`, `authorName`, `numLikes`"


def apify_tiktok() -> LayoutListener:
    """Videos."""
    return LayoutListener.of("apify_tiktok", config("listeners/apify_tiktok"), Nested(_VIDEOS, _is_video, _videos))


def apify_tiktok_comments() -> LayoutListener:
    """Comments below TikTok videos."""
    return LayoutListener.of("apify_tiktok_comments", config("listeners/apify_tiktok_comments"))


def apify_instagram() -> LayoutListener:
    """Posts; the last comments that they carry are read too."""
    return LayoutListener.of("apify_instagram", config("listeners/apify_instagram"), Nested(_POSTS, _is_post, _posts))


def apify_instagram_comments() -> LayoutListener:
    """Comments below Instagram posts, and replies to them."""
    nested = Nested(_COMMENTS, _is_comment, _comments)
    return LayoutListener.of("apify_instagram_comments", config("listeners/apify_instagram_comments"), nested)


def apify_linkedin() -> LayoutListener:
    """Posts of a search."""
    nested = Nested(_SEARCHED, _is_searched, _searched)
    return LayoutListener.of("apify_linkedin", config("listeners/apify_linkedin"), nested)


def _is_video(document: Document) -> bool:
    return has(document, "webVideoUrl", "diggCount") or ("authorMeta" in document and "videoMeta" in document)


def _is_post(document: Document) -> bool:
    return has(document, "shortCode", "ownerUsername")


def _is_comment(document: Document) -> bool:
    return has(document, "postUrl", "text", "timestamp", "ownerUsername")


def _is_searched(document: Document) -> bool:
    return has(document, "urn", "authorName", "numLikes")


def _videos(document: Document) -> list[Document]:
    return [document]


def _posts(document: Document) -> Iterator[Document]:
    yield document
    for comment in items(document, "latestComments"):
        yield from _comment(comment, document.get("id"), document.get("url"), None)


def _comments(document: Document) -> Iterator[Document]:
    yield from _comment(document, document.get("postId"), document.get("postUrl"), None)


def _comment(item: Document, post: str | None, link: str | None, parent: str | None) -> Iterator[Document]:
    yield {**item, "type": "Comment", "postId": post, "postUrl": link, "parent": parent}
    for reply in items(item, "replies"):
        yield from _comment(reply, post, link, item.get("id"))


def _searched(document: Document) -> list[Document]:
    """A post of a search."""
    kind = "video" if "video" in str(document.get("type")).lower() else "post"
    root = document.get("rootShare")
    silent = document.get("isRepost") is True and not document.get("text")
    reposted = root.get("urn") if silent and isinstance(root, dict) else None
    return [{**document, "handle": handle_in(document.get("authorProfileUrl")), "kind": kind, "reposted": reposted}]
