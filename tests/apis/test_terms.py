"""Queries in an API's own terms: never narrower, and held against the query itself afterwards."""

from datetime import datetime

import polars as pl
import pytest

from listeners.apis.terms import Wished, alternatives, expressions, plain
from tingfeng.mentions.record import conform
from tingfeng.queries import parse


def searches(query: str) -> list[str]:
    return [" ".join(map(plain, terms)) for terms in alternatives(parse(query))]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("lumora", ["lumora"]),
        ("(露茉 OR lumora) NOT giveaway", ["露茉", "lumora"]),
        ('"river song" OR 宋小河', ["river song", "宋小河"]),
        ("(a OR b) (c OR d)", ["a c", "a d", "b c", "b d"]),
        ("lumora NEAR/5 (cream OR gel)", ["lumora cream", "lumora gel"]),
        ("lumor* likes:>10", ["lumor"]),
        ("raw:Apple language:en", ["Apple"]),
        ("NOT lumora", []),
        ("platform:weibo", []),
        ("lumora OR language:zh", ["lumora"]),
    ],
)
def test_alternatives_are_sets_of_terms(query: str, expected: list[str]):
    assert searches(query) == expected


def test_too_many_alternatives_are_asked_more_widely():
    query = " ".join(f"(a{n} OR b{n} OR c{n})" for n in range(6))
    assert searches(query)[:4] == ["a0 a1", "a0 b1", "a0 c1", "b0 a1"]
    assert len(searches(query)) == 9


@pytest.mark.parametrize(
    ("query", "longest", "expected"),
    [
        ("(露茉 OR lumora) cream NOT x", 100, ["(露茉 OR lumora) cream"]),
        ('"river song" OR kova', 100, ['"river song" OR kova']),
        ("aaaa OR bbbb OR cccc", 12, ["aaaa OR bbbb", "cccc"]),
        ("(aaaa OR bbbb) cccccc", 10, ["cccccc"]),
        ("NOT a", 100, []),
    ],
)
def test_expressions_fit(query: str, longest: int, expected: list[str]):
    found = expressions(parse(query), longest)
    assert found == expected
    assert all(len(one) <= longest for one in found)


MENTIONS = conform(
    pl.DataFrame(
        {
            "platform": ["hackernews"] * 4,
            "id": ["1", "2", "3", "4"],
            "text": ["Lumora cream", "a lumora giveaway", "lumoras", "cream by Velune or Lumora"],
            "likes": [5, 50, 7, None],
            "published_at": [datetime(2025, 1, 1)] * 4,
        }
    )
)


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("lumora NOT giveaway", ["1", "4"]),
        ("lumora ONEAR/1 cream", ["1"]),
        ("lumora likes:>10", ["2"]),
        ("lumora language:zh", ["1", "2", "4"]),
        ("lumora NOT label:negative", ["1", "2", "4"]),
        ("lumora OR label:negative", ["1", "2", "3", "4"]),
    ],
)
def test_what_no_query_selects_is_told_apart(query: str, kept: list[str]):
    assert MENTIONS.filter(Wished([parse(query)]).keeps(MENTIONS))["id"].to_list() == kept


def test_any_of_several_queries_will_do():
    wished = Wished([parse("giveaway"), parse("velune")])
    assert MENTIONS.filter(wished.keeps(MENTIONS))["id"].to_list() == ["2", "4"]
