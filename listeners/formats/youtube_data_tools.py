"""YouTube Data Tools: its tables of videos, and of the comments of one video."""

from collections.abc import Iterator

from listeners.layout import LayoutListener
from tingfeng.home import config


def youtube_data_tools() -> Iterator[LayoutListener]:
    """A listener for the videos and one for the comments."""
    rules = config("listeners/youtube_data_tools")
    for part in ("videos", "comments"):
        yield LayoutListener.of(f"youtube_data_tools_{part}", rules["common"] | rules[part])
