"""Mentions as CSV: the very bytes, and nothing left behind by a failed write."""

import csv
from datetime import datetime
from io import BytesIO, StringIO

import pytest

from tests.tiny_store import filled, mention, watchlist
from tingfeng.errors import UsageError
from tingfeng.reports import export
from tingfeng.reports.columns import COLUMNS, local_times
from tingfeng.store import Filters

CONTRACT = (
    "platform,id,kind,parent_id,root_id,url,author_id,author_name,author_handle,author_followers,published_at,"
    "collected_at,title,text,language,region,likes,comments,shares,saves,views,rating,hashtags,subjects,label,score,"
    "confidence,corrected,target_sentiment,glosses,source"
)
FURTHER = (
    "published_at_local,time_zone,views_estimated,keywords,own_chars,marks,tags,matched_terms,engine,"
    "label_exported,target_sentiment_exported"
)

MENTIONS = [
    mention(
        "5f1e0a",
        "2025-01-13 17:00:59",
        platform="xiaohongshu",
        author_name="=cmd()",
        author_handle="@river",
        author_followers=1200,
        collected_at=datetime(2025, 1, 14),
        text='Lumora, "really"\nand Nova',
        language="en",
        likes=0,
        rating=4.5,
        hashtags="a|b",
        views_estimated=9000,
        keywords="lumora",
        own_chars=16,
        marks=1,
        label="positive",
        about={"Nova": None, "Lumora": "negative"},
    ),
    mention("-9007199254740993", None, text="-5", about={"Nova": None}),
]
GOLDEN = (
    "\ufeff" + f"{CONTRACT},{FURTHER}\n"
    "xiaohongshu,5f1e0a,post,,,,,'=cmd(),'@river,1200,2025-01-13T17:00:59Z,2025-01-14T00:00:00Z,,"
    '"Lumora, ""really""\nand Nova",en,,0,,,,,4.5,a|b,Lumora|Nova,positive,0.75,0.9,false,'
    '"{""Lumora"": {""label"": ""negative"", ""score"": -0.5, ""confidence"": 0.9}, '
    '""Nova"": {""label"": null, ""score"": null, ""confidence"": null}}",,tests,'
    "2025-01-14 01:00:59,Asia/Shanghai,9000,lumora,16,1,,lumora|nova,tiny 1,positive,"
    '"{""Lumora"": {""label"": ""negative"", ""score"": -0.5, ""confidence"": 0.9}, '
    '""Nova"": {""label"": null, ""score"": null, ""confidence"": null}}"\n'
    "weibo,-9007199254740993,post,,,,,,,,,,,-5,,,,,,,,,,Nova,,,,false,"
    '"{""Nova"": {""label"": null, ""score"": null, ""confidence"": null}}",,tests,'
    ",Asia/Shanghai,,,,0,,nova,tiny 1,,"
    '"{""Nova"": {""label"": null, ""score"": null, ""confidence"": null}}"\n'
)
ALL = Filters(watchlist="Brands", zone="Asia/Shanghai")


@pytest.fixture
def store(tmp_path):
    with filled(tmp_path, [watchlist("Lumora", "Nova", zone="Asia/Shanghai")], MENTIONS) as store:
        yield store


def text_of(store, filters=ALL):
    out = BytesIO()
    export(store, filters, out, "csv")
    return out.getvalue().decode()


def test_the_bytes_of_a_csv(store):
    assert text_of(store) == GOLDEN


def test_columns_have_the_contracts_order():
    assert ",".join(COLUMNS) == f"{CONTRACT},{FURTHER}"


def test_glosses_explain_slang_once_each(store, tmp_path):
    said = [mention(1, text="YYDS! YYDS! 绝了", about={"Lumora": None})]
    with filled(tmp_path / "other", [watchlist("Lumora")], said) as other:
        (row,) = csv.DictReader(StringIO(text_of(other)))
    assert row["glosses"].count('"term":"YYDS"') == 1
    assert row["glosses"].startswith('[{"term":"YYDS","en":')


def test_tags_and_corrections_are_exported_and_hidden_mentions_are_not(store):
    store.tag("xiaohongshu", "5f1e0a", ["urgent", "pr"])
    store.correct("xiaohongshu", "5f1e0a", "neutral")
    store.hide("weibo", "-9007199254740993")
    (row,) = csv.DictReader(StringIO(text_of(store).removeprefix("\ufeff")))
    assert (row["tags"], row["label"], row["corrected"], row["score"]) == ("urgent|pr", "neutral", "true", "0.0")


def test_a_file_says_how_many_mentions_it_holds_and_reports_progress(store, tmp_path):
    steps = []
    target = tmp_path / "out.csv"
    assert export(store, ALL, target, "csv", steps.append) == 2
    assert target.read_bytes() == GOLDEN.encode()
    assert steps == [{"what": "export", "done": 2, "of": 2}]


def test_nothing_selected_is_a_header(store, tmp_path):
    target = tmp_path / "out.csv"
    assert export(store, Filters(watchlist="Brands", platforms=("x",)), target, "csv") == 0
    assert target.read_text(encoding="utf-8-sig") == f"{CONTRACT},{FURTHER}\n"


def test_a_failed_write_leaves_the_earlier_file_and_nothing_else(store, tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    target = folder / "out.csv"
    target.write_text("earlier")

    def fail(_step):
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        export(store, ALL, target, "csv", fail)
    assert [(path.name, path.read_text()) for path in folder.iterdir()] == [("out.csv", "earlier")]


def test_a_pipe_is_written_to_and_not_replaced(store, tmp_path):
    link = tmp_path / "null.csv"
    link.symlink_to("/dev/null")
    assert export(store, ALL, link, "csv") == 2
    assert link.is_symlink()
    assert link.resolve().is_char_device()


def test_an_unknown_format_is_refused(store, tmp_path):
    with pytest.raises(UsageError, match="no export format 'pdf'"):
        export(store, ALL, tmp_path / "out.pdf", "pdf")


@pytest.mark.parametrize(
    ("zone", "local"),
    [
        ("UTC", ["2025-03-09T06:59:00", None, "2025-03-09T07:01:00"]),
        ("America/New_York", ["2025-03-09T01:59:00", None, "2025-03-09T03:01:00"]),
        ("+05:30", ["2025-03-09T12:29:00", None, "2025-03-09T12:31:00"]),
    ],
)
def test_local_times(zone, local):
    import polars as pl

    times = pl.Series([datetime(2025, 3, 9, 6, 59), None, datetime(2025, 3, 9, 7, 1)], dtype=pl.Datetime("us"))
    assert [time and time.isoformat() for time in local_times(times, zone)] == local
