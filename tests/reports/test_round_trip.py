"""What was exported comes back exactly: fields of every format, hostile texts, and the very bytes of a CSV."""

from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import listeners
from tests.tiny_store import add, filled, mention, watchlist
from tingfeng.mentions.record import SCHEMA
from tingfeng.reports import export
from tingfeng.store import Filters

ALL = Filters(watchlist="Brands", zone="Asia/Shanghai")
LIST = watchlist("Lumora", "Nova", zone="Asia/Shanghai")
MENTIONS = [
    mention(
        f"{7459876543210980000 + number}",
        f"2025-01-{number + 10} 17:00:59",
        platform="xiaohongshu",
        author_name=["=cmd|' /C calc'!A0", "@river", "'quoted", "-5", "+86 1", "\u2028 a", 'say "hi"', "'=x"][number],
        text=["a,b\nc", "\ttab", "\r\nline", "==", "''=1", "+3.2", "绝了 YYDS 😀", None][number],
        collected_at=datetime(2025, 2, 1),
        likes=number,
        views=None if number % 2 else 10**12,
        views_estimated=number or None,
        rating=4.5 if number == 3 else None,
        own_chars=1 if number == 1 else None,
        marks=1 if number else 0,
        keywords="lumora|skin",
        language="zh",
        label=["positive", "neutral", "negative", None][number % 4],
        about={"Lumora": "positive"} if number % 2 else {"Nova": None, "Lumora": "negative"},
    )
    for number in range(8)
]


def read_back(path):
    (source,) = listeners.sources(str(path))
    reading = listeners.open(source)
    batches = list(reading)
    assert reading.format == "tingfeng"
    assert [reject for batch in batches for reject in batch.rejects] == []
    return pl.concat([batch.mentions for batch in batches]).select(*SCHEMA)


def exported(store, folder, form):
    path = folder / f"out.{form}"
    export(store, ALL, path, form)
    return path


def stored(store):
    return pl.concat(store.frames(list(SCHEMA), "true")).sort("published_at", "platform", "id")


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_every_field_comes_back(tmp_path, form):
    with filled(tmp_path, [LIST], MENTIONS) as store:
        assert read_back(exported(store, tmp_path, form)).to_dicts() == stored(store).to_dicts()


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_an_imported_export_is_exported_as_the_same_bytes(tmp_path, form):
    opinions = {row["id"]: {name: row.get(name) for name in ("label", "language", "about")} for row in MENTIONS}
    (tmp_path / "other").mkdir()
    with filled(tmp_path, [LIST], MENTIONS) as first, filled(tmp_path / "other", [LIST], []) as second:
        rows = read_back(exported(first, tmp_path, form)).to_dicts()
        add(second, "Brands", [row | opinions[row["id"]] for row in rows])
        golden = exported(first, tmp_path, "csv").read_bytes()
        assert exported(second, tmp_path / "other", "csv").read_bytes() == golden


HOSTILE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufffe\uffff"), max_size=12)
TEXTS = st.one_of(HOSTILE, st.text("'=+-@\t\r\n\",;|_x0041F 声<r>/", max_size=12))


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=12), st.sampled_from(["csv", "xlsx", "parquet"]))
def test_no_text_is_changed_by_the_way(pairs, form):
    start = datetime(2025, 1, 1)
    said = [
        mention(f"m{number}", (start + timedelta(hours=number)).isoformat(), text=text, title=title, author_name="a")
        for number, (text, title) in enumerate(pairs)
    ]
    every = Filters()
    with TemporaryDirectory() as name, filled(Path(name), [LIST], said) as store:
        path = Path(name) / f"out.{form}"
        export(store, every, path, form)
        assert read_back(path).select("text", "title").rows() == stored(store).select("text", "title").rows()


def test_texts_that_look_like_a_workbooks_own_markup_come_back(tmp_path):
    texts = ["_x0041_x0042_", "_x005F_x0041_", "_xFFFE_", "<r>b & <c></r>", "<r><t>hi</t></r>", "a\x01_x0001_", "\r"]
    said = [mention(f"m{number}", "2025-01-01", text=text) for number, text in enumerate(texts)]
    with filled(tmp_path, [LIST], said) as store:
        export(store, Filters(), tmp_path / "out.xlsx", "xlsx")
    assert read_back(tmp_path / "out.xlsx").sort("id")["text"].to_list() == texts
