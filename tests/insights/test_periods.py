"""The period right before another one."""

from datetime import date

import pytest

from tingfeng.insights.periods import days_between, previous
from tingfeng.store import Filters


@pytest.mark.parametrize(
    ("since", "until", "before"),
    [
        ("2025-01-13", "2025-01-20", "2025-01-06"),
        ("2025-01-01", "2025-01-02", "2024-12-31"),
        ("2025-03-08", "2025-03-12", "2025-03-04"),
    ],
)
def test_days_are_counted_in_the_calendar(since, until, before):
    earlier = previous(Filters(since=since, until=until, zone="America/New_York", platforms=("weibo",)))
    assert earlier == Filters(since=before, until=since, zone="America/New_York", platforms=("weibo",))


def test_times_are_counted_in_seconds():
    filters = Filters(since="2025-01-13T12:00", until="2025-01-14T00:00", zone="Asia/Shanghai")
    start, end = previous(filters).period
    assert (end - start).total_seconds() == 12 * 3600
    assert end == filters.period[0]


@pytest.mark.parametrize(("since", "until"), [(None, None), ("2025-01-13", None), (None, "2025-01-13")])
def test_an_open_period_has_none_before_it(since, until):
    assert previous(Filters(since=since, until=until)) is None


@pytest.mark.parametrize("until", ["2025-01-13", "2025-01-13T12:00"])
def test_nothing_lies_before_the_calendar(until):
    assert previous(Filters(since="0001-01-02", until=until)) is None


def test_days_between():
    assert days_between(date(2024, 2, 28), date(2024, 3, 1)) == ["2024-02-28", "2024-02-29", "2024-03-01"]
