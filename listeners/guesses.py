"""What a file looks like that no listener reads: config/guesses.yaml, the nearest entry.

An entry that has `refused` is a format of its own, recognised to say why it holds no mentions.
"""

import re
from collections.abc import Sequence
from typing import Any, Final

import polars as pl

from listeners.contract import Refused, Sample
from listeners.reading import Source
from tingfeng.errors import TingfengError
from tingfeng.home import config

_HEAD: Final = 4096
_MOST: Final = 0.6
_WHOLE: Final = 100


Entry = dict[str, Any]


def known(samples: Sequence[Sample]) -> Entry | None:
    """The best entry of which all columns (or sheets) and cells are there."""
    return _best(samples, _WHOLE)


def guess(samples: Sequence[Sample]) -> str | None:
    """The name of the best entry, of which at least most of three or more columns are there."""
    found = _best(samples, 1)
    return found["name"] if found else None


def _best(samples: Sequence[Sample], least: float) -> Entry | None:
    names = {name for sample in samples for name in sample.header} | {sample.sheet or "" for sample in samples}
    scores = [(_score(entry, names, samples), entry) for entry in config("guesses") if "columns" in entry]
    best = max(scores, key=lambda scored: scored[0])
    return best[1] if best[0] >= least else None


def known_by_text(source: Source) -> Entry | None:
    """The first entry whose `text` stands at the start of a file that is no table."""
    try:
        with source.open_text() as text:
            start = text.read(_HEAD)
    except TingfengError:
        return None
    found = (entry for entry in config("guesses") if "text" in entry and re.search(entry["text"], start))
    return next(found, None)


def refused(entry: Entry | None, where: str) -> None:
    """Raise Refused where `entry` is a format without mentions."""
    if entry and "refused" in entry:
        raise Refused(entry["refused"], where=where, format=entry["format"])


def _score(entry: dict[str, Any], names: set[str], samples: Sequence[Sample]) -> float:
    """How many columns fit, a whole signature before any part of one, 0 for too few."""
    columns = set(entry["columns"])
    fitting = len(columns & names)
    cells = entry.get("cells", {})
    if fitting == len(columns):
        return _WHOLE + fitting + len(cells) if all(_contains(samples, *pair) for pair in cells.items()) else 0
    return fitting if len(columns) >= 3 and fitting >= _MOST * len(columns) else 0


def _contains(samples: Sequence[Sample], column: str, pattern: str) -> bool:
    cells = [sample.records[column] for sample in samples if column in sample.records.columns]
    return bool(pl.concat(cells).drop_nulls().str.contains(pattern).any()) if cells else False
