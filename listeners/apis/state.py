"""Where a job of a source stands from one pull to the next."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class State:
    """Where a job stands; times are naive UTC.

    A chain is under way while `began` is known: it asks for what was published from `since` on, `cursor` is its next
    page (None: the first one), of which `taken` records are stored already, and `reached` the newest mention in it.
    `newest` is the newest mention of the chains before it, `memo` what the last of them asked to remember, and `ended`
    when that one came to its end.
    """

    began: datetime | None = None
    since: datetime | None = None
    cursor: str | None = None
    taken: int = 0
    reached: datetime | None = None
    newest: datetime | None = None
    memo: str | None = None
    ended: datetime | None = None

    @property
    def place(self) -> str | None:
        """The next page in words; None while no chain is under way."""
        if self.began is None:
            return None
        page = self.cursor or "first page"
        return f"{page}, {self.taken} records in" if self.taken else page
