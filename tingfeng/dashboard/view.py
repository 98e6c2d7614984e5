"""What every page is given: the store, the words, what the reader chose, and where the other pages are."""

from dataclasses import dataclass, field
from datetime import date

from streamlit.navigation.page import StreamlitPage

from tingfeng.dashboard.address import Choice
from tingfeng.dashboard.words import Words
from tingfeng.operations import Workspace
from tingfeng.queries import Query, QueryError, parse
from tingfeng.store import Filters, Store
from tingfeng.watchlists import Subject, Watchlist


@dataclass
class View:
    """One reader's look at the store, made anew at each run of the page."""

    workspace: Workspace
    words: Words
    watchlists: dict[str, Watchlist]
    choice: Choice
    last_day: date | None = None
    pages: dict[str, StreamlitPage] = field(default_factory=dict)

    @property
    def store(self) -> Store:
        """The open store."""
        return self.workspace.store

    @property
    def watchlist(self) -> Watchlist | None:
        """The watchlist looked at; None when there is none at all."""
        return self.watchlists.get(self.choice.watchlist or "")

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """The subjects looked at: the chosen ones, or all of the watchlist."""
        every = self.watchlist.subjects if self.watchlist else ()
        return tuple(each for each in every if not self.choice.subjects or each.name in self.choice.subjects)

    @property
    def zone(self) -> str:
        """The time zone in which days are cut and times are shown."""
        return self.watchlist.time_zone if self.watchlist else "UTC"

    @property
    def filters(self) -> Filters:
        """The choice as the store understands it."""
        return self.choice.filters(self.zone, self.last_day)

    @property
    def query_error(self) -> QueryError | None:
        """What is wrong with the query, if anything."""
        try:
            self._query()
        except QueryError as error:
            return error
        return None

    @property
    def queries(self) -> list[Query]:
        """The queries whose terms are marked in texts: the subjects' and the reader's own."""
        searched = self._query()
        return [each.query for each in self.subjects if each.query] + ([searched] if searched else [])

    def _query(self) -> Query | None:
        return parse(self.choice.query, self.zone) if self.choice.query else None

    def params(self, choice: Choice | None = None) -> dict[str, list[str]]:
        """The address's parameters of `choice` (the present one) in this language."""
        return {"lang": [self.words.language], **(choice or self.choice).to_params()}
