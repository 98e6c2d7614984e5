"""What is said when a watchlist cannot be read."""

from tingfeng.errors import TingfengError


class WatchlistError(TingfengError):
    """A watchlist that cannot be read: `what`, `where` in it, and a `hint`."""
