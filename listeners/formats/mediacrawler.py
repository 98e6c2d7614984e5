"""MediaCrawler's exports: seven platforms, posts and comments, two generations, in whatever kind of file."""

from collections.abc import Iterator
from typing import Final

from listeners.layout import LayoutListener
from tingfeng.home import config

_PARTS: Final = ("posts", "comments")


def exports() -> Iterator[LayoutListener]:
    """A listener for the posts and one for the comments of each platform."""
    for platform, rules in config("listeners/mediacrawler").items():
        if platform == "common":
            continue
        shared = {name: rule for name, rule in rules.items() if name not in _PARTS}
        for part in _PARTS:
            kind = "comment" if part == "comments" else rules[part].get("kind", "post")
            kind = None if "kinds" in rules[part] else kind
            yield LayoutListener(f"mediacrawler_{platform}_{part}", platform, kind, shared | rules[part])
