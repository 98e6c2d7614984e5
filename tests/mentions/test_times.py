"""Times in every form that exports have."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tingfeng.errors import UsageError
from tingfeng.mentions.times import UnreadableTime, days_come_first, is_rounded, parse_time, slashed, times, zone

SHANGHAI = zone("Asia/Shanghai")
COLLECTED = datetime(2025, 1, 14, 4, 0)  # noon in Shanghai


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1745984996", datetime(2025, 4, 30, 3, 49, 56)),
        ("1745984996000", datetime(2025, 4, 30, 3, 49, 56)),
        ("1745984996000.0", datetime(2025, 4, 30, 3, 49, 56)),
        ("1745984996123456", datetime(2025, 4, 30, 3, 49, 56, 123456)),
        ("1745984996.25", datetime(2025, 4, 30, 3, 49, 56, 250000)),
        ("1.745984996E+9", datetime(2025, 4, 30, 3, 49, 56)),
        ("Wed Oct 10 20:19:24 +0800 2018", datetime(2018, 10, 10, 12, 19, 24)),
        ("Wed, 02 Nov 2011 16:46:31 +0000", datetime(2011, 11, 2, 16, 46, 31)),
        ("2021-07-09T19:09:52+0000", datetime(2021, 7, 9, 19, 9, 52)),
        ("2021-04-08T19:31:31.000Z", datetime(2021, 4, 8, 19, 31, 31)),
        ("2025-04-01 17:50:20+08:00", datetime(2025, 4, 1, 9, 50, 20)),
        ("2025-04-01 17:50:20", datetime(2025, 4, 1, 9, 50, 20)),
        ("2025-04-01 17:50", datetime(2025, 4, 1, 9, 50)),
        ("2025-04-01", datetime(2025, 3, 31, 16)),
        ("20240805", datetime(2024, 8, 4, 16)),
        ("20260220T063400Z", datetime(2026, 2, 20, 6, 34)),
        ("20260220063400", datetime(2026, 2, 19, 22, 34)),
        ("1/14/2025 12:08", datetime(2025, 1, 14, 4, 8)),
        ("14/1/2025 12:08", datetime(2025, 1, 14, 4, 8)),
        ("14.1.2025", datetime(2025, 1, 13, 16)),
        ("1/14/2025 12:08 AM", datetime(2025, 1, 13, 16, 8)),
        ("2024/7/15 6:55", datetime(2024, 7, 14, 22, 55)),
        ("2024/7/15 下午 6:55", datetime(2024, 7, 15, 10, 55)),
        ("2024年7月15日 6:55", datetime(2024, 7, 14, 22, 55)),
        ("2024年07月15日 06时55分", datetime(2024, 7, 14, 22, 55)),
        ("2020-01-01 12:00:00 EST", datetime(2020, 1, 1, 17)),
        ("2021, 5, 3, 5, 13, 3", datetime(2021, 5, 2, 21, 13, 3)),
        ("Jan 5, 2025 3:04 PM", datetime(2025, 1, 5, 7, 4)),
        ("刚刚", COLLECTED),
        ("5分钟前", datetime(2025, 1, 14, 3, 55)),
        ("3小时前 江苏", datetime(2025, 1, 14, 1, 0)),
        ("2天前", datetime(2025, 1, 12, 4, 0)),
        ("18h •", datetime(2025, 1, 13, 10, 0)),
        ("2 weeks ago", datetime(2024, 12, 31, 4, 0)),
        ("昨天 12:30", datetime(2025, 1, 13, 4, 30)),
        ("01-13", datetime(2025, 1, 12, 16)),
        ("06-25", datetime(2024, 6, 24, 16)),
        ("06-25 江苏", datetime(2024, 6, 24, 16)),
        ("编辑于 06-25", datetime(2024, 6, 24, 16)),
        ("06月25日 12:30", datetime(2024, 6, 25, 4, 30)),
    ],
)
def test_a_time_is_read_in_shanghai(text, expected):
    assert parse_time(text, SHANGHAI, COLLECTED) == expected


@pytest.mark.parametrize("text", ["刚刚", "5分钟前", "昨天 12:30", "06-25", "06月25日 12:30", "编辑于 06-25"])
def test_without_the_time_of_collection_a_relative_time_is_not_guessed(text):
    with pytest.raises(UnreadableTime):
        parse_time(text, SHANGHAI)


@pytest.mark.parametrize("text", ["2mo •", "1.74175E+12", "soon", "2025-02-30", "13/13/2025", "12", "25:61", "1/2"])
def test_other_words_are_unreadable(text):
    with pytest.raises(UnreadableTime):
        parse_time(text, SHANGHAI, COLLECTED)


def test_rounded_numbers_are_known():
    assert [is_rounded(text) for text in ("1.74175E+12", "1.75e+12", "1E+12", "1.745984996E+9", "1745984996", "")] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]


def test_a_zone_is_a_name_or_an_offset():
    assert zone("Asia/Shanghai") == ZoneInfo("Asia/Shanghai")
    assert zone("-04:30").utcoffset(None) == timedelta(hours=-4.5)


@pytest.mark.parametrize("name", ["Mars/Base", "", "+8", "../etc/passwd", "+99:00"])
def test_another_zone_is_a_usage_error(name):
    with pytest.raises(UsageError):
        zone(name)


def test_a_column_tells_empty_and_rounded_from_unreadable():
    cells = ["1745984996000", None, "", "0", "1.74175E+12", "soon", "2025-04-01 17:50"]
    found, unreadable = times(pl.Series("time", cells), SHANGHAI)
    assert found.to_list() == [datetime(2025, 4, 30, 3, 49, 56), *[None] * 5, datetime(2025, 4, 1, 9, 50)]
    assert unreadable.to_list() == [False, False, False, False, False, True, False]
    assert found.dtype == pl.Datetime("us")


def test_relative_times_use_the_time_of_their_own_row():
    seen = pl.Series([COLLECTED, None, COLLECTED + timedelta(days=1)])
    found, unreadable = times(pl.Series(["刚刚", "刚刚", "昨天 12:30"]), SHANGHAI, seen)
    assert found.to_list() == [COLLECTED, None, datetime(2025, 1, 14, 4, 30)]
    assert unreadable.to_list() == [False, True, False]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["3/2/2025", "28/2/2025 9:30"], True),
        (["3/2/2025", "2/28/2025"], False),
        (["3/2/2025", "1/2/2025"], False),
        (["28/2/2025", "2/28/2025"], False),
        (["28.2.2025", "2025-02-28", "28/2", None], False),
        ([None], False),
    ],
)
def test_dates_show_which_of_two_numbers_is_the_day(cells, expected):
    assert days_come_first(slashed(pl.Series(cells, dtype=pl.String))) is expected


def test_only_the_different_beginnings_of_dates_are_kept():
    cells = pl.Series(["3/2/2025", " 3/2/2024 9:30", "soon", None, "28/2/2025"])
    assert sorted(slashed(cells)) == ["28/2", "3/2"]


@pytest.mark.parametrize(("day_first", "month"), [(True, 2), (False, 3)])
def test_a_column_is_read_with_the_day_where_it_is_said_to_be(day_first, month):
    found, _ = times(pl.Series(["3/2/2025", "28/2/2025"]), UTC, day_first=day_first)
    assert found.dt.month().to_list() == [month, 2]


@given(st.datetimes(datetime(2005, 1, 1), datetime(2090, 1, 1)), st.integers(0, 6))
def test_any_absolute_form_reads_back(moment, form):
    minute = moment.replace(second=0, microsecond=0)
    written = (
        minute.isoformat(),
        minute.strftime("%Y/%m/%d %H:%M"),
        f"{minute.month}/{minute.day}/{minute.year} {minute.hour}:{minute.minute:02}",
        f"{minute.year}年{minute.month}月{minute.day}日 {minute.hour}:{minute.minute:02}",
        minute.strftime("%a, %d %b %Y %H:%M:%S +0000"),
        minute.strftime("%Y%m%dT%H%M%SZ"),
        str(int((minute - datetime(1970, 1, 1)).total_seconds() * 1000)),
    )[form]
    assert parse_time(written, zone("UTC")) == minute


@given(st.lists(st.one_of(st.none(), st.text(max_size=12), st.sampled_from(["1745984996", "2025-01-02", "昨天"]))))
def test_no_text_breaks_a_column(cells):
    found, unreadable = times(pl.Series("t", cells, dtype=pl.String), SHANGHAI)
    assert len(found) == len(unreadable) == len(cells)
    assert not (found.is_not_null() & unreadable).any()


@given(
    st.lists(
        st.datetimes(datetime(1970, 1, 2), datetime(2099, 12, 30)).map(lambda moment: moment.replace(microsecond=0)),
        min_size=1,
    ),
    st.sampled_from(["Asia/Shanghai", "America/New_York", "Europe/London", "+05:30", "-03:00", "UTC"]),
    st.sampled_from(["{:%Y-%m-%d %H:%M:%S}", "{:%Y-%m-%dT%H:%M:%S}", "{:%Y-%m-%dT%H:%M:%SZ}"]),
)
def test_the_usual_form_reads_as_a_column_as_it_reads_alone(moments, name, form):
    written = [form.format(moment) for moment in moments]
    read, unreadable = times(pl.Series(written), zone(name))
    assert read.to_list() == [parse_time(text, zone(name)) for text in written]
    assert not unreadable.any()


@pytest.mark.parametrize("text", ["2025-01-01T10:00:00+99:00", "0001-01-01 00:00:00", "9999-12-31T23:59:59-12:00"])
def test_what_no_clock_shows_is_unreadable(text):
    with pytest.raises(UnreadableTime):
        parse_time(text, SHANGHAI)
    assert times(pl.Series([text]), SHANGHAI)[1].to_list() == [True]
