"""Sentences of the rooms below, said in the reader's language: a table of English ones with their Chinese."""

import re
from functools import cache

from tingfeng.errors import TingfengError
from tingfeng.home import config

_HOLE = re.compile(r"\\\{(\d)\\\}")


def spoken(error: TingfengError, language: str) -> str:
    """What went wrong, where, and what to do about it, as one sentence."""
    if language == "en":
        return str(error)
    place = f"（{translated(error.where, language)}）" if error.where else ""
    advice = f"：{translated(error.hint, language)}" if error.hint else ""
    return f"{translated(error.what, language)}{place}{advice}"


def translated(sentence: str, language: str) -> str:
    """`sentence` (perhaps followed by a colon and advice) in `language` as far as the table has it, else as it is."""
    if language == "en":
        return sentence
    for pattern, template in _table(language):
        if match := pattern.fullmatch(sentence):
            return template.format(*(translated(part, language) for part in match.groups()))
    what, colon, advice = sentence.partition(": ")
    return f"{translated(what, language)}：{translated(advice, language)}" if colon else sentence


@cache
def _table(language: str) -> list[tuple[re.Pattern[str], str]]:
    """Patterns with a group for each `{0}`, `{1}`, and what is said instead."""
    table: dict[str, str] = config(f"words/said.{language}")
    return [(re.compile(_HOLE.sub("(.+?)", re.escape(english))), said) for english, said in table.items()]
