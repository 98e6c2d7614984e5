"""WeChat articles with their comments, as the collector wechat-article-exporter saves them."""

from collections.abc import Iterator

import polars as pl

from listeners import links
from listeners.layout import LayoutListener
from listeners.nested import Document, Nested, has, items
from tingfeng.home import config

_LOOKS = "columns 公众号, 链接, 摘要, 阅读; or JSON objects with aid, link, title, digest"


def wechat_article_exporter() -> LayoutListener:
    """A table of articles, or a list of JSON objects that also carry the comments."""
    rules = config("listeners/wechat_article_exporter")
    return LayoutListener.of("wechat_article_exporter", rules, Nested(_LOOKS, _fits, _records))


def _fits(document: Document) -> bool:
    return has(document, "aid", "link", "title", "digest")


def _records(article: Document) -> Iterator[Document]:
    """The article, the comments that readers left under it, and the answers to these."""
    key = links.post_ids("wechat", pl.Series([str(article.get("link"))]))[0]
    yield {**article, "key": key}
    for comment in items(article, "comments"):
        above = comment.get("content_id") or comment.get("id")
        yield _comment(comment, above, key, article)
        for answer in items(comment, "reply_new", "reply_list"):
            own = answer.get("reply_id")
            yield {**_comment(answer, own and f"{above}_{own}", key, article), "above": above}


def _comment(comment: Document, key: object, post: str | None, article: Document) -> Document:
    return {**comment, "key": key, "post": post, "kind": "comment", "link": article.get("link")}
