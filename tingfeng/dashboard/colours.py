"""Which colour a series has: fixed for labels, platforms, languages, by position for subjects; at most six at once."""

from collections.abc import Sequence
from typing import Any, Final

from tingfeng.home import config

MOST: Final = 6


def of_labels() -> dict[str, str]:
    """The colours of positive, neutral and negative."""
    colours: dict[str, str] = _table()["labels"]
    return colours


def of_label_texts() -> dict[str, tuple[str, str]]:
    """The same three as text, dark enough for a light page and bright enough for a dark one."""
    light, dark = _table()["labels_text"]["light"], _table()["labels_text"]["dark"]
    return {label: (light[label], dark[label]) for label in light}


def rest() -> str:
    """The grey of everything that has no colour of its own."""
    return str(_table()["rest"])


def accent() -> str:
    """The one colour of what is neither label nor series."""
    return str(_table()["accent"])


def ink() -> tuple[str, str]:
    """The colours of words inside a picture on light and on dark ground."""
    return _table()["ink"]["light"], _table()["ink"]["dark"]


def of_series(by: str, largest_first: Sequence[str], subjects: Sequence[str] = ()) -> dict[str, str]:
    """A colour for each of `largest_first`: the six largest coloured, the rest grey.

    `by` is platform, language or subject; subjects are coloured in the order of `subjects`. Where two want the same
    colour, the smaller one is grey, so that a colour means one thing in a picture and the same thing on every page.
    """
    wanted = _wanted(by, subjects)
    taken: set[str] = set()
    chosen: dict[str, str] = {}
    for rank, name in enumerate(largest_first):
        colour = wanted.get(name, rest())
        own = rank < MOST and colour not in taken
        chosen[name] = colour if own else rest()
        taken |= {colour} if own else set()
    return chosen


def _wanted(by: str, subjects: Sequence[str]) -> dict[str, str]:
    if by == "platform":
        return {name: entry["colour"] for name, entry in config("platforms").items()}
    if by == "language":
        return dict(_table()["languages"])
    series = _table()["series"]
    return {name: series[place] for place, name in enumerate(subjects) if place < len(series)}


def _table() -> dict[str, Any]:
    table: dict[str, Any] = config("colours")
    return table
