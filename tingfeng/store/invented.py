"""Own mentions and those that the demo invented, kept apart where both lie in the store."""

from typing import Final

from tingfeng.mentions.record import DEMO
from tingfeng.queries import Sql
from tingfeng.store.database import Database
from tingfeng.store.filters import Filters
from tingfeng.store.history import has_own_data, is_demo
from tingfeng.store.saved import watchlist
from tingfeng.watchlists import examples

_INVENTED: Final = Sql(f"m.source = '{DEMO}'", [])
_OWN: Final = Sql(f"m.source IS DISTINCT FROM '{DEMO}'", [])


def selection(store: Database, filters: Filters, *, joined: bool = False) -> Sql:
    """`filters.where`; beside own data the examples find what the demo invented, and own watchlists never do."""
    where = filters.where(joined=joined)
    named = filters.watchlist is not None
    if not (named or filters.own) or not is_demo(store) or not has_own_data(store):
        return where
    side = _INVENTED if named and shows_demo(store, filters.watchlist) else _OWN
    return Sql(f"{where.text} AND {side.text}", where.params)


def shows_demo(store: Database, name: str | None) -> bool:
    """Whether what stands under the watchlist `name` (None: all mentions) is invented, or may be."""
    if not is_demo(store):
        return False
    return name is None or not has_own_data(store) or watchlist(store, name) in examples()
