import re
from collections import Counter
from itertools import pairwise
from typing import Any

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
        ("只要666", []),
        ("花了666买的", []),
        ("room 666", []),
        ("我们绝交吧", []),
        ("被拉黑了", ["拉黑"]),
        ("地震塌房", []),
        ("集美大学", []),
        ("open till midnight", []),
        ("a mid-range phone", []),
        ("in my mid 20s", []),
        ("Mid-Autumn gift box", []),
        ("the album was mid", ["mid"]),
        ("mid.", ["mid"]),
        ("we ate.", []),
        ("the dog ate that", []),
        ("there was fire in the kitchen", []),
        ("set off the fire alarm", []),
        ("被fire了", ["被fire了"]),
        ("the new track is fire", ["fire"]),
        ("a huge W for the team", ["huge w"]),
        ("W update", ["w update"]),
        ("George W Bush", []),
        ("a size L shirt", []),
        ("took the L", ["took the l"]),
        ("took the L train", []),
        ("now take all take", []),
        ("L'Oréal serum", []),
        ("that's cap", ["cap"]),
        ("a baseball cap", []),
        ("no cap", ["no cap"]),
        ("emo music", []),
        ("已经寄了", []),
        ("天凉了", []),
        ("sick leave", []),
        ("keep it real", []),
        ("先mark，明天去", ["先mark"]),
        ("question mark", []),
    ],
)
def test_a_term_counts_only_in_its_sense(text: str, terms: list[str]):
    assert found(text) == terms


@pytest.mark.parametrize(
    ("text", "term", "weight"),
    [
        ("so cute I can't 😭", "😭", 1.2),
        ("好好吃啊😭", "😭", 1.2),
        ("my parcel got lost 😭", "😭", -1.2),
        ("不好吃😭", "😭", -1.2),
        ("😭", "😭", 0.2),
        ("this is hilarious 💀", "💀", 1),
        ("phone broke again 💀", "💀", -1.2),
        ("感动到破防", "破防", 1.5),
        ("被客服气到破防", "破防", -2),
        ("结局太甜，我破防了", "破防了", 1.2),
        ("成功拔草", "拔草", 1),
        ("被劝退，拔草了", "拔草", -1.2),
        ("没塌房", "塌房", 1.75),
        ("不种草", "种草", -1.05),
        ("xswl 太好笑了", "xswl", 1),
        ("xswl 又坏了", "xswl", -0.5),
        ("awsl 小猫好软", "awsl", 2.5),
        ("客服又不回 666", "666", -1),
        ("味道难吃绝了", "绝了", -2),
        ("火锅绝了", "绝了", 1.5),
        ("遥遥领先，续航真强", "遥遥领先", 1),
        ("又卡顿又闪退，遥遥领先", "遥遥领先", -1.2),
        ("性能逆天", "逆天", 1.8),
        ("逆天言论", "逆天", -2),
        ("这手机秒变暖手宝", "暖手宝", -1.8),
        ("品控太差", "品控", -2.2),
        ("信号感人", "感人", -1.5),
        ("I feel sick", "sick", -1.5),
        ("sick of the adverts", "sick of", -2.5),
        ("what a sick solo", "sick", 2.2),
        ("it's giving luxury", "it's giving", 2),
        ("it's giving cheap", "it's giving", -2),
        ("insane quality", "insane", 2),
        ("insane prices", "insane", -1.8),
        ("let him cook", "let him cook", 2),
        ("who let him cook", "who let him cook", -1.5),
        ("he cooked dinner", "he cooked", 0),
        ("we're so cooked", "cooked", -1.5),
        ("the band sold out", "sold out", -1.8),
        ("sold out everywhere", "sold out", -0.5),
        ("not that good 😂", "😂", -0.4),
    ],
)
def test_what_stands_beside_a_term_chooses_its_sense(text: str, term: str, weight: float):
    assert {hit.entry.term: hit.weight for hit in lexicon().hits(text)}[term] == pytest.approx(weight)


def test_the_mood_is_that_of_the_same_line():
    assert [hit.weight for hit in lexicon().hits("so cute\n😭\nmy parcel got lost")] == [0.2]


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


def senses() -> list[tuple[str, dict[str, Any]]]:
    """Each sense of each entry, with its term."""
    return [(row["term"], sense) for row in READ["terms"] for sense in (row, *row.get("senses", ()))]


def test_every_sense_is_complete():
    for term, sense in senses():
        assert isinstance(term, str), sense
        assert -3 <= sense["weight"] <= 3, term
        assert bool(sense["en"]) == bool(sense["zh"]), term
        assert sense["en"], term
        assert sense.get("role", "echo") in {"echo", "irony"}, term
        assert sense.get("lang", "zh") in {"zh", "en"}, term
        assert sense.get("beside", "joy") in READ["moods"], term
        assert all(re.compile(sense[side]) for side in ("before", "after") if side in sense), term


def test_an_entry_has_known_keys_only_and_another_sense_a_context():
    sense = {"weight", "role", "before", "after", "beside", "en", "zh"}
    for row in READ["terms"]:
        assert set(row) <= sense | {"term", "also", "lang", "unless", "senses"}, row
        for other in row.get("senses", ()):
            assert set(other) <= sense, row
            assert set(other) & {"before", "after", "beside"}, row


def test_there_are_many_senses_with_a_gloss():
    assert len(senses()) >= 450


def test_terms_are_written_as_they_are_compared_and_occur_once():
    terms = [term for row in READ["terms"] for term in (row["term"], *row.get("also", ()))]
    terms += [word for lang in ("zh", "en") for words in READ["words"][lang].values() for word in words]
    assert [term for term in terms if aligned(term) != term] == []
    assert [term for term, times in Counter(terms).items() if times > 1] == []


def test_moods_are_written_as_they_are_compared_and_contradict_neither_each_other_nor_the_terms():
    joy, grief = READ["moods"]["joy"], READ["moods"]["grief"]
    assert [word for word in joy + grief if aligned(word) != word] == []
    assert [word for word, times in Counter(joy + grief).items() if times > 1] == []
    weights = {entry.term: entry.weight for entry in lexicon().entries}
    assert [word for word in joy if weights.get(word, 0) < 0] == []
    assert [word for word in grief if weights.get(word, 0) > 0 and len(word) > 1] == []


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
