"""Who published the stored mentions: authors to choose from, and what an account of a watchlist published."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import polars as pl

from tingfeng.queries import Sql
from tingfeng.store.database import Database, fetch
from tingfeng.store.filters import Filters
from tingfeng.store.invented import selection
from tingfeng.store.questions import to_pandas
from tingfeng.watchlists import Account

if TYPE_CHECKING:
    import pandas as pd

#: SQL for a handle as accounts write it.
_HANDLE: Final = "'@' || ltrim(lower(m.author_handle), '@')"


def authors(store: Database, filters: Filters, search: str, limit: int = 20) -> "pd.DataFrame":
    """platform, account (an id, else @handle), name, handle, mentions: whose name, handle or id holds `search`."""
    where = selection(store, filters)
    sought = search.strip().lstrip("@").lower()
    found = store.frame(
        f"""SELECT m.platform, coalesce(m.author_id, {_HANDLE}) AS account, max(m.author_name) AS name,
            max(m.author_handle) AS handle, count(*) AS mentions
        FROM mentions m
        WHERE {where.text} AND account IS NOT NULL
        GROUP BY ALL
        HAVING bool_or(contains(lower(concat_ws(' ', m.author_name, m.author_handle, m.author_id)), ?))
        ORDER BY mentions DESC, m.platform, account LIMIT ?""",
        [*where.params, sought, limit],
    )
    return to_pandas(found)


def published(store: Database, filters: Filters, account: Account) -> int | None:
    """How many mentions of `filters` the account published; None where no stored author is called that."""
    where = selection(store, filters)
    author = Sql("m.platform = ? AND (m.author_id = ? OR " + _HANDLE + " = ?)", [account.platform, *2 * [account.name]])
    found = store.frame(
        f"SELECT count(*) AS known, count(*) FILTER ({where.text}) AS mentions FROM mentions m WHERE {author.text}",
        [*where.params, *author.params],
    )
    return found["mentions"][0] if found["known"][0] else None


def strangers(store: Database, accounts: Sequence[Account]) -> list[Account]:
    """Those of `accounts` that published no stored mention, in their order."""
    with store.cursor() as cursor:
        cursor.register("accounts", pl.DataFrame(accounts, ["platform", "name"], orient="row").with_row_index("place"))
        found = fetch(
            cursor,
            f"""SELECT platform, name FROM accounts ANTI JOIN (
                SELECT platform, author_id AS name FROM mentions
                UNION ALL SELECT platform, {_HANDLE} FROM mentions m
            ) USING (platform, name) ORDER BY place""",
        )
    return [Account(*row) for row in found.iter_rows()]
