"""Watchlists: what is tracked, how that is written down, and which mentions belong to it."""

from tingfeng.watchlists.errors import WatchlistError
from tingfeng.watchlists.examples import examples
from tingfeng.watchlists.files import checked_account, read, write
from tingfeng.watchlists.matching import Matching
from tingfeng.watchlists.watchlist import SUBJECT_KINDS, Account, Subject, Watchlist, aliases

__all__ = [
    "SUBJECT_KINDS",
    "Account",
    "Matching",
    "Subject",
    "Watchlist",
    "WatchlistError",
    "aliases",
    "checked_account",
    "examples",
    "read",
    "write",
]
