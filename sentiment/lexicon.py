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
Mood = Literal["", "joy", "grief"]

#: Characters on either side of a term in which its context and negations are looked for.
_REACH: Final = 40
#: From this weight on a term tells the mood of what stands beside it.
_TELLING: Final = 1.0
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
    """A term of the lexicon. `weight` -3 .. 3; `before`, `after` and `beside` are what must stand around it to count.

    `lang` is empty for emoji; `en` and `zh` are empty where a term explains itself. `senses` are its other senses,
    each with a context of its own: the first that fits counts instead.
    """

    term: str
    weight: float
    en: str
    zh: str
    lang: str = ""
    role: Role = ""
    before: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None
    beside: Mood = ""
    senses: tuple["Entry", ...] = ()


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
        words = (*self._negation["en"]["words"], *self._negation["zh"]["words"])
        self._any_negation = re.compile("|".join(map(re.escape, words)))
        self._any_pseudo = re.compile("|".join(map(re.escape, self._negation["pseudo"])))
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
        self._moods = self._telling(read["moods"], form)
        self._moody = list(self._moods)
        self._mood_automaton = AhoCorasick(self._moody, matchkind=MatchKind.LeftmostLongest)
        #: Chinese slang that is spelled in Latin letters, wherever it stands.
        self.latin_chinese = frozenset(
            term
            for term, entry in self._entries.items()
            if entry and entry.lang == "zh" and term.isascii() and not (entry.before or entry.after)
        )

    def _telling(self, moods: Mapping[str, list[str]], form: Callable[[str], str] | None) -> dict[str, int]:
        """What tells a mood: 1 joy, -1 grief, 0 neither. The lists, and terms that lean much wherever they stand."""
        told = {term: 0 if not entry else _lean(entry) for term, entry in self._entries.items()}
        for mood, sign in (("joy", 1), ("grief", -1)):
            told |= dict.fromkeys(map(form or str, moods[mood]), sign)
        return told

    def _add_words(self, words: Mapping[str, Any]) -> None:
        for phrase in words["but"]:
            self._entries[phrase] = None
        for lang in ("zh", "en"):
            for weight, terms in words[lang].items():
                self._entries |= {term: Entry(term, weight, en="", zh="", lang=lang) for term in terms}

    def _add(self, row: Mapping[str, Any]) -> None:
        for phrase in row.get("unless", ()):
            self._entries.setdefault(phrase, None)
        for term in (row["term"], *row.get("also", ())):
            senses = tuple(_sense(sense, term, row.get("lang", "")) for sense in row.get("senses", ()))
            entry = replace(_sense(row, term, row.get("lang", "")), senses=senses)
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
            Hit(sense, start, end, self._weight(sense, same, start))
            for number, start, end in self._automaton.find_matches_as_indexes(same)
            if (entry := self._entries[self._terms[number]])
            and not _glued(same, start, end)
            and (sense := self._fitting(entry, same, start, end))
        ]

    def _weight(self, sense: Entry, text: str, start: int) -> float:
        """What a sense comes to there. No negation turns emoji ("I can't 😭") or what the mood has told already."""
        return sense.weight * self._turn(text, start) if sense.lang and not sense.beside else sense.weight

    def _fitting(self, entry: Entry, text: str, start: int, end: int) -> Entry | None:
        """The sense in which a term stands there."""
        for sense in entry.senses:
            if self._fits(sense, text, start, end):
                return sense
        return entry if self._fits(entry, text, start, end) else None

    def _fits(self, sense: Entry, text: str, start: int, end: int) -> bool:
        if sense.before and not sense.before.search(text[max(0, start - _REACH) : start]):
            return False
        if sense.after and not sense.after.match(text, end):
            return False
        return not sense.beside or self._mood(text, start, end) == sense.beside

    def _mood(self, text: str, start: int, end: int) -> Mood:
        """What most of the telling words of the same line on either side of a term sound like."""
        left = text[max(0, start - _REACH) : start].rpartition("\n")[2]
        around = f"{left}\n{text[end : end + _REACH].partition(chr(10))[0]}"
        told = sum(
            sign if self._turn(around, start) > 0 else -sign
            for number, start, end in self._mood_automaton.find_matches_as_indexes(around)
            if (sign := self._moods[self._moody[number]]) and not _glued(around, start, end)
        )
        return "joy" if told > 0 else "grief" if told < 0 else ""

    def _turn(self, text: str, start: int) -> float:
        """The factor that a negation shortly before `start` brings, else 1."""
        if not self._any_negation.search(text, max(0, start - _REACH), start):
            return 1.0
        left = _SENTENCE_END.split(text[max(0, start - _REACH) : start])[-1]
        if self._any_pseudo.search(left):
            for pseudo in self._negation["pseudo"]:
                left = left.replace(pseudo, " ")
        english = _LATIN_WORD.findall(left)[-self._negation["en"]["reach"] :]
        chinese = left[-self._negation["zh"]["reach"] :]
        negated = any(word in self._negation["en"]["words"] for word in english) or any(
            word in chinese for word in self._negation["zh"]["words"]
        )
        return float(self._negation["factor"]) if negated else 1.0


def _sense(row: Mapping[str, Any], term: str, lang: str) -> Entry:
    return Entry(
        term,
        row["weight"],
        row["en"],
        row["zh"],
        lang,
        row.get("role", ""),
        re.compile(row["before"] + r"\Z", re.MULTILINE) if "before" in row else None,
        re.compile(row["after"], re.MULTILINE) if "after" in row else None,
        row.get("beside", ""),
    )


def _lean(entry: Entry) -> int:
    """1 or -1 where a term leans much in any context, else 0."""
    if entry.role or entry.before or entry.after or entry.senses or abs(entry.weight) < _TELLING:
        return 0
    return 1 if entry.weight > 0 else -1


def _glued(text: str, start: int, end: int) -> bool:
    """Whether a Latin word or number runs on at either side: \\b would also see a border where Han characters touch."""
    return (_is_latin(text[start]) and _is_latin(text[start - 1 : start])) or (
        _is_latin(text[end - 1]) and _is_latin(text[end : end + 1])
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
