"""Ranks are kept day by day, told of the apps that a watchlist follows, and taken back with their import."""

from typing import Any

import pytest

from listeners.apis.appstore_charts import AppStoreCharts
from sentiment import Scorer
from tests.apis.conftest import Puller, puller
from tests.apis.fakes.appstore_charts import APP, FAKE, ITEMS, app, router
from tingfeng.errors import UsageError
from tingfeng.insights import MEASURES
from tingfeng.store import Filters, Store
from tingfeng.watchlists import read

NEXT_DAY = "Thu, 16 Jan 2025 03:10:35 +0000"


@pytest.fixture
def pulling(store: Store, scorer: Scorer) -> Puller:
    return puller(AppStoreCharts(), FAKE, store, scorer)


def told(store: Store, **filters: object) -> list[tuple[object, ...]]:
    frame = MEASURES["ranks"](store, Filters(watchlist="Apps", **filters))
    assert list(frame.columns) == ["date", "country", "chart", "app", "rank"]
    return list(frame.itertuples(index=False, name=None))


def counts(result: dict[str, Any]) -> list[int]:
    return [result[name] for name in ("read", "new", "updated", "unchanged", "rejected")]


def test_ranks_are_new_updated_or_unchanged(pulling: Puller):
    assert counts(pulling(FAKE.route())) == [9, 9, 0, 0, 0]
    moved = (ITEMS[6], *ITEMS[:6], *ITEMS[7:])
    assert counts(pulling(router(moved))) == [9, 0, 7, 2, 0]
    assert counts(pulling(router(moved, NEXT_DAY))) == [9, 9, 0, 0, 0]


def test_the_measure_tells_the_ranks_of_followed_apps(pulling: Puller, store: Store):
    pulling(FAKE.route())
    pulling(router((ITEMS[6], *ITEMS[:6]), NEXT_DAY))
    first = [("2025-01-15", "CN", "top-free", "小红书", 7), ("2025-01-15", "CN", "top-paid", "小红书", 2)]
    second = [("2025-01-16", "CN", "top-free", "小红书", 1)]
    assert told(store) == first + second
    assert told(store, since="2025-01-16") == second
    assert told(store, until="2025-01-16", zone="Asia/Shanghai") == first
    assert told(store, regions=("US",)) == []
    with pytest.raises(UsageError):
        MEASURES["ranks"](store, Filters())
    with pytest.raises(UsageError):
        told(store, since="yesterday")


def test_an_app_followed_in_one_country_is_told_of_that_one(pulling: Puller, store: Store):
    pulling(FAKE.route())
    with store.transaction() as cursor:
        cursor.execute("UPDATE ranks SET country = 'US' WHERE chart = 'top-paid'")
    assert [row[1] for row in told(store)] == ["CN"]
    store.save_watchlist(read(FAKE.watchlist.replace("cn/", "")))
    assert [row[1] for row in told(store)] == ["CN", "US"]


def test_a_name_that_is_missing_keeps_the_known_one(pulling: Puller, store: Store):
    pulling(FAKE.route())
    again = pulling(router([{**item, "name": None} for item in ITEMS]))
    assert again["unchanged"] == 9
    assert told(store)[0][3] == "小红书"


def test_an_app_that_stands_twice_in_a_chart_has_its_first_place(pulling: Puller, store: Store):
    pulling(router([ITEMS[6], app("top-free", "1", "One"), ITEMS[6]]))
    assert told(store) == [("2025-01-15", "CN", "top-free", "小红书", 1)]


def test_undoing_takes_the_ranks_back(pulling: Puller, store: Store):
    first = pulling(FAKE.route())
    pulling(router(ITEMS, NEXT_DAY))
    store.undo_import(first["import"])
    assert [row[0] for row in told(store)] == ["2025-01-16"] * 2
    assert pulling(FAKE.route())["new"] == 9
    assert APP in {row["app_id"] for row in store.rows("SELECT app_id FROM ranks")}
