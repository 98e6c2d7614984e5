"""Weibo: answers of the open API and of the mobile site, and what four collectors save of it."""

from collections.abc import Iterator

from listeners.layout import LayoutListener
from listeners.nested import Document, Nested, Records, Refusal, Wrong, has, items
from tingfeng.home import config

_LISTS = ("statuses", "reposts", "comments")
_ERROR = frozenset({"error", "error_code", "error_description", "request"})
_OF_SAID = frozenset({"user", "status", "attitudes_count", "deleted"})
_API = "JSON of the Weibo API: statuses, reposts or comments; or of m.weibo.cn: cards with mblog"
_CRAWLER = "columns bid, 正文, 头条文章url, 原始图片url, 工具; or JSON with user and weibo"
_SPIDER = "JSON lines with _id, mblogid, content, created_at"


def weibo() -> LayoutListener:
    """Posts, forwards and comments. The post that a forward or a comment is about is only referenced."""
    return LayoutListener.of("weibo", config("listeners/weibo"), Nested(_API, _is_answer, _answered))


def weibo_search() -> LayoutListener:
    """Posts of a search; a forward and its original are rows of their own."""
    return LayoutListener.of("weibo_search", config("listeners/weibo_search"))


def weibo_crawler() -> LayoutListener:
    """The posts of one account, as a table or as JSON that also tells the account."""
    nested = Nested(_CRAWLER, _is_account, _of_account)
    return LayoutListener.of("weibo_crawler", config("listeners/weibo_crawler"), nested)


def weibo_spider() -> LayoutListener:
    """Posts line by line."""
    nested = Nested(_SPIDER, lambda one: has(one, "_id", "mblogid", "content", "created_at"), lambda one: [one])
    return LayoutListener.of("weibo_spider", config("listeners/weibo_spider"), nested)


def weibo_bazhuayu() -> LayoutListener:
    """Posts as the template of 八爪鱼 for Weibo's search saves them."""
    return LayoutListener.of("weibo_bazhuayu", config("listeners/weibo_bazhuayu"))


def _is_answer(document: Document) -> bool:
    listed = any(_is_said(one) for name in _LISTS for one in items(document, name))
    empty = has(document, "total_number") and any(name in document for name in _LISTS)
    return listed or empty or _is_error(document) or bool(_cards(document)) or _is_said(document)


def _is_error(document: Document) -> bool:
    return has(document, "error", "error_code") and document.keys() <= _ERROR


def _is_said(one: Document) -> bool:
    """Whether an object is a post or a comment of Weibo."""
    named = "idstr" in one or "mid" in one
    return named and has(one, "created_at", "text") and bool(_OF_SAID & one.keys())


def _answered(document: Document) -> Records:
    if _is_error(document):
        raise Refusal(f"the Weibo API answered with an error: {document.get('error')} ({document['error_code']})")
    if _is_said(document):
        return [_of_said(document)]
    found = [*(one for name in _LISTS for one in items(document, name)), *_posts_of_cards(document)]
    if not found:
        raise Refusal("the page of the Weibo API is empty")
    return [_of_said(one) for one in found]


def _cards(document: Document) -> list[Document]:
    return [card for card in items(document, "data", "cards") if "mblog" in card or "card_group" in card]


def _posts_of_cards(document: Document) -> Iterator[Document]:
    for card in _cards(document):
        yield from (one["mblog"] for one in (card, *items(card, "card_group")) if isinstance(one.get("mblog"), dict))


def _of_said(one: Document) -> Document | Wrong:
    """A post or comment that says whether the site cut its text."""
    if str(one.get("deleted")) == "1" or (not one.get("user") and "attitudes_count" not in one and "status" not in one):
        return Wrong("the post was deleted or is hidden", one)
    if "status" in one or "rootid" in one:
        return {**one, "kind": "comment"}
    return {**one, "cut": bool(one.get("isLongText")) and not one.get("longText")}


def _is_account(document: Document) -> bool:
    return isinstance(document.get("user"), dict) and isinstance(document.get("weibo"), list)


def _of_account(document: Document) -> Iterator[Document | Wrong]:
    if not items(document, "weibo"):
        raise Refusal("the file holds an account without posts")
    for post in items(document, "weibo"):
        yield {**post, "user": document["user"]}
