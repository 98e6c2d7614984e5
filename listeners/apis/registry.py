"""All sources that can be pulled. A new one is one more line here."""

from functools import cache

from listeners.apis.bluesky import Bluesky
from listeners.apis.contract import Api
from listeners.apis.hackernews import HackerNews
from listeners.apis.mastodon import Mastodon
from listeners.apis.reddit import Reddit
from listeners.apis.x import X
from listeners.apis.youtube import YouTube


@cache
def apis() -> dict[str, Api]:
    """Each source by its name."""
    return {one.name: one for one in (Bluesky(), HackerNews(), Mastodon(), Reddit(), X(), YouTube())}
