"""Which mentions belong to which subjects."""

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property, reduce
from operator import and_
from typing import Final

import polars as pl

from tingfeng.queries import Matcher
from tingfeng.watchlists.watchlist import Account, Watchlist

Row = tuple[str, str, int, str | None, str]

_ROW: Final = {"watchlist": pl.String, "subject": pl.String, "row": pl.Int64, "terms": pl.String, "via": pl.String}
_ACCOUNT: Final = dict.fromkeys(("watchlist", "subject", "platform", "account"), pl.String)


class Matching:
    """The subjects of several watchlists, ready to be held against frames of mentions."""

    def __init__(self, watchlists: Sequence[Watchlist]) -> None:
        self.watchlists = tuple(watchlists)
        subjects = [subject for watchlist in watchlists for subject in watchlist.subjects]
        self._queries = [subject.query for subject in subjects if subject.query]
        self._matcher = Matcher(self._queries)

    def match(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The matches of `frame`: watchlist, subject, platform, id, terms (joined with `|`, null: none), via.

        One row a subject and mention. `via` is `account` for what one of the subject's accounts published, else `text`.
        """
        found = pl.DataFrame(list(self._rows(frame)), _ROW, orient="row")
        keys = frame.select("platform", "id")[found["row"]]
        return pl.concat([found, keys], how="horizontal").select(
            "watchlist", "subject", "platform", "id", "terms", "via"
        )

    def accounts(self) -> pl.DataFrame:
        """Every subject's accounts: watchlist, subject, platform, account (an id, or `@` and a casefolded handle).

        Accounts on platforms that the watchlist leaves out are not among them.
        """
        rows = [
            (watchlist.name, subject.name, *account)
            for watchlist in self.watchlists
            for subject in watchlist.subjects
            for account in subject.owned
            if not watchlist.platforms or account.platform in watchlist.platforms
        ]
        return pl.DataFrame(rows, _ACCOUNT, orient="row")

    def needs(self, fields: Collection[str]) -> bool:
        """Whether any query or filter looks at one of `fields`, so that a change in these may change the matches."""
        read = {field for query in self._queries for field in query.fields}
        read |= {"language" for watchlist in self.watchlists if watchlist.languages}
        read |= {"platform" for watchlist in self.watchlists if watchlist.platforms}
        return bool(read & set(fields))

    def _rows(self, frame: pl.DataFrame) -> Iterator[Row]:
        """Watchlist, subject, row of `frame`, terms, via."""
        authors = _Authors(frame)
        by_text = iter(self._matcher.match(frame))
        for watchlist in self.watchlists:
            allowed = _allowed(watchlist, frame)
            for subject in watchlist.subjects:
                terms = next(by_text) if subject.query else {}
                own = {row for account in subject.owned for row in authors.rows(account)}
                for row in sorted((terms.keys() | own) & allowed if allowed is not None else terms.keys() | own):
                    via = "account" if row in own else "text"
                    yield watchlist.name, subject.name, row, "|".join(terms.get(row, ())) or None, via


def _allowed(watchlist: Watchlist, frame: pl.DataFrame) -> set[int] | None:
    """The rows that the watchlist's own filters let through; None: all."""
    wanted = {"platform": watchlist.platforms, "language": watchlist.languages}
    masks = [_column(frame, name).is_in(list(values)) for name, values in wanted.items() if values]
    return set(reduce(and_, masks).arg_true().to_list()) if masks else None


def _column(frame: pl.DataFrame, name: str) -> pl.Series:
    """The column as text, or nulls where the frame has none."""
    found = frame[name] if name in frame.columns else pl.Series(name, [None] * frame.height)
    return found.cast(pl.String)


class _Authors:
    """Who published each row of a frame."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self.platform = _column(frame, "platform")
        self.ids = _column(frame, "author_id")
        self.handles = _column(frame, "author_handle")

    @cached_property
    def names(self) -> pl.Series:
        """Handles as accounts write them: `@` and casefolded."""
        handles = self.handles.unique().drop_nulls()
        written = [f"@{handle.lstrip('@').casefold()}" for handle in handles]
        return self.handles.replace_strict(handles, written, default=None, return_dtype=pl.String)

    def rows(self, account: Account) -> list[int]:
        """The rows that `account` published."""
        names = self.names if account.name.startswith("@") else self.ids
        return ((self.platform == account.platform) & (names == account.name)).arg_true().to_list()
