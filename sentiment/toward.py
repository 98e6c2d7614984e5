"""Which part of a text is about one subject. First version: the clauses that name it."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from sentiment.clean import HEAD
from tingfeng.mentions.text import fold

#: Characters of a text in which a subject is looked for.
_LOOKED_AT: Final = 20 * HEAD

_CLAUSE = re.compile(
    r"""
      [\n.!?;,。！？；，…]+
    | (?<=\s)(?:but|while|whereas|however|although|though|unlike)(?=\s)
    | (?:但是?|不过|然而|可是|而)(?=\S)
    """,
    re.VERBOSE | re.IGNORECASE,
)


def part_about(text: str, subject: str, aliases: Mapping[str, Sequence[str]]) -> str:
    """The clauses of `text` in which `subject` or one of its aliases occurs; the whole text where none does.

    Names are compared folded, so case, width and Traditional forms make no difference.
    """
    names = [folded for name in (subject, *aliases.get(subject, ())) if (folded := fold(name))]
    clauses = _clauses(text[:_LOOKED_AT])
    naming = [clause for clause in clauses if _names(fold(clause), names)]
    return "\n".join(naming) if naming else text


def _names(folded: str, names: Sequence[str]) -> bool:
    return any(name in folded for name in names)


def _clauses(text: str) -> list[str]:
    """`text` cut after each mark, and at each word of contrast, which is left out: it speaks of both sides."""
    clauses, start = [], 0
    for border in _CLAUSE.finditer(text):
        clauses.append(text[start : border.start() if border[0].isalpha() else border.end()])
        start = border.end()
    return [clause for clause in (*clauses, text[start:]) if clause.strip()]
