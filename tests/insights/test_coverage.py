"""Days without mentions: zeros where there are data, nothing where there are none."""

import pytest

from tests.tiny_store import filled, mention, watchlist
from tingfeng.insights import Covered, coverage, daily_volume
from tingfeng.store import Filters

MENTIONS = [
    mention(1, "2025-01-13 12:00", language="zh", likes=2, about={"Lumora": None}),
    mention(2, "2025-01-16 12:00", language="zh", about={"Lumora": None, "Nova": None}),
    mention(3, "2025-01-15 12:00", platform="tiktok", language="en", about={"Nova": None}),
    mention(4, "2025-01-17 20:00", platform="tiktok", about={"Nova": None}),
    mention(5, "2025-01-30 12:00", platform="reddit"),
]
ALL = Filters(watchlist="Brands")


@pytest.fixture
def store(tmp_path):
    with filled(tmp_path, [watchlist("Lumora", "Nova")], MENTIONS) as store:
        yield store


def counts(frame):
    return [tuple(row) for row in frame.drop(columns=["engagement", "authors"]).astype(object).to_numpy()]


def test_each_platform_covers_its_own_days(store):
    tiktok, weibo = coverage(store, ALL)
    days = ("2025-01-15", "2025-01-16", "2025-01-17")
    assert tiktok == Covered("tiktok", "2025-01-15", "2025-01-17", days, ("2025-01-16",))
    assert (weibo.first, weibo.last, weibo.silent) == ("2025-01-13", "2025-01-16", ("2025-01-14", "2025-01-15"))


def test_days_are_cut_to_the_period_and_in_its_zone(store):
    filters = Filters(watchlist="Brands", zone="Asia/Shanghai", since="2025-01-14", until="2025-01-17")
    tiktok, weibo = coverage(store, filters)
    assert (tiktok.last, tiktok.days) == ("2025-01-18", ("2025-01-15", "2025-01-16"))
    assert weibo.days == ("2025-01-14", "2025-01-15", "2025-01-16")


def test_a_filter_does_not_make_days_unknown(store):
    filters = Filters(watchlist="Brands", languages=("en",))
    assert coverage(store, filters) == coverage(store, ALL)


def test_platforms_have_zeros_inside_their_range_only(store):
    assert counts(daily_volume(store, ALL, "platform", coverage(store, ALL))) == [
        ("2025-01-13", "weibo", 1),
        ("2025-01-14", "weibo", 0),
        ("2025-01-15", "tiktok", 1),
        ("2025-01-15", "weibo", 0),
        ("2025-01-16", "tiktok", 0),
        ("2025-01-16", "weibo", 1),
        ("2025-01-17", "tiktok", 1),
    ]


def test_subjects_have_zeros_on_every_covered_day(store):
    frame = daily_volume(store, ALL, "subject", coverage(store, ALL))
    assert frame[frame["subject"] == "Nova"]["mentions"].tolist() == [0, 0, 1, 1, 1]
    assert frame[frame["subject"] == "Lumora"]["mentions"].tolist() == [1, 0, 0, 1, 0]


def test_mentions_without_a_language_stay_without_one(store):
    frame = daily_volume(store, ALL, "language", coverage(store, ALL))
    assert frame["language"].isna().sum() == 1
    assert frame["mentions"].sum() == 4
    assert len(frame) == 11


def test_nothing_said_is_zero_engagement_but_said_without_counts_is_unknown(store):
    frame = daily_volume(store, ALL, None, coverage(store, ALL))
    assert frame["mentions"].tolist() == [1, 0, 1, 1, 1]
    assert frame["engagement"].isna().tolist() == [False, False, True, True, True]
    assert frame["engagement"].tolist()[:2] == [2, 0]


def test_an_empty_store_covers_nothing(tmp_path):
    with filled(tmp_path, [watchlist("Lumora")], []) as store:
        assert coverage(store, ALL) == []
        assert daily_volume(store, ALL, "platform", []).empty
        assert daily_volume(store, ALL, None, []).empty
