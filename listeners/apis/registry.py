"""All sources of `tingfeng pull`. A new one is one more line here."""

from functools import cache

from listeners.apis.appstore import AppStore
from listeners.apis.appstore_charts import AppStoreCharts
from listeners.apis.appstore_connect import AppStoreConnect
from listeners.apis.bluesky import Bluesky
from listeners.apis.contract import Api
from listeners.apis.facebook import Facebook
from listeners.apis.gdelt import Gdelt
from listeners.apis.googleplay import GooglePlay
from listeners.apis.hackernews import HackerNews
from listeners.apis.instagram import Instagram
from listeners.apis.linkedin import LinkedIn
from listeners.apis.mastodon import Mastodon
from listeners.apis.reddit import Reddit
from listeners.apis.rss import Rss
from listeners.apis.threads import Threads
from listeners.apis.tiktok import TikTok
from listeners.apis.weibo import Weibo
from listeners.apis.x import X
from listeners.apis.youtube import YouTube


@cache
def apis() -> dict[str, Api]:
    """Each source by its name."""
    known = (
        YouTube(),
        Facebook(),
        Instagram(),
        Threads(),
        TikTok(),
        LinkedIn(),
        Weibo(),
        X(),
        Reddit(),
        Bluesky(),
        Mastodon(),
        AppStore(),
        AppStoreCharts(),
        AppStoreConnect(),
        GooglePlay(),
        Rss(),
        Gdelt(),
        HackerNews(),
    )
    return {one.name: one for one in known}
