import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sentiment import glosses
from sentiment.lexicon import aligned, lexicon
from tingfeng.home import config

READ = config("lexicon")


def found(text: str) -> list[str]:
    return [hit.entry.term for hit in lexicon().hits(text)]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("绝绝子", ["绝绝子"]),
        ("绝对", []),
        ("被拒绝了", []),
        ("避雷针", []),
        ("特别下头", ["下头"]),
        ("低下头", []),
        ("老板666", ["666"]),
        ("卖666元", []),
        ("¥666", []),
        ("1666年", []),
        ("xyyds", []),
        ("真的yyds啊", ["yyds"]),
        ("[doge][dogeR]", ["[doge]", "[doge]"]),
        ("she ATE!", ["ate"]),
        ("i ate lunch", []),
        ("the GOAT", ["goat"]),
        ("the goat cheese", []),
        ("based on facts", []),
        ("😭😭", ["😭", "😭"]),
        ("狠狠爱住了", ["狠狠爱住"]),
    ],
)
def test_a_term_counts_only_in_its_sense(text: str, terms: list[str]):
    assert found(text) == terms


@pytest.mark.parametrize(
    ("text", "turned"),
    [
        ("不是智商税", True),
        ("智商税", False),
        ("不好看，智商税", False),  # another clause
        ("特别下头", False),  # 别 inside 特别
        ("not overhyped", True),
        ("not only overhyped", False),
        ("this is not really that overhyped", True),
    ],
)
def test_negation(text: str, turned: bool):
    hit = lexicon().hits(text)[-1]
    assert hit.weight == pytest.approx(hit.entry.weight * (-0.7 if turned else 1))


@given(st.text(max_size=200))
def test_aligned_keeps_positions(text: str):
    assert len(aligned(text)) == len(text)


@given(st.text(st.sampled_from("yds绝子了不😭[doge]R 6\u3000İßａ"), max_size=60))
def test_hits_lie_in_the_text_and_do_not_overlap(text: str):
    hits = lexicon().hits(text)
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)
    assert all(left.end <= right.start for left, right in pairwise(hits))
    assert all(aligned(text[hit.start : hit.end]).replace("r]", "]") == hit.entry.term for hit in hits)


def test_every_entry_is_complete():
    for row in READ["terms"]:
        assert isinstance(row["term"], str), row
        assert -3 <= row["weight"] <= 3, row
        assert row["en"], row
        assert row["zh"], row
        assert row.get("role", "echo") in {"echo", "irony"}, row
        assert row.get("lang", "zh") in {"zh", "en"}, row
        assert all(re.compile(row[side]) for side in ("before", "after") if side in row), row
        assert set(row) <= {"term", "also", "lang", "weight", "role", "unless", "before", "after", "en", "zh"}, row


def test_terms_are_written_as_they_are_compared_and_occur_once():
    terms = [term for row in READ["terms"] for term in (row["term"], *row.get("also", ()))]
    assert [term for term in terms if aligned(term) != term] == []
    assert len(terms) == len(set(terms))


def test_glosses_in_both_languages():
    text = "这个真的YYDS，避雷针 u1s1 [doge] 好用"
    assert [(gloss.term, text[gloss.start : gloss.end]) for gloss in glosses(text)] == [
        ("YYDS", "YYDS"),
        ("u1s1", "u1s1"),
        ("[doge]", "[doge]"),
    ]
    assert "forever a god" in glosses(text)[0].en
    assert "永远的神" in glosses(text)[0].zh
    assert glosses("https://yyds.com/yyds @yyds") == []
