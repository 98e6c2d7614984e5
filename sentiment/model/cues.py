"""What says how the rest of a text is meant: quotation marks and the words of `config/cues.yaml`."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from sentiment.model.normal import LONG_NUMBER, NUMBER, normal
from tingfeng.home import config

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

SORTS: Final = ("turn", "concede", "report", "mock", "ask", "rhetoric")

Places = npt.NDArray[np.int64]

#: What stands between two marks of a line, and what is forwarded before "//". No opening mark stands behind a letter,
#: where it is an apostrophe, or a number, where it is an inch.
_QUOTATION = re.compile(
    rf"""
      "(?<![\d{NUMBER}{LONG_NUMBER}]")[^"\n]{{1,200}}"
    | “[^“”\n]{{1,200}}” | 「[^「」\n]{{1,200}}」 | 『[^『』\n]{{1,200}}』 | ‘[^‘’\n]{{1,200}}’(?![a-z])
    | [r/](?<![^\n][r/])[t/]\ ?:[^\n]{{1,200}}?//(?=[^\n]{{2}})
    | '(?<![^\W_]')(?=\S)(?:[^'\n]|'(?=[a-z])){{1,120}}'(?![^\W_])
    """,
    re.VERBOSE,
)


def quotations(text: str) -> Places:
    """The places of both marks of each quotation in the lines of `text`, shape (n, 2)."""
    found = [(each.start(), each.end() - 1) for each in _QUOTATION.finditer(text)]
    return np.array(found, np.int64).reshape(-1, 2)


def cues(text: str) -> tuple[Places, Places, Places]:
    """The cues in the lines of `text`: the number of each one's sort, its start and its end, as parallel arrays."""
    automaton, sorts = _automaton()
    found = np.array(automaton.find_matches_as_indexes(text), np.int64).reshape(-1, 3)
    return sorts[found[:, 0]], found[:, 1], found[:, 2]


@cache
def _automaton() -> "tuple[AhoCorasick, Places]":
    from ahocorasick_rs import AhoCorasick, MatchKind

    sorts = {term: SORTS.index(sort) for sort, term in _terms(config("cues"))}
    return AhoCorasick(list(sorts), matchkind=MatchKind.LeftmostLongest), np.fromiter(sorts.values(), np.int64)


def _terms(read: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each sort with each of its terms in the model's form."""
    for sort in SORTS:
        for lang, terms in read[sort].items():
            joint = "" if lang == "zh" else " "
            both = (
                [*terms["plain"], *(who + joint + says for who in terms["who"] for says in terms["says"])]
                if isinstance(terms, dict)
                else terms
            )
            for term in both:
                yield sort, normal([term])
