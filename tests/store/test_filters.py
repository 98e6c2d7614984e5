"""Filters, addresses and periods."""

from dataclasses import fields
from datetime import datetime
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tingfeng.errors import TingfengError, UsageError
from tingfeng.store import Filters

words = st.text(min_size=1, max_size=8)
lists = st.lists(words, max_size=3).map(tuple)
every = st.fixed_dictionaries(
    {
        "watchlist": st.none() | words,
        **dict.fromkeys(("subjects", "platforms", "languages", "kinds", "regions", "labels"), lists),
        **dict.fromkeys(("query", "since", "until"), st.none() | words),
        "zone": words,
        **dict.fromkeys(("toward", "hidden", "own"), st.booleans()),
    }
).map(lambda values: Filters(**values))


@given(every)
def test_filters_survive_the_way_through_an_address(filters: Filters) -> None:
    address = urlencode(filters.to_params(), doseq=True)
    assert Filters.from_params(parse_qs(address, keep_blank_values=True)) == filters


def test_every_field_is_in_the_round_trip() -> None:
    assert {field.name for field in fields(Filters)} == {
        *("watchlist", "subjects", "platforms", "languages", "kinds", "regions", "labels"),
        *("query", "since", "until", "zone", "toward", "hidden", "own"),
    }


def test_no_filters_leave_the_address_empty_and_foreign_parameters_are_left_alone() -> None:
    assert Filters().to_params() == {}
    assert Filters.from_params({"lang": ["zh"], "platform": ["weibo", "x"]}) == Filters(platforms=("weibo", "x"))


@pytest.mark.parametrize(
    ("since", "zone", "moment"),
    [
        ("2025-01-13", "UTC", datetime(2025, 1, 13)),
        ("2025-01-13", "Asia/Shanghai", datetime(2025, 1, 12, 16)),
        ("2025-07-01", "America/New_York", datetime(2025, 7, 1, 4)),
        ("2025-01-13T08:30", "+08:00", datetime(2025, 1, 13, 0, 30)),
        ("2025-01-13T08:30:00Z", "Asia/Shanghai", datetime(2025, 1, 13, 8, 30)),
        (" 2025-01-13T08:30:00+01:00 ", "Asia/Shanghai", datetime(2025, 1, 13, 7, 30)),
    ],
)
def test_a_period_is_read_in_the_zone(since: str, zone: str, moment: datetime) -> None:
    assert Filters(since=since, until=since, zone=zone).period == (moment, moment)


@pytest.mark.parametrize(
    ("name", "written", "zone"),
    [("since", "0001-01-01", "Asia/Shanghai"), ("until", "9999-12-31T23:59:59", "America/New_York")],
)
def test_a_period_at_the_end_of_all_times_is_refused(name: str, written: str, zone: str) -> None:
    with pytest.raises(UsageError, match=written) as error:
        _ = Filters(zone=zone, **{name: written}).period  # type: ignore[arg-type]
    assert (error.value.where, error.value.hint) == (name, "write 2025-01-13 or 2025-01-13T18:30")


def test_what_is_no_period_or_query_is_refused_with_its_place() -> None:
    with pytest.raises(UsageError, match="'tomorrow' is no date"):
        _ = Filters(since="tomorrow").period
    with pytest.raises(TingfengError):
        Filters(query="(露茉").where()


def test_values_are_bound_and_never_part_of_the_text() -> None:
    hostile = "'; DROP TABLE mentions; --"
    where = Filters(watchlist=hostile, subjects=(hostile,), platforms=(hostile,), labels=(hostile,)).where()
    assert hostile not in where.text
    assert where.params == [hostile] * 4
