"""Terms whose corrected labels disagree with the engine, again and again in the same direction."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

import numpy as np

from sentiment.learning.examples import CLASSES, POLES, Examples, Floats
from tingfeng.home import config

#: A term must stand in so many texts.
_TEXTS: Final = 5
#: And miss, over all its texts, by so many standard deviations of what luck gives.
_DEVIATIONS: Final = 3.0
_MOST: Final = 10
#: Two terms that share this part of their texts are one.
_SAME: Final = 0.7

_STOP_WORDS: Final = frozenset(config("stop-words")["en"] + config("stop-words")["zh"])
_STOP_CHARACTERS: Final = frozenset(config("stop-words")["zh_characters"])
_HAN_RUN = re.compile("[\u3400-\u9fff]+")
_WORD = re.compile(r"(?<![a-z0-9_])[a-z][a-z0-9']{2,23}(?![a-z0-9_])")


def telling_terms(examples: Examples) -> list[str]:
    """The terms that may get a weight of their own, the most telling first."""
    misses = _misses(examples)
    variance = misses.var(axis=0) + 1e-9
    places = _places(examples)
    told: list[tuple[float, int, str]] = []
    for term, texts in places.items():
        if len(texts) >= _TEXTS:
            sums = misses[texts].sum(axis=0)
            surprise = float(np.abs(sums / np.sqrt(variance * len(texts))).max())
            if surprise >= _DEVIATIONS:
                told.append((-surprise, -len(term), term))
    return _different([term for *_, term in sorted(told)], places)


def _misses(examples: Examples) -> Floats:
    """By how much the engine misses the labels of the poles; what it misses everywhere is no term's doing."""
    wanted = np.eye(len(CLASSES))[examples.labels]
    misses = (wanted - examples.probabilities())[:, POLES]
    spoken = np.array(examples.languages)
    for tongue in set(examples.languages):
        misses[spoken == tongue] -= misses[spoken == tongue].mean(axis=0)
    return misses


def _places(examples: Examples) -> dict[str, list[int]]:
    """The texts of each candidate."""
    places: dict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(examples.texts):
        for term in set(_candidates(text)):
            if not _is_stop_word(term):
                places[term].append(number)
    return places


def _candidates(text: str) -> Iterator[str]:
    """Words in Latin letters, and two to four Han characters in a row."""
    for found in _WORD.finditer(text):
        yield found[0]
    for run in _HAN_RUN.findall(text):
        for length in (2, 3, 4):
            yield from (run[at : at + length] for at in range(len(run) - length + 1))


def _is_stop_word(term: str) -> bool:
    return term in _STOP_WORDS or _STOP_CHARACTERS.issuperset(term)


def _different(terms: list[str], places: dict[str, list[int]]) -> list[str]:
    """The first terms that do not stand in the same texts as one before them."""
    chosen: list[str] = []
    for term in terms:
        own = set(places[term])
        if all(len(own & set(places[other])) < _SAME * len(own | set(places[other])) for other in chosen):
            chosen.append(term)
        if len(chosen) == _MOST:
            break
    return chosen
