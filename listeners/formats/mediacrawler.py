"""MediaCrawler's exports: seven platforms, posts and comments, two generations, in whatever kind of file."""

from collections.abc import Iterator
from typing import Final

from listeners.layout import LayoutListener
from tingfeng.home import config

_PARTS: Final = ("posts", "comments")
_BESIDE: Final = ("common", "guide")


def exports() -> Iterator[LayoutListener]:
    """A listener for the posts and one for the comments of each platform."""
    known = config("listeners/mediacrawler")
    for platform, rules in known.items():
        if platform in _BESIDE:
            continue
        shared = {name: rule for name, rule in rules.items() if name not in _PARTS}
        shared["guide"] = {**known["guide"], "made_from": rules["made_from"]}
        for part in _PARTS:
            kind = "comment" if part == "comments" else rules[part].get("kind", "post")
            kind = None if "kinds" in rules[part] else kind
            yield LayoutListener(f"mediacrawler_{platform}_{part}", platform, kind, shared | rules[part])
