"""How a query's text is read."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tingfeng.errors import TingfengError
from tingfeng.queries import QueryError, parse
from tingfeng.queries.tree import And, Comparison, Near, Node, Not, Or, Term


def word(text: str) -> Term:
    return Term(text, text)


A, B, C, D = map(word, "abcd")


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("a b", And((A, B))),
        ("a AND b", And((A, B))),
        ("a OR b NOT c", Or((A, And((B, Not(C)))))),
        ("a OR b AND c OR d", Or((A, And((B, C)), D))),
        ("(a OR b) c", And((Or((A, B)), C))),
        ("NOT a NEAR/5 b", Not(Near(A, B, 5, ordered=False))),
        ("a ONEAR/2 b c", And((Near(A, B, 2, ordered=True), C))),
        ("a NEAR/1 b NEAR/2 c", Near(Near(A, B, 1, ordered=False), C, 2, ordered=False)),
        ("a NEAR/5 (b OR c)", Near(A, Or((B, C)), 5, ordered=False)),
        ("(a OR b) NEAR/5 (c OR d)", Near(Or((A, B)), Or((C, D)), 5, ordered=False)),
        ("a -b", And((A, Not(B)))),
        ("a -(b OR c)", And((A, Not(Or((B, C)))))),
        ("--a", A),
        ("NOT a", Not(A)),
        ("a 且 b 或 c 非 d", Or((And((A, B)), And((C, Not(D)))))),
        ("非(a)或(b)", Or((Not(A), B))),
        ("（a　OR　b）－c", And((Or((A, B)), Not(C)))),
    ],
)
def test_precedence(text: str, root: Node) -> None:
    assert parse(text).root == root


@pytest.mark.parametrize("word_", ["非常", "或许", "而且", "a-b", "and", "or", "10:30", "c++", "ANDROID", "#tag", "+a"])
def test_words_that_look_like_operators(word_: str) -> None:
    root = parse(word_).root
    assert isinstance(root, Term)
    assert root.text == word_.lower()


def test_a_minus_makes_a_word_of_what_follows() -> None:
    assert parse("a -非").root == And((A, Not(word("非"))))


@pytest.mark.parametrize(
    "text", ['"Lumora Skin"', "“Lumora Skin”", "「Lumora Skin」", '“Lumora Skin"', "＂Lumora Skin＂"]
)
def test_quotes(text: str) -> None:
    assert parse(text).root == Term("Lumora Skin", "lumora skin", quoted=True)


def test_terms_are_folded_and_raw_ones_are_not() -> None:
    assert parse("ＬＵＭＯＲＡ").root == Term("ＬＵＭＯＲＡ", "lumora")
    assert parse("薇瀾").root == Term("薇瀾", "薇澜")
    assert parse("Lumor*").root == Term("Lumor*", "lumor", prefix=True)
    assert parse("raw:Apple").root == Term("Apple", "Apple", raw=True)
    assert parse('raw："Apple Inc"').root == Term("Apple Inc", "Apple Inc", raw=True, quoted=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("platform:weibo", Comparison("platform", "=", "weibo")),
        ("Platform：WEIBO", Comparison("platform", "=", "weibo")),
        ("likes:>100", Comparison("likes", ">", 100)),
        ("likes:>＝１００", Comparison("likes", ">=", 100)),
        ("saves:7", Comparison("saves", "=", 7)),
        ("saves:=7", Comparison("saves", "=", 7)),
        ("author:@Riversong", Comparison("author", "=", "Riversong")),
        ('author:"River Song"', Comparison("author", "=", "River Song")),
        ("hashtag:#防曬", Comparison("hashtag", "=", "防晒")),
        ("id:Ab-1", Comparison("id", "=", "Ab-1")),
        ("since:2025-01-13", Comparison("since", ">=", datetime(2025, 1, 12, 16))),
        ("until:2025-01-13T10:30", Comparison("until", "<", datetime(2025, 1, 13, 2, 30))),
        ("until:2025-01-13T10:30:00Z", Comparison("until", "<", datetime(2025, 1, 13, 10, 30))),
    ],
)
def test_fields(text: str, expected: Comparison) -> None:
    assert parse(text, "Asia/Shanghai").root == expected


@pytest.mark.parametrize(
    ("text", "position", "nearest"),
    [
        ("", 1, None),
        ("  ", 1, None),
        ("*", 1, None),
        ("a *", 3, None),
        ("-*", 2, None),
        ("(a OR b", 1, None),
        ("a)", 2, None),
        ("()", 2, None),
        ('a "b', 3, None),
        ("a OR", 3, None),
        ("OR a", 1, None),
        ("a AND OR b", 3, None),
        ("a NOT", 3, None),
        ("a - b", 3, None),
        ('""', 1, None),
        ('"lumor*"', 1, None),
        ("lu*ra", 1, None),
        ("*mora", 1, None),
        ("a NEAR b", 3, "NEAR/5"),
        ("a ONEAR/0 b", 3, "ONEAR/5"),
        ("a NEAR/1000 b", 3, "NEAR/5"),
        ("a NEAR/5 -b", 3, None),
        ("a NEAR/5 (b c)", 3, None),
        ("a NEAR/5 likes:3", 3, None),
        ("x plattform:weibo", 3, "platform"),
        ("平台:weibo", 1, "platform"),
        ("platform:", 9, None),
        ("platform: weibo", 10, None),
        ("platform:weibp", 10, "weibo"),
        ("kind:posts", 6, "post"),
        ("label:positiv", 7, "positive"),
        ("likes:>abc", 7, None),
        ("likes:-1", 7, None),
        ("since:13.01.2025", 7, None),
        ("since:2025-02-30", 7, None),
        ("since:0001-01-01", 7, None),
        ("author:riv*", 8, None),
        ("(" * 51 + "a" + ")" * 51, 51, None),
        ("a " * 10_001, 20_000, None),
    ],
)
def test_errors(text: str, position: int, nearest: str | None) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text, "Asia/Shanghai")
    assert (caught.value.position, caught.value.nearest) == (position, nearest)
    assert caught.value.where == f"position {position}"
    assert nearest is None or nearest in str(caught.value)


def test_an_unknown_zone_is_an_error() -> None:
    with pytest.raises(TingfengError):
        parse("a", "Asia/Nowhere")


def test_what_a_query_says_about_itself() -> None:
    query = parse('(Lumora OR "lumora skin" OR lum*) NOT 露茉莉 platform:weibo -likes:>3')
    assert query.terms == ("Lumora", "lumora skin", "lum*")
    assert query.fields == {"platform", "likes"}
    assert query.text.startswith("(Lumora")


tricky = st.sampled_from(
    ["AND", "OR", "NOT", "非", " ", "(", "）", '"', "「", "NEAR/2", "-", "*", "raw:", "likes:", ">", "a"]
)


@given(st.text(max_size=30) | st.lists(tricky | st.characters(), max_size=12).map("".join))
def test_any_text_is_read_or_refused_with_a_position_inside_it(text: str) -> None:
    try:
        parse(text)
    except QueryError as error:
        refused = error
    else:
        return
    assert 1 <= refused.position <= max(1, len(text))
    assert refused.what
