"""The ranks of apps in the charts of stores: a record of their own, beside the mentions."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from tingfeng.store.database import Cursor, Database
from tingfeng.store.filters import Filters
from tingfeng.store.questions import to_pandas

if TYPE_CHECKING:
    import pandas as pd

    from listeners.apis.contract import Rank

_SCHEMA: Final = {
    "date": pl.Date,
    "country": pl.String,
    "chart": pl.String,
    "app_id": pl.String,
    "app": pl.String,
    "rank": pl.Int64,
}
_KEY: Final = "date, country, chart, app_id"


def save_ranks(cursor: Cursor, ranks: "Iterable[Rank]", number: int) -> dict[str, int]:
    """Store what import `number` read of charts; how many ranks were new, updated and unchanged.

    Of an app that is named twice in a chart, the first place counts. A name that is missing keeps the known one.
    """
    rows = [(one.date, one.country, one.chart, one.app_id, one.name, one.rank) for one in ranks]
    if not rows:
        return dict.fromkeys(("new", "updated", "unchanged"), 0)
    read = pl.DataFrame(rows, schema=_SCHEMA, orient="row")
    cursor.register("ranks_read", read.sort("rank").unique(_KEY.split(", "), keep="first", maintain_order=True))
    counted = cursor.execute(
        f"""SELECT count(*) FILTER (known.rank IS NULL), count(*) FILTER (known.rank IS NOT NULL AND (
            known.rank <> read.rank OR known.app IS DISTINCT FROM coalesce(read.app, known.app)))
        FROM ranks_read read LEFT JOIN ranks known USING ({_KEY})"""
    ).fetchall()
    cursor.execute(
        f"""INSERT INTO ranks SELECT {_KEY}, app, rank, ? FROM ranks_read ON CONFLICT ({_KEY})
        DO UPDATE SET app = coalesce(excluded.app, app), rank = excluded.rank""",
        [number],
    )
    cursor.unregister("ranks_read")
    new, updated = counted[0]
    return {"new": new, "updated": updated, "unchanged": len(rows) - new - updated}


def ranks(store: Database, filters: Filters, followed: Sequence[tuple[str | None, str]]) -> "pd.DataFrame":
    """date, country, chart, app, rank of `followed` apps (country, None for all; id) in the period and regions.

    Days are those of the charts, whatever zone the period is read in.
    """
    everywhere = [app for country, app in followed if country is None]
    somewhere = [f"{country}/{app}" for country, app in followed if country]
    conditions = ["(list_contains(?, app_id) OR list_contains(?, concat(country, '/', app_id)))"]
    params: list[Any] = [everywhere, somewhere]
    # Whether the bounds can be read at all.
    _ = filters.period
    for bound, sign in ((filters.since, ">="), (filters.until, "<")):
        if bound is not None:
            conditions.append(f"r.date {sign} ?")
            params.append(datetime.fromisoformat(bound.strip()).date())
    if filters.regions:
        conditions.append("list_contains(?, country)")
        params.append(list(filters.regions))
    sql = f"""SELECT strftime(date, '%Y-%m-%d') AS date, country, chart, app, rank FROM ranks r
        WHERE {" AND ".join(conditions)} ORDER BY r.date, country, chart, rank"""
    return to_pandas(store.frame(sql, params))
