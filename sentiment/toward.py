"""Sentiment toward one subject: what is asked, and how an engine that reads whole texts only is asked."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sentiment.clean import LOOKED_AT
from tingfeng.mentions.text import fold, folded

_CLAUSE = re.compile(
    r"""
      [\n.!?;,。！？；，…]+
    | (?<=\s)(?:but|while|whereas|however|although|though|unlike)(?=\s)
    | (?:但是?|不过|然而|可是|而)(?=\S)
    """,
    re.VERBOSE | re.IGNORECASE,
)


class About(NamedTuple):
    """A text, the names of the subject that it is read for, and the names of other subjects that it may hold."""

    text: str
    names: tuple[str, ...]
    others: tuple[str, ...] = ()


def about(pairs: Sequence[tuple[str, str]], aliases: Mapping[str, Sequence[str]]) -> list[About]:
    """What (text, subject) pairs ask, each for itself; all that stand in `aliases` are known to be others' names."""
    known = {subject: _names(subject, aliases) for subject in (*aliases, *dict.fromkeys(one for _, one in pairs))}
    every = dict.fromkeys(name for subject in aliases for name in known[subject])
    forms = list(zip(every, folded(list(every)), strict=True))
    texts = [text[:LOOKED_AT] for text, _ in pairs]
    asked = []
    for text, plain, (_, subject) in zip(texts, folded(texts), pairs, strict=True):
        own = known[subject]
        others = tuple(name for name, form in forms if form and form in plain and name not in own)
        asked.append(About(text, own, others))
    return asked


def _names(subject: str, aliases: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((subject, *aliases.get(subject, ()))))


def part_about(asked: About) -> str:
    """The clauses in which the subject is named; the whole text where it is not.

    Names are compared folded, so case, width and Traditional forms make no difference.
    """
    names = [form for name in asked.names if (form := fold(name))]
    naming = [clause for clause in _clauses(asked.text) if any(name in fold(clause) for name in names)]
    return "\n".join(naming) if naming else asked.text


def _clauses(text: str) -> list[str]:
    """`text` cut after each mark, and at each word of contrast, which is left out: it speaks of both sides."""
    clauses, start = [], 0
    for border in _CLAUSE.finditer(text):
        clauses.append(text[start : border.start() if border[0].isalpha() else border.end()])
        start = border.end()
    return [clause for clause in (*clauses, text[start:]) if clause.strip()]
