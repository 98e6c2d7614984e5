"""Watchlists as YAML."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tingfeng.home import CHECKOUT
from tingfeng.queries import parse
from tingfeng.watchlists import SUBJECT_KINDS, Account, Subject, Watchlist, WatchlistError, aliases, read, write

EXAMPLE = """
name: Skin care
time_zone: Asia/Shanghai
platforms: [weibo, tiktok]
languages: [zh]
sources: ["appstore:741292507", "rss:https://example.org/feed.xml"]
subjects:
  - name: Lumora
    query: '(露茉 OR lum* OR "lumora skin") NOT 露茉莉 since:2025-01-13'
  - name: River Song
    kind: kol
    accounts: [xiaohongshu:5f1E0a, "weibo:@RiverSong"]
"""


def test_a_watchlist_is_read() -> None:
    river = Subject("River Song", "kol", None, ("xiaohongshu:5f1E0a", "weibo:@RiverSong"))
    query = parse('(露茉 OR lum* OR "lumora skin") NOT 露茉莉 since:2025-01-13', "Asia/Shanghai")
    assert read(EXAMPLE) == Watchlist(
        "Skin care",
        "Asia/Shanghai",
        ("weibo", "tiktok"),
        ("zh",),
        ("appstore:741292507", "rss:https://example.org/feed.xml"),
        (Subject("Lumora", "brand", query), river),
    )
    assert river.owned == (Account("xiaohongshu", "5f1E0a"), Account("weibo", "@riversong"))


def test_what_is_left_out_is_empty_and_the_zone_is_utc() -> None:
    assert read("{name: A, platforms: , subjects: [{name: B, query: c}]}") == Watchlist(
        "A", subjects=(Subject("B", "brand", parse("c")),)
    )


def test_aliases_are_the_name_and_the_terms_that_speak_for_the_subject() -> None:
    lumora, river = read(EXAMPLE).subjects
    assert aliases(lumora) == ("Lumora", "露茉", "lum", "lumora skin")
    assert aliases(river) == ("River Song",)


@pytest.mark.parametrize(
    "file", sorted((CHECKOUT / "config" / "watchlists").glob("*.yaml")), ids=lambda file: file.stem
)
def test_the_examples_are_read(file: Path) -> None:
    watchlist = read(file.read_text(encoding="utf-8"))
    assert watchlist.name.startswith("Demo: ")
    assert all(subject.query for subject in watchlist.subjects)


plain = st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])
names = st.text(plain, min_size=1, max_size=12).filter(lambda text: text.strip() and "|" not in text)
ids = st.text(plain, min_size=1, max_size=8).filter(lambda text: text.lstrip("@").strip())
accounts = st.builds("{}:{}".format, st.sampled_from(["weibo", "x"]), ids)


@st.composite
def subjects(draw: st.DrawFn, name: str) -> Subject:
    query = draw(st.none() | st.sampled_from(['"river song" OR 宋小河', "a\nOR 'b'", "c -d", "since:2025-01-13"]))
    owned = draw(st.lists(accounts, min_size=0 if query else 1, max_size=2))
    return Subject(name, draw(st.sampled_from(SUBJECT_KINDS)), query and parse(query, "+08:00"), tuple(owned))


@st.composite
def watchlists(draw: st.DrawFn) -> Watchlist:
    called = draw(st.lists(names, min_size=1, max_size=3, unique=True))
    texts = st.lists(names, max_size=2).map(tuple)
    platforms = draw(st.lists(st.sampled_from(["weibo", "tiktok"]), max_size=2).map(tuple))
    tracked = tuple(draw(subjects(name)) for name in called)
    return Watchlist(draw(names), "+08:00", platforms, draw(texts), draw(texts), tracked)


@given(watchlists())
def test_what_is_written_reads_as_the_same(watchlist: Watchlist) -> None:
    assert read(write(watchlist)) == watchlist


SUBJECT = "subjects: [{name: B, query: c}]"


def named(count: int) -> str:
    """That many subjects."""
    return f"[{', '.join(f'{{name: B{number}, query: c}}' for number in range(count))}]"


def test_the_longest_names_and_the_most_subjects_are_read() -> None:
    watchlist = read(f"name: {'露' * 200}\nsubjects: {named(499)[:-1]}, {{name: {'B' * 200}, query: c}}]")
    assert (len(watchlist.name), len(watchlist.subjects), len(watchlist.subjects[-1].name)) == (200, 500, 200)


@pytest.mark.parametrize(
    ("text", "where", "said"),
    [
        ("- a", "", "mapping"),
        ("just text", "", "mapping"),
        ("", "", "mapping"),
        ("name: A\nplatform: [x]\n" + SUBJECT, "the watchlist", "did you mean 'platforms'"),
        ("colour: red", "the watchlist", "the fields are name, time_zone"),
        (SUBJECT, "the watchlist", "name"),
        ("name: 12\n" + SUBJECT, "the watchlist", "quotes"),
        ("name: A", "watchlist 'A'", "no subjects"),
        ("name: A\nsubjects: {name: B}", "watchlist 'A'", "no list"),
        ("name: A\nsubjects: [B]", "", "Subject 1 is no mapping"),
        ("name: A\nsubjects: [{query: c}]", "subject 1", "name"),
        ("name: A\nsubjects: [{name: B, querry: c}]", "subject 1", "did you mean 'query'"),
        ("name: A\nsubjects: [{name: B, kind: brnd, query: c}]", "kind of subject 'B'", "did you mean 'brand'"),
        ("name: A\nsubjects: [{name: B}]", "subject 'B'", "neither a query nor accounts"),
        ("name: A\nsubjects: [{name: B|C, query: c}]", "subject 'B|C'", "|"),
        ("name: A\nsubjects: [{name: B, query: 'x (y'}]", "subject 'B', position 3", "never closed"),
        ("name: A\nsubjects: [{name: B, query: 'plattform:x'}]", "subject 'B', position 1", "did you mean platform"),
        ("name: A\nsubjects: [{name: B, accounts: [weibo]}]", "subject 'B'", "platform:id"),
        ("name: A\nsubjects: [{name: B, accounts: ['weibo:@']}]", "subject 'B'", "platform:id"),
        ("name: A\nsubjects: [{name: B, accounts: [weibp:1]}]", "accounts of subject 'B'", "did you mean 'weibo'"),
        ("name: A\nsubjects: [{name: B, query: c}, {name: B, query: d}]", "watchlist 'A'", "Two subjects"),
        ("name: A\ntime_zone: Asia/Shangai\n" + SUBJECT, "watchlist 'A'", "time zone"),
        ("name: A\nplatforms: weibo\n" + SUBJECT, "watchlist 'A'", "platforms: [one, two]"),
        ("name: A\nplatforms: [weibo, 3]\n" + SUBJECT, "watchlist 'A'", "quotes"),
        ("name: A\nplatforms: [red]\n" + SUBJECT, "platforms of watchlist 'A'", "reddit"),
        ('name: A\nsubjects:\n- {name: B}\n  query: "c" OR d', "line 4, column 3", "single quotes"),
        ('name: A\nquery: "c" OR d', "line 2, column 12", "single quotes"),
        ("name: A\n" + SUBJECT + "\nname: B", "line 3, column 1", "'name' is written twice"),
        ("name: A\nsubjects:\n- name: B\n  query: c\n  query: d", "line 5, column 3", "'query' is written twice"),
        ("name: A\n[a]: b\n[a]: c", "line 2, column 1", "no YAML"),
        ("name: \x00", "", "no YAML"),
        ("name: &a x\nlanguages: [*a]\n" + SUBJECT, "", "alias"),
        ("[" * 5000, "", "cannot be read"),
        ("name: 2025-99-99", "", "cannot be read"),
        ("# " + "x" * 1_000_000, "", "longer"),
        (f"name: {'A' * 201}\n" + SUBJECT, "the watchlist", "The name is longer than 200 characters"),
        (
            f"name: A\nsubjects: [{{name: {'露' * 201}, query: c}}]",
            "subject 1",
            "The name is longer than 200 characters",
        ),
        (f"name: A\nsubjects: {named(501)}", "watchlist 'A'", "more than 500 subjects"),
    ],
)
def test_errors(text: str, where: str, said: str) -> None:
    with pytest.raises(WatchlistError) as caught:
        read(text)
    assert caught.value.where == where
    assert said in str(caught.value)


@pytest.mark.parametrize("hidden", ["\\x85", "\\x00", "\\u2028", "\\ud800"])
def test_control_characters_are_refused(hidden: str) -> None:
    with pytest.raises(WatchlistError, match="control character"):
        read(f'name: "A{hidden}"\nsubjects: [{{name: B, query: b}}]')
