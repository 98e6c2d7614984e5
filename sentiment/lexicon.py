"""Slang, emoji by name and emoji: where they occur in a text and how they lean there."""

import csv
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final, Literal, NamedTuple

from tingfeng.home import CHECKOUT, config
from tingfeng.mentions.text import fold

Role = Literal["", "echo", "irony"]

#: Characters before a term in which its context pattern and negations are looked for.
_REACH: Final = 40
_SENTENCE_END = re.compile(r"[\n.!?;,。！？；，、…]")
_LATIN_WORD = re.compile(r"[a-z']+")


class Aligned(dict[int, str]):
    """A table for `str.translate`: every character folded, where that gives exactly one character."""

    def __missing__(self, code: int) -> str:
        folded = fold(chr(code))
        self[code] = folded if len(folded) == 1 else chr(code)
        return self[code]


_ALIGNED = Aligned()


def aligned(text: str) -> str:
    """`text` in lower case, half width and simplified characters, position by position the same."""
    return text.translate(_ALIGNED)


@dataclass(frozen=True)
class Entry:
    """One sense of the lexicon. `weight` -3 .. 3; `before` and `after` are patterns for what stands beside it.

    `lang` is empty for emoji; `en` and `zh` are empty where a term explains itself.
    """

    term: str
    weight: float
    en: str
    zh: str
    lang: str = ""
    role: Role = ""
    before: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None


class Hit(NamedTuple):
    """An entry found in a text; `weight` is what it comes to there (negated terms turn round)."""

    entry: Entry
    start: int
    end: int
    weight: float


class Lexicon:
    """Finds entries, longest first from the left; a longer phrase with another sense hides the term inside it."""

    def __init__(
        self, read: Mapping[str, Any], emoji: Mapping[str, float], form: Callable[[str], str] | None = None
    ) -> None:
        from ahocorasick_rs import AhoCorasick, MatchKind

        self._negation = read["negation"]
        self._entries: dict[str, Entry | None] = {
            char: Entry(char, weight, en="", zh="") for char, weight in emoji.items()
        }
        self._add_words(read["words"])
        for row in read["terms"]:
            self._add(row)
        if form:
            self._entries = {formed: entry for term, entry in self._entries.items() if (formed := form(term))}
        self._terms = list(self._entries)
        self._automaton = AhoCorasick(self._terms, matchkind=MatchKind.LeftmostLongest)
        #: Chinese slang that is spelled in Latin letters.
        self.latin_chinese = frozenset(
            term for term, entry in self._entries.items() if entry and entry.lang == "zh" and term.isascii()
        )

    def _add_words(self, words: Mapping[str, Any]) -> None:
        for phrase in words["but"]:
            self._entries[phrase] = None
        for lang in ("zh", "en"):
            for weight, terms in words[lang].items():
                self._entries |= {term: Entry(term, weight, en="", zh="", lang=lang) for term in terms}

    def _add(self, row: Mapping[str, Any]) -> None:
        first = Entry(
            row["term"],
            row["weight"],
            row["en"],
            row["zh"],
            row.get("lang", ""),
            row.get("role", ""),
            re.compile(row["before"] + r"\Z") if "before" in row else None,
            re.compile(row["after"]) if "after" in row else None,
        )
        for phrase in row.get("unless", ()):
            self._entries.setdefault(phrase, None)
        for term in (row["term"], *row.get("also", ())):
            entry = replace(first, term=term)
            self._entries[term] = entry
            if term.endswith("]"):
                self._entries[term.replace("]", "r]")] = entry  # Xiaohongshu writes [doge] as [dogeR]

    def hits(self, text: str) -> list[Hit]:
        """The entries in `text`, from left to right, without overlaps."""
        return self.hits_in(aligned(text))

    @property
    def hiding(self) -> list[str]:
        """Longer phrases in which a term means something else."""
        return [phrase for phrase, entry in self._entries.items() if not entry]

    @property
    def entries(self) -> list[Entry]:
        """All senses; phrases that only hide a term are left out."""
        return [entry for entry in self._entries.values() if entry]

    def hits_in(self, same: str) -> list[Hit]:
        """The entries in a text that has the form of the terms."""
        return [
            Hit(entry, start, end, entry.weight * self._turn(same, start))
            for number, start, end in self._automaton.find_matches_as_indexes(same)
            if (entry := self._entries[self._terms[number]]) and _counts(entry, same, start, end)
        ]

    def _turn(self, text: str, start: int) -> float:
        """The factor that a negation shortly before `start` brings, else 1."""
        left = _SENTENCE_END.split(text[max(0, start - _REACH) : start])[-1]
        for pseudo in self._negation["pseudo"]:
            left = left.replace(pseudo, " ")
        english = _LATIN_WORD.findall(left)[-self._negation["en"]["reach"] :]
        chinese = left[-self._negation["zh"]["reach"] :]
        negated = any(word in self._negation["en"]["words"] for word in english) or any(
            word in chinese for word in self._negation["zh"]["words"]
        )
        return float(self._negation["factor"]) if negated else 1.0


def _counts(entry: Entry, text: str, start: int, end: int) -> bool:
    """Whether the term stands alone (where it is Latin) and its context patterns hold."""
    if _glued(text, start, end):
        return False
    if entry.before and not entry.before.search(text[max(0, start - _REACH) : start]):
        return False
    return not entry.after or bool(entry.after.match(text, end))


def _glued(text: str, start: int, end: int) -> bool:
    """Whether a Latin word or number runs on at either side: \\b would also see a border where Han characters touch."""
    return any(
        _is_latin(inner) and _is_latin(outer)
        for inner, outer in ((text[start], text[start - 1 : start]), (text[end - 1], text[end : end + 1]))
    )


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _ranked_emoji() -> dict[str, float]:
    """Emoji of the Emoji Sentiment Ranking: 3 * (positive - negative) / (all + 3), tweets counted."""
    with (CHECKOUT / "config" / "emoji-sentiment.csv").open(encoding="utf-8", newline="") as file:
        return {row["emoji"]: _ranked(row) for row in csv.DictReader(file)}


def _ranked(row: Mapping[str, str]) -> float:
    negative, neutral, positive = (int(row[label]) for label in ("negative", "neutral", "positive"))
    return 3 * (positive - negative) / (negative + neutral + positive + 3)


def made(form: Callable[[str], str]) -> Lexicon:
    """The lexicon with its terms in another form."""
    return Lexicon(config("lexicon"), _ranked_emoji(), form)


@cache
def lexicon() -> Lexicon:
    """The lexicon of `config/lexicon.yaml`, over the ranking of `config/emoji-sentiment.csv`."""
    return Lexicon(config("lexicon"), _ranked_emoji())
