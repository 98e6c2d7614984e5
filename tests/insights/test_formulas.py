"""Formulas, against numbers that a person can check by hand."""

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tingfeng.insights import formulas

COUNTS = st.integers(0, 10_000)


@pytest.mark.parametrize(
    ("labels", "net"),
    [
        ((3, 1, 1), 0.4),
        ((0, 5, 0), 0.0),
        ((0, 0, 2), -1.0),
        ((1, 0, 1), 0.0),
        ((0, 0, 0), None),
    ],
)
def test_net_sentiment_counts_neutral_mentions_in_the_whole(labels, net):
    assert formulas.net_sentiment(*labels) == net


def test_the_interval_of_net_sentiment_by_hand():
    # n = 98: p = 61/100, q = 21/100, p - q = 0.40; variance (0.82 - 0.16) / 100 = 0.0066, half = 1.96 * 0.08124
    low, high = formulas.net_interval(60, 18, 20)
    assert low == pytest.approx(0.4 - 0.15923, abs=1e-5)
    assert high == pytest.approx(0.4 + 0.15923, abs=1e-5)


def test_an_interval_of_nothing_is_unknown():
    assert formulas.net_interval(0, 0, 0) is None
    assert formulas.share_interval(0, 0) is None
    assert formulas.net_difference((1, 0, 0), (0, 0, 0)) is None


@given(COUNTS, COUNTS, COUNTS)
def test_net_sentiment_lies_in_its_interval_and_that_within_bounds(positive, neutral, negative):
    if positive + neutral + negative:
        low, high = formulas.net_interval(positive, neutral, negative)
        assert -1 <= low <= formulas.net_sentiment(positive, neutral, negative) <= high <= 1


@given(COUNTS, COUNTS, COUNTS)
def test_turning_the_opinions_round_mirrors_the_interval(positive, neutral, negative):
    if positive + neutral + negative:
        low, high = formulas.net_interval(positive, neutral, negative)
        mirrored = formulas.net_interval(negative, neutral, positive)
        assert mirrored == pytest.approx((-high, -low))


@pytest.mark.parametrize(("p", "q"), [(0.6, 0.2), (0.1, 0.05), (0.9, 0.02), (0.05, 0.9)])
def test_the_interval_holds_the_truth_in_nearly_95_of_100_samples(p, q):
    size, covered = 25, 0.0
    for positive in range(size + 1):
        for negative in range(size + 1 - positive):
            neutral = size - positive - negative
            chance = comb(size, positive) * comb(size - positive, negative)
            chance *= p**positive * q**negative * (1 - p - q) ** neutral
            low, high = formulas.net_interval(positive, neutral, negative)
            covered += chance if low <= p - q <= high else 0
    assert 0.92 < covered <= 1


def test_wilsons_interval_by_hand():
    # 1 of 10, a textbook example: 0.0179 to 0.4042
    assert formulas.share_interval(1, 10) == pytest.approx((0.01787, 0.40415), abs=1e-5)


@given(COUNTS, COUNTS)
def test_a_share_lies_in_its_interval(part, rest):
    if part + rest:
        low, high = formulas.share_interval(part, part + rest)
        assert 0 <= low <= part / (part + rest) + 1e-12
        assert part / (part + rest) - 1e-12 <= high <= 1


@pytest.mark.parametrize(
    ("value", "previous", "change"),
    [(138, 100, 0.38), (50, 100, -0.5), (7, 0, None), (0, 0, None), (None, 3, None), (3, None, None), (0, 4, -1.0)],
)
def test_change_is_relative_and_unknown_from_nothing(value, previous, change):
    assert formulas.change(value, previous) == change


@pytest.mark.parametrize(("part", "whole", "share"), [(1, 4, 0.25), (0, 4, 0.0), (0, 0, None), (None, 4, None)])
def test_shares(part, whole, share):
    assert formulas.share(part, whole) == share


@pytest.mark.parametrize(
    ("value", "previous", "difference"), [(0.25, 0.5, -0.25), (0.0, 0.5, -0.5), (None, 0.5, None), (0.5, None, None)]
)
def test_differences(value, previous, difference):
    assert formulas.difference(value, previous) == difference


def test_the_difference_of_two_nets_is_surer_with_more_mentions():
    gap, low, high = formulas.net_difference((60, 20, 20), (30, 40, 30))
    assert gap == pytest.approx(0.4)
    assert 0 < low < gap < high
    few = formulas.net_difference((6, 2, 2), (3, 4, 3))
    assert few[1] < 0 < few[2]


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_a_difference_turned_round_changes_its_sign(a, b, c, d):
    one, other = (a, b, c + 1), (c, d, a + 1)
    gap, low, high = formulas.net_difference(one, other)
    assert formulas.net_difference(other, one) == pytest.approx((-gap, -high, -low))


@pytest.mark.parametrize(
    ("value", "previous", "differ"), [(120, 80, True), (110, 90, False), (4, 0, True), (3, 0, False), (0, 0, False)]
)
def test_counts_differ_beyond_chance(value, previous, differ):
    # 120 and 80: 40 > 1.96 * √200 = 27.7; 110 and 90: 20 is not; 4 and 0: 4 > 3.92
    assert formulas.counts_differ(value, previous) is differ


def test_contributions_add_up_to_the_change_of_the_whole():
    parts = [((30, 10, 60), (50, 30, 20)), ((80, 10, 10), (10, 5, 5)), ((0, 0, 0), (4, 0, 0)), ((1, 1, 8), (0, 0, 0))]
    whole = tuple(tuple(sum(part[when][place] for part in parts) for place in range(3)) for when in (0, 1))
    added = [formulas.contribution(part, whole) for part in parts]
    assert sum(added) == pytest.approx(formulas.net_sentiment(*whole[0]) - formulas.net_sentiment(*whole[1]))
    assert formulas.contribution(((20, 0, 0), (10, 0, 0)), ((40, 0, 0), (40, 0, 0))) == 0


@pytest.mark.parametrize(("value", "previous", "few"), [(30, 30, False), (29, 400, True), (400, 29, True)])
def test_thirty_mentions_are_needed_on_both_sides_to_compare(value, previous, few):
    assert formulas.few(value, previous) is few
