"""SnowNLP's naive Bayes classifier of words, from its own counts, in its own order of additions."""

import gzip
import marshal
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from math import exp, log
from pathlib import Path
from typing import Any


def package_folder() -> Path:
    """Where SnowNLP is installed. Importing the package would load 400 MB of tables, most of them not needed."""
    spec = find_spec("snownlp")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("snownlp")
    return Path(spec.origin).parent


def read_marshal(path: Path) -> Any:
    """The content of one of SnowNLP's gzipped tables."""
    return marshal.loads(gzip.decompress(path.read_bytes()))  # noqa: S302 - a file of an installed, pinned package


class Bayes:
    """P(positive) of a list of words."""

    def __init__(self, tables: Mapping[str, Any], stopwords: frozenset[str]) -> None:
        self._stopwords = stopwords
        self._classes = list(tables["d"])
        sums = {name: float(tables["d"][name]["total"]) for name in self._classes}
        self._start = {name: log(sums[name]) - log(tables["total"]) for name in self._classes}
        self._known = {
            name: {word: log(float(count) / sums[name]) for word, count in tables["d"][name]["d"].items()}
            for name in self._classes
        }
        self._unknown = {name: log(float(tables["d"][name]["none"]) / sums[name]) for name in self._classes}

    def positive(self, words: Sequence[str]) -> float:
        """P(positive) in [0, 1], bit by bit as the package computes it."""
        kept = [word for word in words if word not in self._stopwords]
        logs = {name: self._log(name, kept) for name in self._classes}
        best, probability = "", 0.0
        for name in self._classes:
            now = _share(logs, name)
            if now > probability:
                best, probability = name, now
        return probability if best == "pos" else 1 - probability

    def _log(self, name: str, words: Sequence[str]) -> float:
        known, unknown = self._known[name], self._unknown[name]
        total = self._start[name]
        for word in words:  # not sum(): it adds more precisely than the package does from Python 3.12 on
            total += known.get(word, unknown)
        return total


def _share(logs: Mapping[str, float], name: str) -> float:
    """exp(logs[name]) as a share of all; 0 where that is too small to compute."""
    try:
        return 1 / sum(exp(other - logs[name]) for other in logs.values())
    except OverflowError:
        return 0.0


@cache
def classifier() -> Bayes:
    """SnowNLP's classifier, read once a process."""
    folder = package_folder()
    lines = (folder / "normal" / "stopwords.txt").read_text(encoding="utf-8").split("\n")
    tables = read_marshal(folder / "sentiment" / "sentiment.marshal.3")
    return Bayes(tables, frozenset(line.strip() for line in lines))
