"""What single queries find, by hand."""

import duckdb
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.searchable import searchable
from tingfeng.mentions.alignment import align
from tingfeng.mentions.text import fold
from tingfeng.queries import Matcher, describe, parse, register, term_spans, to_sql


def found(
    query: str, text: str | None, title: str | None = None, hashtags: str | None = None
) -> tuple[str, ...] | None:
    """The terms that hit, None where the query does not select the mention; SQL agrees."""
    row = {"title": title, "text": text, "hashtags": hashtags, "folded": searchable([(title, text, hashtags)])[0]}
    frame = pl.DataFrame([row], dict.fromkeys(row, pl.String)).with_columns(likes=pl.lit(None, pl.Int64))
    parsed = parse(query)
    rows = Matcher([parsed]).match(frame)[0]
    with duckdb.connect() as connection:
        register(connection)
        register(connection)
        connection.register("mentions", frame.to_arrow())
        condition = to_sql(parsed)
        answers = connection.execute(f"SELECT {condition.text} FROM mentions AS m", condition.params).fetchall()
    assert answers == [(0 in rows,)]
    return rows.get(0)


@pytest.mark.parametrize(
    ("query", "text", "hit"),
    [
        ("kova", "买了kova咖啡", True),
        ("KOVA", "Ｋova", True),
        ("ai", "training", False),
        ("ai", "用AI做的", True),
        ("ai", "ai_lab", False),
        ("train*", "training", True),
        ("rain*", "training", False),
        ("露茉*", "新的露茉霜", True),
        ("薇瀾", "薇澜好用", True),
        ("c++", "c++11", True),
        ("c", "c++", True),
        ("a.b", "axb", False),
        ('"哈哈"', "哈哈哈", True),
        ("ana", "banana ana", True),
        ('"lumora skin"', "Lumora \n  skin", True),
        ('"lumora skin"', "lumora, skin", False),
        ("raw:Apple", "apple", False),
        ("raw:Apple", "an Apple a day", True),
        ("raw:Apple", "Apples", False),
        ("raw:Appl*", "Apples", True),
        ('raw:"Apple Inc"', "Apple  Inc", False),
        ("raw:薇瀾", "薇澜", False),
        ("a NEAR/5 b", "a 1 2 3 4 b", True),
        ("a NEAR/5 b", "a 1 2 3 4 5 b", False),
        ("a NEAR/5 b", "b a", True),
        ("a ONEAR/5 b", "b a", False),
        ("露茉 NEAR/5 好用", "露茉真的非常好用", True),
        ("露茉 NEAR/4 好用", "露茉真的非常好用", False),
        ("露茉 NEAR/2 skin", "露茉的skin", True),
        ("露茉 NEAR/1 skin", "露茉的skin", False),
        ("a NEAR/1 b", "a, ... b", True),
        ("a NEAR/2 b", "a don't b", True),
        ("a NEAR/1 b", "ab", False),
        ('river NEAR/1 "river song"', "river song", True),
        ('river ONEAR/1 "river song"', "river song", False),
        ("(a ONEAR/1 b) ONEAR/1 c", "a b c", True),
        ("a NEAR/5 (b OR c)", "a c", True),
        ("raw:Apple NEAR/2 pie", "ﬁne Apple nice pie", True),
        ("raw:apple NEAR/2 pie", "Apple pie", False),
        ("NOT a", None, True),
        ("likes:>0", "a", False),
        ("NOT likes:>0", "a", True),
    ],
)
def test_terms(query: str, text: str | None, hit: bool) -> None:
    assert (found(query, text) is not None) is hit


def test_nothing_crosses_a_border() -> None:
    assert found("a b", "b", title="a") == ("a", "b")
    assert found('"a b"', "b", title="a") is None
    assert found("a NEAR/5 b", "b", title="a") is None
    assert found("a NEAR/5 b", None, hashtags="a|b") is None
    assert found('raw:"a|b"', None, hashtags="a|b") is None
    assert found("hashtag:a", "a") is None
    assert found("hashtag:a", None, hashtags="b|A") == ()


