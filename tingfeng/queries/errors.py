"""What is said when a query cannot be read."""

import difflib
from collections.abc import Iterable

from tingfeng.errors import TingfengError


class QueryError(TingfengError):
    """A query that cannot be read: `position` (column, from 1), what was `expected` there, the `nearest` valid word."""

    def __init__(self, what: str, position: int, *, expected: str = "", nearest: str | None = None) -> None:
        advice = [f"expected {expected}"] if expected else []
        advice += [f"did you mean {nearest}"] if nearest else []
        super().__init__(what, where=f"position {position}", hint=", ".join(advice))
        self.position = position
        self.expected = expected
        self.nearest = nearest


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The one of `words` that looks most like `word`, if any does."""
    return next(iter(difflib.get_close_matches(word, list(words), n=1)), None)
