"""The example watchlists, which go with the demo's story."""

from functools import cache

from tingfeng.home import CHECKOUT, config
from tingfeng.watchlists.files import read
from tingfeng.watchlists.watchlist import Watchlist


@cache
def examples() -> tuple[Watchlist, ...]:
    """The example watchlists as they are shipped; one that somebody edited is that person's own."""
    folder = CHECKOUT / "config" / "watchlists"
    files = [folder / f"{name}.yaml" for name in config("demo/story")["watchlists"]]
    return tuple(read(file.read_text(encoding="utf-8")) for file in files)
