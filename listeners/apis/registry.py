"""All sources that can be pulled. A new one is one more line here."""

from functools import cache

from listeners.apis.contract import Api
from listeners.apis.facebook import Facebook
from listeners.apis.hackernews import HackerNews
from listeners.apis.instagram import Instagram
from listeners.apis.linkedin import LinkedIn
from listeners.apis.threads import Threads
from listeners.apis.tiktok import TikTok
from listeners.apis.weibo import Weibo


@cache
def apis() -> dict[str, Api]:
    """Each source by its name."""
    return {one.name: one for one in (HackerNews(), Facebook(), Instagram(), Threads(), TikTok(), LinkedIn(), Weibo())}
