"""Zeeschuimer: what a browser showed to one person, a line for each post, with the platform's own object in `data`."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from listeners.formats.linkedin import handle_in
from listeners.formats.tiktok import is_web_item, web_item
from listeners.layout import LayoutListener
from listeners.nested import Document, Nested, Wrong, has, inner, items
from tingfeng.home import config

Read = Callable[[Document], Document | Wrong]

_ENVELOPE: Final = ("item_id", "timestamp_collected", "source_platform", "data")
_ACTIVITY = re.compile(r"urn:li:activity:\d+")
_ADVERTISED: Final = "https://www.facebook.com/ads/ig_redirect"
_UNDEFINED: Final = "$undefined"


def zeeschuimer() -> Iterator[LayoutListener]:
    """A listener for each platform of which the objects are known."""
    rules = config("listeners/zeeschuimer")
    shared = rules["common"]
    for name, read in _READERS.items():
        own = shared | rules[name]
        own |= {
            "columns": shared["columns"] | rules[name]["columns"],
            "guide": {"made_from": own["made_from"], **shared["guide"]},
        }
        yield LayoutListener.of(f"zeeschuimer_{name}", own, _Lines(tuple(own["sources"]), read).nested())


@dataclass(frozen=True)
class _Lines:
    """Lines of one platform, which are told by what the extension calls it."""

    sources: tuple[str, ...]
    read: Read

    def nested(self) -> Nested:
        looks = f"lines of the browser extension Zeeschuimer with the `source_platform` {' or '.join(self.sources)}"
        return Nested(looks, self._fits, self._records)

    def _fits(self, document: Document) -> bool:
        return has(document, *_ENVELOPE) and document["source_platform"] in self.sources

    def _records(self, document: Document) -> Iterator[Document | Wrong]:
        data = document["data"]
        if not isinstance(data, dict):
            yield Wrong("the line holds no post", document)
            return
        found = self.read(data)
        yield found if isinstance(found, Wrong) else {**found, "collected": document["timestamp_collected"]}


def _instagram(item: Document) -> Document | Wrong:
    """An item of a list, or a node of a graph. Where likes are hidden, the number beside them is only a start of it."""
    if item.get("product_type") == "ad" or str(item.get("link")).startswith(_ADVERTISED):
        return Wrong("an advertisement", item)
    code = item.get("code") or item.get("shortcode")
    if not code:
        return Wrong("a part of a post", item)
    edges = items(item, "edge_media_to_caption", "edges")
    hidden = {"like_count": None, "view_count": None, "play_count": None, "edge_media_preview_like": None}
    is_video = item.get("media_type") == 2 or "Video" in str(item.get("__typename"))
    known = {
        "id": str(item.get("pk") or item.get("id")).split("_", maxsplit=1)[0],
        "link_to": f"https://www.instagram.com/p/{code}/",
        "edge_caption": inner(edges[0], "node").get("text") if edges else None,
        "kind": "video" if is_video else "post",
    }
    return {**item, **(hidden if item.get("like_and_view_counts_disabled") else {}), **known}


def _threads(item: Document) -> Document | Wrong:
    if not item.get("code"):
        return Wrong("a part of a post", item)
    is_reply = inner(item, "text_post_app_info").get("is_reply") is True
    known = {
        "id": str(item.get("pk") or item.get("id") or item["code"]).split("_", maxsplit=1)[0],
        "link_to": f"https://www.threads.com/@{inner(item, 'user').get('username')}/post/{item['code']}",
        "kind": "comment" if is_reply else "post",
    }
    return {**item, **known}


def _tiktok(item: Document) -> Document | Wrong:
    if item.get("liveRoomInfo"):
        return Wrong("a live stream", item)
    if item.get("isAd") is True:
        return Wrong("an advertisement", item)
    return web_item(item) if is_web_item(item) else Wrong("a part of a post", item)


def _tiktok_comments(item: Document) -> Document | Wrong:
    return item if has(item, "cid", "text") else Wrong("not a comment", item)


def _x(item: Document) -> Document | Wrong:
    """A post with its author, whom older and newer pages keep in different places, or who is missing.

    The counts of a repost are its original's, so it has none.
    """
    if item.get("promoted") is True:
        return Wrong("an advertisement", item)
    item = inner(item, "tweet") or item
    legacy = inner(item, "legacy")
    if "full_text" not in legacy:
        return Wrong("not a post", item)
    user = inner(item, "core", "user_results", "result") or inner(item, "user")
    original = _original(legacy)
    user = {**user, **inner(user, "legacy"), **inner(user, "core")}
    own = item.get("rest_id") or legacy.get("id_str")
    thread = legacy.get("conversation_id_str")
    answers = legacy.get("in_reply_to_status_id_str")
    known = {
        "id": own,
        "thread": None if thread == own else thread,
        "link_to": f"https://x.com/{user.get('screen_name') or 'i'}/status/{own}",
        "user": user,
        "long": inner(original or item, "note_tweet", "note_tweet_results", "result").get("text"),
        "original": original,
        "counts": {} if original else legacy,
        "views": {} if original else item.get("views") or item.get("ext_views"),
        "kind": "comment" if answers else "post",
    }
    return {**item, **known}


def _original(legacy: Document) -> Document:
    """The whole post that a repost repeats: its own text is cut."""
    found = inner(legacy, "retweeted_status_result", "result")
    return inner(found, "tweet") or found


def _linkedin(item: Document) -> Document | Wrong:
    """A post of a feed, which says only how long ago it was written: the urn knows the time."""
    written = (inner(item, "updateMetadata").get("urn"), item.get("preDashEntityUrn"), item.get("id"))
    urn = next((found[0] for one in written if (found := _ACTIVITY.search(str(one)))), None)
    actor = inner(item, "actor")
    if not urn or not actor:
        return Wrong("not a post", item)
    social = inner(item, "*socialDetail")
    known = {
        "urn": urn,
        "handle": handle_in(inner(actor, "navigationContext").get("actionTarget")),
        "counts": inner(social, "*totalSocialActivityCounts"),
        "social": social,
    }
    return {**item, **known}


def _douyin(item: Document) -> Document | Wrong:
    """A video or pictures; snake case from the API, camel case from pages, which write `$undefined` for nothing."""
    plain = {key: value for key, value in item.items() if value != _UNDEFINED}
    if plain.get("rawdata") or inner(plain, "cell_room") or inner(plain, "cellRoom"):
        return Wrong("a live stream", item)
    if plain.get("is_ads") is True or plain.get("isAds") is True:
        return Wrong("an advertisement", item)
    if "desc" not in plain:
        return Wrong("a part of a post", item)
    return {**plain, "kind": "post" if plain.get("images") else "video"}


def _xiaohongshu(item: Document) -> Document | Wrong:
    """A note of the API, of a page, or of what the page shows; tiles of notes say nothing."""
    note = inner(item, "note_card") or inner(item, "note")
    if not note and item.get("_zs-origin") != "html" and "user" not in item:
        return Wrong("a tile without a post", item)
    return {**item, **note, "id": item.get("id") or item.get("note_id")}


def _xiaohongshu_comments(item: Document) -> Document | Wrong:
    return item if has(item, "id", "content") else Wrong("not a comment", item)


_READERS: Final[dict[str, Read]] = {
    "instagram": _instagram,
    "threads": _threads,
    "tiktok": _tiktok,
    "tiktok_comments": _tiktok_comments,
    "x": _x,
    "linkedin": _linkedin,
    "douyin": _douyin,
    "xiaohongshu": _xiaohongshu,
    "xiaohongshu_comments": _xiaohongshu_comments,
}
