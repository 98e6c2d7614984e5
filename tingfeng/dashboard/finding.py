"""Finding a format as people ask for it: by a platform, by its name in either language, by a column of its files."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from listeners.table import vocabulary
from listeners.table.vocabulary import comparable
from tingfeng.dashboard.words import LANGUAGES, Words
from tingfeng.mentions.text import fold

Format = dict[str, Any]

#: A shorter word of ASCII letters is only meant as a whole: "x", "ig".
_PART: Final = 3


@dataclass(frozen=True)
class Found:
    """A format, and the columns by which it was found (none: by its name or platform)."""

    format: Format
    columns: tuple[str, ...] = ()


def platforms_of(form: Format) -> list[str]:
    """The platforms whose mentions it was seen with."""
    seen = form["sample"]["platforms"] if form["sample"] else []
    return [form["platform"]] if form["platform"] else seen


def find(query: str, known: Sequence[Format], platform: str | None = None) -> list[Found]:
    """The formats for `query` (all when it is empty) that read `platform`: by name, or else by a column."""
    here = [each for each in known if platform is None or platform in platforms_of(each)]
    asked = fold(query).split()
    named = [Found(each) for each in here if all(_is_in(word, _names(each["name"], each)) for word in asked)]
    others = [each for each in here if each not in [found.format for found in named]]
    columned = [Found(each, columns) for each in others if (columns := _columns(query, each))]
    return [*named, *columned]


def _is_in(word: str, names: Sequence[str]) -> bool:
    if len(word) < _PART and word.isascii():
        return any(word in name.split() for name in names)
    return any(word in name for name in names)


def _names(name: str, form: Format) -> list[str]:
    """How the format, its platforms and its kind are called, folded."""
    called = [name.replace("_", " ")]
    for language in LANGUAGES:
        said = Words(language)
        called += [said.known(f"formats.{name}", name), *map(said.platform, platforms_of(form))]
        called += [said.kind(form["kind"])] if form["kind"] else []
    return [fold(each) for each in called] + [word for each in platforms_of(form) for word in _words_of(each)]


@cache
def _words_of(platform: str) -> list[str]:
    """What else people call a platform."""
    return [fold(word) for word in vocabulary.words("platform_words").get(platform, [])]


def _columns(query: str, form: Format) -> tuple[str, ...]:
    """The columns that are called like `query`, or else those whose names hold it."""
    wanted = comparable(query)
    if not wanted or (len(wanted) < _PART and wanted.isascii()):
        return ()
    same = tuple(column for column in form["columns"] if comparable(column) == wanted)
    return same or tuple(column for column in form["columns"] if wanted in comparable(column))