def test_terms_that_hit_are_those_that_speak_for_the_mention() -> None:
    assert found("Lumora OR lumora OR (velune kintsu) NOT x", "lumora velune") == ("Lumora", "lumora")
    assert found("(a NEAR/1 (b OR c)) OR d", "a b") == ("a", "b")


def test_a_missing_text_is_no_match() -> None:
    frame = pl.DataFrame({"folded": [None, "a"]}, {"folded": pl.String})
    assert Matcher([parse("a"), parse("platform:weibo"), parse("-b")]).match(frame) == [{1: ("a",)}, {}, {0: (), 1: ()}]
    assert Matcher([]).match(frame) == []


def test_sums_do_not_overflow() -> None:
    most = 2**63 - 1
    frame = pl.DataFrame({"folded": ["a", "a"], "likes": [most, None], "shares": [most, None]})
    assert Matcher([parse("engagement:>5")]).match(frame) == [{0: ()}]


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("lumora", "新的ＬＵＭＯＲＡ霜", ["ＬＵＭＯＲＡ"]),
        ('"lumora skin" OR lumora OR skin', "Lumora  Skin, skin", ["Lumora  Skin", "skin"]),
        ("薇瀾 -霜", "薇澜霜", ["薇澜"]),
        ("kova", "\u200b ko\u200bva", ["ko\u200bva"]),
        ("fine", "a ﬁne day", ["ﬁne"]),
        ("raw:Apple", "apple Apple", ["Apple"]),
        ("露茉 NEAR/3 好", "露茉很好", ["露茉", "好"]),
        ("likes:>3", "likes", []),
    ],
)
def test_spans_to_highlight(query: str, text: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in term_spans(parse(query), text)] == marked


@given(st.text(max_size=30) | st.text("a A\u0301\u200b\u3000ﾊﾞ\u1100\u1161가\ufdfa廣´", max_size=12))
def test_alignment_gives_what_folding_gives(text: str) -> None:
    aligned = align(text)
    assert aligned.folded == fold(text)
    assert len(aligned.folded) == len(aligned.starts) == len(aligned.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(aligned.starts, aligned.ends, strict=True))
    assert list(aligned.starts) == sorted(aligned.starts)


@pytest.mark.parametrize(
    ("query", "english", "chinese"),
    [
        (
            "a OR b NOT c",
            "Mentions with “a” or (“b” and not “c”). AND is read before OR; brackets change that.",
            "符合以下条件的提及：“a” 或 （“b” 且 不含 “c”）。 先算 AND，再算 OR；括号可改变次序。",
        ),
        (
            "lum* or platform:x",
            (
                "Mentions with words that begin with “lum” and “or” and platform “x”. "
                "“or” is searched as a word; operators are written in capitals."
            ),
            "符合以下条件的提及：以“lum”开头的词 且 “or” 且 平台为“x”。 “or”按普通词搜索；运算符须大写。",
        ),
        (
            "raw:A ONEAR/3 (b OR c)",
            "Mentions with “A” exactly as written followed within 3 positions by (“b” or “c”).",
            "符合以下条件的提及：与“A”大小写完全一致之后 3 个位置以内出现（“b” 或 “c”）。",
        ),
        (
            "likes:>3 since:2025-01-13 author:@y",
            (
                "Mentions with likes > 3 and a time from 2025-01-13 00:00 UTC on "
                "and an author whose id, handle or name is “y”."
            ),
            "符合以下条件的提及：点赞 > 3 且 时间不早于 2025-01-13 00:00 UTC 且 作者的 ID、账号或昵称为“y”。",
        ),
    ],
)
def test_descriptions(query: str, english: str, chinese: str) -> None:
    assert describe(parse(query)) == english
    assert describe(parse(query), "zh") == chinese
