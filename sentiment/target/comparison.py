"""Comparisons: A beats B is praise for A and none for B. The rules are data, in config/comparison.yaml."""

import re
from functools import cache
from typing import Any, Final, Literal, NamedTuple

from sentiment.target.places import RIVAL, SUBJECT
from tingfeng.home import config

Verdict = Literal["good", "bad", "even"]

#: What a slot may hold: some words of one sentence, and at most this far from the cue.
_SLOT: Final = r"[^.!?;。\n]{1,24}?"
_REACH: Final = 40
_SENTENCE = re.compile(r"[!?;。\n]|\.(?![a-z0-9])")
_LETTERS: Final = {"zh": re.compile("[\u3400-\u9fff]"), "en": re.compile("[a-z<>]")}
_NAME = re.compile(f"[{SUBJECT}{RIVAL}]")


class Rule(NamedTuple):
    """A cue, and what it says of the names around it."""

    cue: re.Pattern[str]
    before: Verdict | None
    inside: Verdict | None
    after: Verdict | None


@cache
def _rules() -> dict[str, tuple[Rule, ...]]:
    read = config("comparison")
    words = {f"{sort}_{lang}": _any_of(read[sort][lang]) for sort in ("better", "worse") for lang in ("zh", "en")}
    fields = words | {"x": f"(?P<x>{_SLOT})", "y": _SLOT, "name": _NAME.pattern}
    return {lang: tuple(_rule(rule, fields) for rule in rules) for lang, rules in read["rules"].items()}


def _rule(rule: dict[str, Any], fields: dict[str, str]) -> Rule:
    cue = rule["cue"]
    for name, pattern in fields.items():
        cue = cue.replace(f"{{{name}}}", pattern)
    return Rule(re.compile(cue), rule.get("before"), rule.get("inside"), rule.get("after"))


def _any_of(words: str) -> str:
    return "|".join(sorted(map(re.escape, words.split()), key=len, reverse=True))


@cache
def _asks() -> re.Pattern[str]:
    return re.compile(config("comparison")["asks"])


def verdict(marked: str) -> Verdict | None:
    """What the first comparison that has the subject of `marked` on one of its sides says of it.

    In English somebody else must be named on the other side: there "better than dinner" compares anything.
    """
    for lang, letters in _LETTERS.items():
        for rule in _rules()[lang] if letters.search(marked) else ():
            for cue in rule.cue.finditer(marked):
                said = _said(rule, cue, marked)
                if said:
                    return said
    return None


def _said(rule: Rule, cue: re.Match[str], marked: str) -> Verdict | None:
    slots = {
        rule.before: _last_name(_SENTENCE.split(marked[max(0, cue.start() - _REACH) : cue.start()])[-1]),
        rule.inside: _first_name(cue["x"]) if rule.inside else None,
        rule.after: _first_name(_SENTENCE.split(marked[cue.end() : cue.end() + _REACH])[0]),
    }
    del slots[None]
    said = next((verdict for verdict, name in slots.items() if name == SUBJECT), None)
    return said if said and (len(slots) == 1 or not cue[0].isascii() or RIVAL in slots.values()) else None


def _first_name(slot: str) -> str | None:
    return next(iter(_NAME.findall(slot)), None)


def _last_name(slot: str) -> str | None:
    return next(reversed(_NAME.findall(slot)), None)


def asks(marked: str) -> bool:
    """Whether the text asks about its subject instead of saying something."""
    return _asks().search(marked) is not None
