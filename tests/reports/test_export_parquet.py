"""Mentions as Parquet: typed."""

from io import BytesIO

import pyarrow.parquet as pq
import pytest

from tests.tiny_store import filled, mention, watchlist
from tingfeng.reports import export
from tingfeng.reports.columns import COLUMNS
from tingfeng.store import Filters

MENTIONS = [
    mention(1, "2025-01-13 17:00", text="=1+1", likes=3, about={"Lumora": "positive"}),
    mention(2, "2025-01-14 17:00", platform="x", about={"Lumora": None}),
]


@pytest.fixture
def store(tmp_path):
    with filled(tmp_path, [watchlist("Lumora")], MENTIONS) as store:
        yield store


def read(store, filters):
    out = BytesIO()
    export(store, filters, out, "parquet")
    return pq.read_table(out)


def test_columns_are_typed(store):
    table = read(store, Filters(watchlist="Brands"))
    types = {field.name: str(field.type).removeprefix("large_") for field in table.schema}
    assert list(types) == list(COLUMNS)
    assert (types["id"], types["likes"], types["rating"], types["corrected"]) == ("string", "int64", "double", "bool")
    assert (types["published_at"], types["published_at_local"]) == ("timestamp[us, tz=UTC]", "timestamp[us]")


def test_values_are_plain(store):
    first, second = read(store, Filters(watchlist="Brands", zone="Asia/Shanghai")).to_pylist()
    assert (first["text"], first["likes"], first["subjects"]) == ("=1+1", 3, "Lumora")
    assert first["published_at_local"].isoformat() == "2025-01-14T01:00:00"
    assert (second["platform"], second["likes"], second["label"]) == ("x", None, None)


def test_nothing_selected_is_a_table_without_rows(store):
    table = read(store, Filters(platforms=("reddit",)))
    assert (table.num_rows, table.num_columns) == (0, len(COLUMNS))
