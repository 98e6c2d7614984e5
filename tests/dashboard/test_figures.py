from datetime import date, datetime

import pandas as pd
import pytest

from tingfeng.dashboard import figures


@pytest.mark.parametrize(
    ("number", "en", "zh"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (1000, "1,000", "1,000"),
        (3161, "3,161", "3,161"),
        (-9999, "−9,999", "−9,999"),
        (10_000, "10k", "1万"),
        (12345, "12.3k", "1.2万"),
        (999_960, "1M", "100万"),
        (4_560_000, "4.6M", "456万"),
        (123_000_000, "123M", "1.2亿"),
        (-12345, "−12.3k", "−1.2万"),
        (None, "–", "–"),
        (pd.NA, "–", "–"),
        (float("nan"), "–", "–"),
    ],
)
def test_counts_are_short_in_the_units_of_the_language(number, en, zh):
    assert (figures.short(number, "en"), figures.short(number, "zh")) == (en, zh)


def test_fractions_become_percent_points_and_changes():
    assert figures.percent(0.384) == "38%"
    assert figures.percent(0.3845, 1) == "38.5%"
    assert figures.change(0.384) == "+38%"
    assert figures.change(-0.5) == "−50%"
    assert figures.points(-0.12) == "−12"
    assert figures.index(0.071) == "+7"
    assert figures.percent(None) == figures.change(None) == figures.points(float("nan")) == "–"


@pytest.mark.parametrize("tiny", [-0.0001, 0.0, 0.0001])
def test_nothing_is_ever_minus_zero(tiny):
    assert figures.points(tiny) in {"+0", "0"}
    assert "−0" not in figures.change(tiny)


@pytest.mark.parametrize("value", ["2025-01-14", date(2025, 1, 14), datetime(2025, 1, 14, 23, 59)])
def test_days_are_iso_in_english_and_spelled_in_chinese(value):
    assert figures.day(value, "en") == "2025-01-14"
    assert figures.day(value, "zh") == "2025年1月14日"


@pytest.mark.parametrize(
    "utc", [datetime(2025, 1, 13, 17, 5), "2025-01-13T17:05:00Z", pd.Timestamp("2025-01-13 17:05")]
)
def test_times_are_shown_in_the_watchlists_zone(utc):
    assert figures.moment(utc, "Asia/Shanghai", "en") == "2025-01-14 01:05"
    assert figures.moment(utc, "America/New_York", "zh") == "2025年1月13日 12:05"
    assert figures.moment(pd.NaT, "UTC", "en") == ""
