"""Which mentions belong to which subjects."""

import polars as pl

from tests.searchable import searchable
from tingfeng.watchlists import Matching, read

COFFEE = """
name: Coffee
subjects:
  - {name: Kova, query: '(kova OR 可瓦 OR "kova coffee") NOT kovalent'}
  - {name: River, kind: kol, query: '"river song"', accounts: [xiaohongshu:R1, 'tiktok:@RiverSong']}
  - {name: Silent, kind: kol, accounts: [weibo:R1]}
"""
CHINESE = """
name: Chinese only
platforms: [xiaohongshu, weibo]
languages: [zh]
subjects: [{name: Kova, query: 'kova'}, {name: All but, query: '-kova'}]
"""


def frame(*rows: dict[str, str | None]) -> pl.DataFrame:
    columns = ["platform", "id", "author_id", "author_handle", "title", "text", "hashtags", "language"]
    whole = [dict.fromkeys(columns) | {"id": str(at)} | row for at, row in enumerate(rows)]
    folded = searchable((row["title"], row["text"], row["hashtags"]) for row in whole)
    return pl.DataFrame(whole, dict.fromkeys(columns, pl.String)).with_columns(
        folded=pl.Series(folded, dtype=pl.String)
    )


def matches(yaml: str, *rows: dict[str, str | None]) -> list[tuple[str, ...]]:
    return Matching([read(yaml)]).match(frame(*rows)).drop("watchlist", "platform").rows()


def test_text_and_accounts() -> None:
    assert matches(
        COFFEE,
        {"platform": "x", "text": "买了Kova咖啡, 可瓦"},
        {"platform": "xiaohongshu", "author_id": "R1", "text": "kova with River Song"},
        {"platform": "tiktok", "author_handle": "@riverSONG", "text": "good morning"},
        {"platform": "tiktok", "author_handle": "riversong"},
        {"platform": "tiktok", "author_id": "R1", "author_handle": "river"},
        {"platform": "weibo", "author_id": "R1"},
        {"platform": "x", "text": "river song"},
        {"platform": "x", "text": "kova kovalent"},
    ) == [
        ("Kova", "0", "kova|可瓦", "text"),
        ("Kova", "1", "kova", "text"),
        ("River", "1", "river song", "account"),
        ("River", "2", None, "account"),
        ("River", "3", None, "account"),
        ("River", "6", "river song", "text"),
        ("Silent", "5", None, "account"),
    ]


def test_a_watchlist_filters_platforms_and_languages() -> None:
    assert matches(
        CHINESE,
        {"platform": "weibo", "language": "zh", "text": "kova"},
        {"platform": "tiktok", "language": "zh", "text": "kova"},
        {"platform": "weibo", "language": "en", "text": "kova"},
        {"platform": "weibo", "language": None, "text": "kova"},
        {"platform": "xiaohongshu", "language": "zh", "text": "x"},
    ) == [("Kova", "0", "kova", "text"), ("All but", "4", None, "text")]


def test_several_watchlists_and_the_shape_of_the_answer() -> None:
    found = Matching([read(COFFEE), read(CHINESE)]).match(
        frame({"platform": "weibo", "language": "zh", "text": "kova"})
    )
    assert found.columns == ["watchlist", "subject", "platform", "id", "terms", "via"]
    assert found.rows() == [
        ("Coffee", "Kova", "weibo", "0", "kova", "text"),
        ("Chinese only", "Kova", "weibo", "0", "kova", "text"),
    ]


def test_nothing_to_match() -> None:
    columns = ["watchlist", "subject", "platform", "id", "terms", "via"]
    assert Matching([]).match(frame({"platform": "x", "text": "kova"})).schema == dict.fromkeys(columns, pl.String)
    assert Matching([read(COFFEE)]).match(frame()).schema == dict.fromkeys(columns, pl.String)


def test_accounts_for_the_replies() -> None:
    assert Matching([read(COFFEE), read(CHINESE)]).accounts().rows() == [
        ("Coffee", "River", "xiaohongshu", "R1"),
        ("Coffee", "River", "tiktok", "@riversong"),
        ("Coffee", "Silent", "weibo", "R1"),
    ]


def test_accounts_on_platforms_that_the_watchlist_leaves_out_have_no_replies() -> None:
    limited = COFFEE.replace("name: Coffee", "name: Coffee\nplatforms: [xiaohongshu]")
    assert Matching([read(limited)]).accounts().rows() == [("Coffee", "River", "xiaohongshu", "R1")]


def test_what_a_matching_looks_at() -> None:
    labelled = read("{name: A, subjects: [{name: B, query: 'a OR -label:negative'}]}")
    assert Matching([labelled]).needs({"label", "tag"})
    assert not Matching([read(COFFEE)]).needs({"label", "tag", "language"})
    assert Matching([read(COFFEE), read(CHINESE)]).needs({"language"})
