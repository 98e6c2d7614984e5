"""A day that stands out: named with its subject, platforms and factor, where it is far from the other days."""

from datetime import date, timedelta

import pytest

from tests.tiny_store import filled, mention, watchlist
from tingfeng.insights.coverage import coverage
from tingfeng.insights.standout import Standout, standout
from tingfeng.store import Filters

TWO_WEEKS = Filters(watchlist="Brands", since="2025-01-01", until="2025-01-15")
CRISIS = [("weibo", 30, "negative"), ("xiaohongshu", 20, "negative"), ("x", 1, "positive"), ("weibo", 10, "neutral")]


def found(folder, days, filters=TWO_WEEKS):
    """What stands out of `days`: for each the (platform, times, label) of what was said about Lumora."""
    mentions = []
    for number, said in enumerate(days):
        day = date(2025, 1, 1) + timedelta(days=number)
        for platform, times, label in said:
            row = {"platform": platform, "label": label, "about": {"Lumora": label}}
            mentions += [mention(len(mentions) + n, f"{day} 12:00", **row) for n in range(times)]
    with filled(folder, [watchlist("Lumora", "Nova")], mentions) as store:
        return standout(store, filters, coverage(store, filters))


def ordinary(number):
    return [("weibo", 5 + number % 2, "positive"), ("xiaohongshu", 5, "neutral"), ("x", 2, "negative")]


@pytest.mark.parametrize("place", [0, 7, 13])
def test_a_crisis_is_named_with_its_platforms_factor_and_sentiment(tmp_path, place):
    days = [ordinary(0) for _ in range(14)]
    days[place] = CRISIS
    told = found(tmp_path, days)
    # Weibo has 5 and Xiaohongshu 5 on the other days; net: (0 - 50) / 60
    day = f"2025-01-{place + 1:02d}"
    assert told == Standout(day, "Lumora", ("weibo", "xiaohongshu"), "mentions", 60, 10.0, pytest.approx(-50 / 60))


def test_more_negative_mentions_stand_out_where_the_volume_is_as_usual(tmp_path):
    days = [[("weibo", 40 + number % 3, "neutral"), ("weibo", 2, "negative")] for number in range(14)]
    days[9] = [("weibo", 41, "negative")]
    told = found(tmp_path, days)
    assert told == Standout("2025-01-10", "Lumora", ("weibo",), "negative", 41, 2.0, -1.0)


def test_days_that_are_like_the_others_do_not_stand_out(tmp_path):
    assert found(tmp_path, [[("weibo", 30 + 5 * (number % 3), "neutral")] for number in range(14)]) is None


def test_less_than_thirty_mentions_do_not_stand_out(tmp_path):
    assert found(tmp_path, [[("weibo", 29 if number == 9 else 1, "negative")] for number in range(14)]) is None


def test_few_days_are_no_ground_to_judge_one(tmp_path):
    days = [[("weibo", 1, "neutral")] for _ in range(5)] + [[("weibo", 90, "negative")]]
    assert found(tmp_path, days) is None


def test_without_a_watchlist_there_is_no_subject_to_name(tmp_path):
    days = [ordinary(0) for _ in range(13)] + [CRISIS]
    assert found(tmp_path, days, Filters(since="2025-01-01", until="2025-01-15")) is None
