"""Counts as written, one by one and as columns."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tingfeng.mentions.counts import Count, counts, parse_count


@pytest.mark.parametrize(
    ("text", "value", "at_least"),
    [
        ("0", 0, False),
        ("834", 834, False),
        ("1.2万", 12000, False),
        ("2.1 万", 21000, False),
        ("7.6w", 76000, False),
        ("1萬", 10000, False),
        ("1千+", 1000, True),
        ("10+", 10, True),
        ("10万+", 100000, True),
        ("10万＋", 100000, True),
        ("1.2亿", 120_000_000, False),
        ("53.3M", 53_300_000, False),
        ("11.9K", 11900, False),
        ("3,204", 3204, False),
        ("1,234,567", 1234567, False),
        ("１２", 12, False),
        ("16.0", 16, False),
        (" 5 ", 5, False),
        ("赞", 0, False),
        ("收藏", 0, False),
        ("1.2E+4", 12000, False),
    ],
)
def test_a_count_is_read(text, value, at_least):
    assert parse_count(text) == Count(value, at_least)


@pytest.mark.parametrize(
    "text",
    ["", "null", "-", "--", "无", "N/A", "Unknown", "-1", "-3.5万", "1,2", "3.7", "many", "1e99", "1.2万万"],
)
def test_unknown_negative_and_unreadable_counts_are_none(text):
    assert parse_count(text) is None


def test_a_column_mixes_plain_and_written_counts():
    values, at_least = counts(pl.Series("likes", ["12", "1.4万", None, "", "1千+", "赞", "-1", "-"]))
    assert values.to_list() == [12, 14000, None, None, 1000, 0, None, None]
    assert at_least.to_list() == [False, False, False, False, True, False, False, False]
    assert values.name == "likes"
    assert values.dtype == pl.Int64


def test_a_column_without_any_known_count_is_null():
    values, at_least = counts(pl.Series("likes", [None, "", "无"], dtype=pl.String))
    assert values.to_list() == [None, None, None]
    assert not at_least.any()


def test_whole_floats_are_counts():
    assert counts(pl.Series([16.0, None, 2.5]))[0].to_list() == [16, None, None]


@given(st.integers(0, 10**15))
def test_whole_numbers_survive_plain_and_grouped(number):
    assert parse_count(str(number)) == parse_count(f"{number:,}") == Count(number, at_least=False)


@given(st.integers(0, 99_999), st.sampled_from([("万", 10**4), ("亿", 10**8), ("k", 10**3), ("M", 10**6)]))
def test_a_unit_multiplies_exactly(tenths, unit):
    word, factor = unit
    assert parse_count(f"{tenths / 10}{word}") == Count(tenths * factor // 10, at_least=False)


@given(st.lists(st.one_of(st.none(), st.text(max_size=6), st.from_regex(r"\A[0-9]{1,4}(\.[0-9])?[万千]?\+?\Z"))))
def test_a_column_says_what_its_cells_say_one_by_one(cells):
    values, at_least = counts(pl.Series("n", cells, dtype=pl.String))
    alone = [parse_count(cell) if cell is not None else None for cell in cells]
    assert values.to_list() == [count.value if count else None for count in alone]
    assert at_least.to_list() == [bool(count and count.at_least) for count in alone]


def test_a_number_larger_than_any_count_is_none():
    values, _ = counts(pl.Series(["9223372036854775807", "999999999999999999", "10亿", "1000000000000001"]))
    assert values.to_list() == [None, None, 10**9, None]
