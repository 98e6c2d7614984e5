"""Stored mentions: streamed for matching again, tagged and hidden by people."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import polars as pl

from tingfeng.store.database import Database, fetch
from tingfeng.store.errors import UnknownNameError

BATCH = 20_000


def frames(
    store: Database, columns: Sequence[str], where: str = "true", params: Sequence[Any] = ()
) -> Iterator[pl.DataFrame]:
    """Stored mentions in batches, all as they are when the stream begins; `where` is a condition on `mentions m`."""
    with store.cursor() as cursor:
        names = ", ".join(f'm."{name}"' for name in columns)
        selected: Any = cursor.sql(f"SELECT {names} FROM mentions m WHERE {where}", params=list(params))
        yield from (pl.DataFrame(pl.from_arrow(batch)) for batch in selected.to_arrow_reader(BATCH))


def mention(store: Database, platform: str, id: str) -> dict[str, Any]:  # noqa: A002 - the field's name
    """One mention with all its columns; UnknownNameError when it is not stored."""
    found = store.rows("SELECT * FROM mentions WHERE platform = ? AND id = ?", [platform, id])
    if not found:
        raise UnknownNameError("mention", f"{platform}:{id}")
    return found[0]


def said_toward(
    store: Database,
    platform: str,
    id: str,  # noqa: A002 - the field's name
    watchlist: str | None,
) -> dict[str, dict[str, Any]]:
    """What one mention says about each subject of the watchlist: `{subject: {"label", "score", "confidence"}}`."""
    found = store.rows(
        """SELECT t.subject, t.label, t.score, t.confidence FROM matches t JOIN mentions m ON m.number = t.mention
        WHERE m.platform = ? AND m.id = ? AND t.watchlist = ? ORDER BY t.subject""",
        [platform, id, watchlist],
    )
    return {row.pop("subject"): row for row in found}


def tag(store: Database, platform: str, id: str, tags: Sequence[str]) -> None:  # noqa: A002 - the field's name
    """Give a mention exactly these tags."""
    _set(store, platform, id, "tags", _joined(tags))


def add_tags(store: Database, given: pl.DataFrame) -> None:
    """Add tags, joined with `|`, to those of each mention: platform, id, tags. One transaction, if there is news."""
    with store.writing:
        news = _tags_to_come(store, given)
        if news.is_empty():
            return
        with store.transaction() as cursor:
            cursor.register("news", news)
            cursor.execute(
                """UPDATE mentions SET tags = n.tags FROM news n
                WHERE mentions.platform = n.platform AND mentions.id = n.id"""
            )


def hide(store: Database, platform: str, id: str, hidden: bool = True) -> None:  # noqa: A002 - the field's name
    """Leave a mention out of every number and list, or take it in again."""
    _set(store, platform, id, "hidden", hidden)


def _set(store: Database, platform: str, identity: str, column: str, value: Any) -> None:
    mention(store, platform, identity)
    with store.transaction() as cursor:
        cursor.execute(f"UPDATE mentions SET {column} = ? WHERE platform = ? AND id = ?", [value, platform, identity])


def _tags_to_come(store: Database, given: pl.DataFrame) -> pl.DataFrame:
    """platform, id, tags: what mentions will have, where `given` adds any."""
    with store.cursor() as cursor:
        cursor.register("given", given)
        known = fetch(
            cursor, "SELECT platform, id, m.tags, g.tags AS more FROM given g JOIN mentions m USING (platform, id)"
        )
    rows = known.select("tags", "more").iter_rows()
    united = [_joined([*(had or "").split("|"), *more.split("|")]) for had, more in rows]
    changed = known.with_columns(pl.Series("united", united, pl.String)).filter(
        pl.col("united").ne_missing(pl.col("tags"))
    )
    return changed.select("platform", "id", tags="united")


def _joined(tags: Iterable[str]) -> str | None:
    """Tags as the store keeps them."""
    words = dict.fromkeys(word.replace("|", " ").strip() for word in tags)
    return "|".join(filter(None, words)) or None
