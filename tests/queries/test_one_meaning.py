"""Matching at import and searching in the store give the answer of a naive reading, for every query."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import duckdb
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.searchable import searchable
from tingfeng.mentions.text import fold
from tingfeng.queries import Matcher, QueryError, parse, register, to_sql

Mention = dict[str, Any]
Tree = tuple[Any, ...]

SCHEMA = {
    **dict.fromkeys(["title", "text", "hashtags", "platform", "language", "kind", "author_id"], pl.String),
    **dict.fromkeys(["author_name", "author_handle", "region", "tags", "label", "id"], pl.String),
    **dict.fromkeys(["likes", "comments", "shares", "saves", "views", "author_followers"], pl.Int64),
    "published_at": pl.Datetime("us"),
}

# --- the naive reading -------------------------------------------------------------------------------------------


def is_word(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character == "_")


def places(needle: str, prefix: bool, text: str) -> list[tuple[int, int]]:
    found = []
    for start in range(len(text)):
        end = start + len(needle)
        before, after = text[start - 1 : start], text[end : end + 1]
        whole = not (is_word(needle[0]) and is_word(before or " "))
        whole &= prefix or not (is_word(needle[-1]) and is_word(after or " "))
        if text.startswith(needle, start) and whole:
            found.append((start, end))
    return found


def positions(text: str) -> list[int]:
    """For each character, how many words and Han characters have begun by then."""
    counted, begun, inside = [], 0, False
    for at, character in enumerate(text):
        han = "\u3400" <= character <= "\u9fff"
        joint = (
            character == "'" and inside and text[at + 1 : at + 2].isalnum() and not "\u3400" <= text[at + 1] <= "\u9fff"
        )
        letter = (character.isalnum() and not han) or joint
        begun += han or (letter and not inside)
        inside = letter
        counted.append(begun)
    return counted


def parts(mention: Mention) -> list[str]:
    return [mention["title"] or "", mention["text"] or "", *(mention["hashtags"] or "").split("|")]


def spans(tree: Tree, raw: str) -> set[tuple[int, int]]:
    match tree:
        case ("term", needle, prefix, is_raw):
            return set(places(needle if is_raw else fold(needle), prefix, raw if is_raw else fold(raw)))
        case ("or", children):
            return {span for child in children for span in spans(child, raw)}
        case ("near", left, right, distance, ordered):
            where, found = positions(raw), set()
            for a in spans(left, raw):
                for b in spans(right, raw):
                    apart = max(where[b[0]] - where[a[1] - 1], where[a[0]] - where[b[1] - 1])
                    if apart <= distance and (not ordered or a[1] <= b[0]):
                        found.add((min(a[0], b[0]), max(a[1], b[1])))
            return found
    raise AssertionError(tree)


def holds(tree: Tree, mention: Mention) -> bool:
    match tree:
        case ("field", _, predicate):
            return bool(predicate(mention))
        case ("not", child):
            return not holds(child, mention)
        case ("and", children):
            return all(holds(child, mention) for child in children)
        case ("or", children):
            return any(holds(child, mention) for child in children)
    return any(spans(tree, part) for part in parts(mention))


# --- random queries and mentions ---------------------------------------------------------------------------------


def written(tree: Tree, level: int = 0) -> str:
    """`tree` as a query, with brackets only where precedence asks for them."""
    match tree:
        case ("term", needle, prefix, is_raw):
            quoted = not prefix and (" " in needle or needle.startswith("-"))
            return "raw:" * is_raw + (f'"{needle}"' if quoted else needle) + "*" * prefix
        case ("field", text, _):
            return str(text)
        case ("or", children):
            own, text = 0, " OR ".join(written(child, 1) for child in children)
        case ("and", children):
            own, text = 1, " ".join(written(child, 2) for child in children)
        case ("not", child):
            own, text = 2, f"NOT {written(child, 2)}"
        case ("near", left, right, distance, ordered):
            own, text = 3, f"{written(left, 3)} {'O' * ordered}NEAR/{distance} {written(right, 4)}"
    return f"（{text}）" if own < level else text


def total(mention: Mention) -> int | None:
    known = [mention[name] for name in ("likes", "comments", "shares", "saves") if mention[name] is not None]
    return sum(known) if known else None


def is_by(mention: Mention, name: str) -> bool:
    handle = fold(mention["author_handle"] or "").lstrip("@")
    return (
        name == mention["author_id"]
        or fold(name) == handle
        or bool(places(fold(name), False, fold(mention["author_name"] or "")))
    )


FIELDS: list[tuple[str, Callable[[Mention], bool]]] = [
    ("platform:weibo", lambda m: m["platform"] == "weibo"),
    ("language:ZH", lambda m: m["language"] == "zh"),
    ("kind:post", lambda m: m["kind"] == "post"),
    ("label:negative", lambda m: m["label"] == "negative"),
    ("id:a1", lambda m: m["id"] == "a1"),
    ("region:廣東", lambda m: fold(m["region"] or "") == "广东"),
    ("author:@ab", lambda m: is_by(m, "ab")),
    ("author：买", lambda m: is_by(m, "买")),
    ("hashtag:#買", lambda m: "买" in map(fold, (m["hashtags"] or "").split("|"))),
    ('tag:"A b"', lambda m: "a b" in fold(m["tags"] or "").split("|")),
    ("likes:>2", lambda m: m["likes"] is not None and m["likes"] > 2),
    ("comments:3", lambda m: m["comments"] == 3),
    ("views:<=2", lambda m: m["views"] is not None and m["views"] <= 2),
    ("followers:<3", lambda m: m["author_followers"] is not None and m["author_followers"] < 3),
    ("engagement:>=5", lambda m: (total(m) or 0) >= 5),
    ("since:2025-01-13", lambda m: m["published_at"] is not None and m["published_at"] >= datetime(2025, 1, 12, 16)),
    ("until:2025-01-13", lambda m: m["published_at"] is not None and m["published_at"] < datetime(2025, 1, 12, 16)),
]

LETTERS = "abAB买買了-' ."
needles = st.text("abA买買了", min_size=1, max_size=3) | st.sampled_from(
    ["a b", "ab买", "b-a", "-a", "a'b", "买 a", "."]
)
plain = st.tuples(st.just("term"), needles, st.just(False), st.booleans())
prefixes = st.tuples(st.just("term"), st.text("abA买", min_size=1, max_size=2), st.just(True), st.booleans())
term = plain | prefixes
alternatives = st.tuples(st.just("or"), st.lists(term, min_size=2, max_size=2))


def near(side: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    return st.tuples(st.just("near"), side, side, st.integers(1, 3), st.booleans())


def several(child: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    joined = st.tuples(st.sampled_from(["and", "or"]), st.lists(child, min_size=2, max_size=3))
    return joined | st.tuples(st.just("not"), child)


leaves = term | st.sampled_from(FIELDS).map(lambda field: ("field", *field)) | near(term | alternatives | near(term))
trees = st.recursive(leaves, several, max_leaves=6)
short = st.tuples(st.just("term"), st.sampled_from(["a", "b", "买", "了"]), st.booleans(), st.just(False))
short |= st.just(("term", "a b", False, False))
nears = near(near(short) | short | st.tuples(st.just("or"), st.lists(short, min_size=2, max_size=2)))

text = st.none() | st.text(LETTERS, max_size=14).map(lambda value: " ".join(value.split()))
names = st.none() | st.sampled_from(["ab", "@AB", "Ab 买", "xab", "買", "a1"])
numbers = st.none() | st.integers(0, 5)
mentions = st.fixed_dictionaries(
    {
        **dict.fromkeys(SCHEMA, numbers),
        **dict.fromkeys(["title", "text"], text),
        **dict.fromkeys(["author_id", "author_name", "author_handle", "id"], names),
        "hashtags": st.none() | st.lists(st.sampled_from(["买", "買", "ab", "a b"]), max_size=2).map("|".join),
        "tags": st.none() | st.sampled_from(["a b", "x|A b", "xa b"]),
        "platform": st.sampled_from(["weibo", "tiktok"]),
        "language": st.sampled_from([None, "zh", "en"]),
        "kind": st.sampled_from([None, "post"]),
        "region": st.sampled_from([None, "广东", "廣東", "US"]),
        "label": st.sampled_from([None, "negative"]),
        "published_at": st.none() | st.datetimes(datetime(2025, 1, 12, 12), datetime(2025, 1, 12, 20)),
    }
)


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        register(opened)
        yield opened


def frame_of(rows: list[Mention]) -> pl.DataFrame:
    folded = searchable((row["title"], row["text"], row["hashtags"]) for row in rows)
    return pl.DataFrame(rows, SCHEMA).with_columns(folded=pl.Series(folded), row=pl.int_range(len(rows)))


@settings(max_examples=400)
@given(tree=trees, rows=st.lists(mentions, min_size=1, max_size=6))
def test_three_readings_agree(connection: duckdb.DuckDBPyConnection, tree: Tree, rows: list[Mention]) -> None:
    query = parse(written(tree), "Asia/Shanghai")
    frame = frame_of(rows)
    expected = {at for at, mention in enumerate(rows) if holds(tree, mention)}

    assert set(Matcher([query]).match(frame)[0]) == expected, query

    condition = to_sql(query)
    connection.register("mentions", frame.to_arrow())
    sql = f"SELECT m.row FROM mentions AS m WHERE {condition.text}"
    assert {row for (row,) in connection.execute(sql, condition.params).fetchall()} == expected, query


anything = st.text(min_size=1, max_size=8) | st.text("a\\b.[|]{}^$+?_- \x00\n\u0301é哈", min_size=1, max_size=8)


@settings(max_examples=300)
@given(term=anything, raw=st.booleans(), around=st.tuples(anything, anything), tags=st.lists(anything, max_size=2))
def test_any_characters_mean_the_same(
    connection: duckdb.DuckDBPyConnection, term: str, raw: bool, around: tuple[str, str], tags: list[str]
) -> None:
    row: Mention = dict.fromkeys(SCHEMA) | {"text": term.join(around), "title": term, "hashtags": "|".join(tags)}
    try:
        query = parse(f'{"raw:" * raw}"{term}"')
    except QueryError:
        return
    frame, condition = frame_of([row]), to_sql(query)
    connection.register("mentions", frame.to_arrow())
    sql = f"SELECT {condition.text} FROM mentions AS m"
    assert connection.execute(sql, condition.params).fetchall() == [(0 in Matcher([query]).match(frame)[0],)]
    if raw and query.terms == (term,):
        assert Matcher([query]).match(frame)[0]


@settings(max_examples=400)
@given(tree=nears, words=st.lists(st.sampled_from(["a", "b", "ab", "买", "了", ".", "ba"]), max_size=8))
def test_near_agrees(tree: Tree, words: list[str]) -> None:
    row: Mention = dict.fromkeys(SCHEMA) | {"text": " ".join(words)}
    assert bool(Matcher([parse(written(tree))]).match(frame_of([row]))[0]) == holds(tree, row)


@settings(max_examples=50)
@given(trees=st.lists(trees, min_size=1, max_size=4), rows=st.lists(mentions, min_size=1, max_size=4))
def test_queries_do_not_disturb_one_another(trees: list[Tree], rows: list[Mention]) -> None:
    queries, frame = [parse(written(tree)) for tree in trees], frame_of(rows)
    assert Matcher(queries).match(frame) == [Matcher([query]).match(frame)[0] for query in queries]
