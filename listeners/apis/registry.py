"""All sources that can be pulled. A new one is one more line here."""

from functools import cache

from listeners.apis.contract import Api
from listeners.apis.facebook import Facebook
from listeners.apis.hackernews import HackerNews


@cache
def apis() -> dict[str, Api]:
    """Each source by its name."""
    return {one.name: one for one in (HackerNews(), Facebook())}
