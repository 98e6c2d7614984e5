"""CrowdTangle: archives of lists of Facebook and Instagram posts; the service ended in August 2024."""

from listeners.layout import LayoutListener
from tingfeng.home import config


def crowdtangle_facebook() -> LayoutListener:
    """Posts of pages and groups."""
    return LayoutListener.of("crowdtangle_facebook", config("listeners/crowdtangle_facebook"))


def crowdtangle_instagram() -> LayoutListener:
    """Posts of accounts."""
    return LayoutListener.of("crowdtangle_instagram", config("listeners/crowdtangle_instagram"))
