"""The public layout in which the Xiaohongshu posts of the migration of January 2025 were collected."""

from listeners.layout import LayoutListener
from tingfeng.home import config


def tt_refugee() -> LayoutListener:
    """Notes with their author's address, coarse counts and times without a zone."""
    return LayoutListener.of("tt_refugee", config("listeners/tt_refugee"))
