"""Measures of a store small enough to count by hand."""

import math

import pytest

from tests.tiny_store import filled, mention, watchlist
from tingfeng.errors import UsageError
from tingfeng.insights import MEASURES, measures
from tingfeng.store import Filters

#: The third is on the 14th in Shanghai, on the 13th in UTC; the last has no date.
MENTIONS = [
    mention(1, "2025-01-13 01:00", author_id="a", likes=5, label="positive", about={"Lumora": "positive"}),
    mention(2, "2025-01-13 02:00", author_id="a", label="negative", about={"Lumora": "negative", "Nova": "positive"}),
    mention(3, "2025-01-13 17:00", author_id="b", likes=1, shares=2, label="neutral", about={"Nova": "neutral"}),
    mention(4, "2025-01-15 02:00", author_id="c", about={"Lumora": None}),
    mention(5, None, label="positive", about={"Lumora": "positive"}),
]
ALL = Filters(watchlist="Brands", zone="Asia/Shanghai")
WEEK = Filters(watchlist="Brands", zone="Asia/Shanghai", since="2025-01-14", until="2025-01-15")


@pytest.fixture
def store(tmp_path):
    with filled(tmp_path, [watchlist("Lumora", "Nova", "Quiet", zone="Asia/Shanghai")], MENTIONS) as store:
        yield store


def rows(frame):
    return [tuple(None if value != value else value for value in row) for row in frame.astype(object).to_numpy()]  # noqa: PLR0124 - NaN


def test_the_names_of_the_measures():
    assert set(MEASURES) == {"volume", "sentiment", "share-of-voice", "ranks"}


def test_volume_by_day_and_subject(store):
    frame = measures.volume(store, ALL)
    assert list(frame.columns) == ["date", "subject", "mentions", "engagement", "authors"]
    assert frame["engagement"].isna().tolist() == [False, True, False, True]
    assert rows(frame.drop(columns="engagement")) == [
        ("2025-01-13", "Lumora", 2, 1),
        ("2025-01-13", "Nova", 1, 1),
        ("2025-01-14", "Nova", 1, 1),
        ("2025-01-15", "Lumora", 1, 1),
    ]


def test_without_a_subject_a_mention_counts_once_and_undated_ones_too(store):
    assert measures.volume(store, ALL, ["platform"]).to_dict("records") == [
        {"platform": "weibo", "mentions": 5, "engagement": 8, "authors": 3}
    ]


def test_sentiment_toward_subjects(store):
    frame = measures.sentiment(store, ALL, ["subject"])
    fields = ["subject", "positive", "neutral", "negative", "net", "low", "high", "corrected"]
    assert list(frame.columns) == fields
    lumora, nova = frame.to_dict("records")
    assert [lumora[name] for name in fields[:4]] == ["Lumora", 2, 0, 1]
    assert lumora["net"] == pytest.approx(1 / 3)
    assert lumora["low"] < 1 / 3 < lumora["high"] <= 1
    assert [nova["net"], nova["corrected"]] == [0.5, 0]


def test_net_is_unknown_where_no_mention_has_a_label(store):
    last = measures.sentiment(store, ALL, ["day"]).iloc[-1]
    assert last["date"] == "2025-01-15"
    assert [last["positive"], last["neutral"], last["negative"]] == [0, 0, 0]
    assert all(math.isnan(last[name]) for name in ("net", "low", "high"))


def test_a_correction_counts(store):
    store.correct("weibo", "3", "negative")
    frame = measures.sentiment(store, WEEK, ["day"])
    assert frame[["negative", "net", "corrected"]].to_numpy().tolist() == [[1, -1.0, 1]]


def test_share_of_voice_sums_to_one_over_assignments(store):
    frame = measures.share_of_voice(store, ALL)
    assert rows(frame) == [("Lumora", 4, 4 / 6, None), ("Nova", 2, 2 / 6, None), ("Quiet", 0, 0.0, None)]


def test_share_of_voice_beside_the_period_before(store):
    frame = measures.share_of_voice(store, WEEK)
    assert rows(frame) == [("Nova", 1, 1.0, 1 / 3), ("Lumora", 0, 0.0, 2 / 3), ("Quiet", 0, 0.0, 0.0)]


def test_share_of_voice_of_one_subject_is_still_a_share_of_all(store):
    frame = measures.share_of_voice(store, Filters(watchlist="Brands", subjects=("Nova",)))
    assert rows(frame) == [("Nova", 2, 2 / 6, None)]


def test_share_of_voice_in_silence_is_unknown(store):
    frame = measures.share_of_voice(store, Filters(watchlist="Brands", since="2020-01-01", until="2020-01-02"))
    assert rows(frame.drop(columns="subject")) == [(0, None, None)] * 3


def test_share_of_voice_needs_a_watchlist(store):
    with pytest.raises(UsageError, match="needs a watchlist"):
        measures.share_of_voice(store, Filters())


@pytest.mark.parametrize("by", [["day", "week"], ["platfrom"]])
def test_what_cannot_be_counted_by_is_refused(store, by):
    with pytest.raises(UsageError):
        measures.volume(store, ALL, by)
