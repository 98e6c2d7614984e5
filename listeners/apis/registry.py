"""All sources that can be pulled. A new one is one more line here."""

from functools import cache

from listeners.apis.appstore import AppStore
from listeners.apis.appstore_charts import AppStoreCharts
from listeners.apis.appstore_connect import AppStoreConnect
from listeners.apis.contract import Api
from listeners.apis.gdelt import Gdelt
from listeners.apis.googleplay import GooglePlay
from listeners.apis.hackernews import HackerNews
from listeners.apis.rss import Rss


@cache
def apis() -> dict[str, Api]:
    """Each source by its name."""
    return {
        one.name: one
        for one in (HackerNews(), Rss(), AppStore(), AppStoreCharts(), Gdelt(), AppStoreConnect(), GooglePlay())
    }
