"""Our own engine, first version: VADER on the English parts, SnowNLP on the Chinese ones, slang and emoji on top.

Each part's reading becomes a few numbers between -1 and 1 (`FEATURES`); one small table of coefficients
(`config/sentiment.yaml`) turns them into probabilities. Slang and emoji are taken out before the packages read the
rest, so nothing counts twice.
"""

import re
from collections.abc import Sequence
from functools import cached_property
from math import copysign, exp, log, tanh
from typing import Final, NamedTuple

from sentiment.clean import EMOJI_NAME, blank, blank_span, own_words
from sentiment.engines.snownlp import SnowNlp
from sentiment.engines.vader import Vader
from sentiment.lexicon import Hit, lexicon
from sentiment.result import Probabilities
from tingfeng.home import config

_HAN = re.compile("[\u3400-\u9fff]")
_LATIN = re.compile("[A-Za-z][A-Za-z'’]*")
#: A Latin word says about as much as two Han characters.
_WORD: Final = 2
_IRONY: Final = 0.5
#: Lean of the rest below which an echo (😭) speaks for itself.
_LEANS: Final = 0.1

Features = dict[str, float]


class _Parts(NamedTuple):
    """A text taken apart: what SnowNLP reads, what VADER reads, and the lexicon's hits."""

    chinese: str
    english: str
    hits: list[Hit]

    @property
    def chinese_share(self) -> float:
        """Share of the words that are Chinese, by length."""
        han, latin = len(_HAN.findall(self.chinese)), _WORD * len(_LATIN.findall(self.english))
        return han / (han + latin) if han else 0.0


class Tingfeng:
    """Reads Chinese, English and their mixture, with calibrated probabilities."""

    name = "tingfeng"
    version = "tingfeng 0.1"
    languages: frozenset[str | None] = frozenset({"zh", "en", "mixed", None})

    def __init__(self) -> None:
        self._chinese = SnowNlp()
        self._english = Vader()

    @cached_property
    def _coefficients(self) -> dict[str, dict[str, float]]:
        read: dict[str, dict[str, float]] = config("sentiment")["tingfeng"]
        return read

    def probabilities(self, texts: Sequence[str], languages: Sequence[str | None]) -> list[Probabilities]:
        """One answer a text."""
        answers = []
        for features, ironic in self.features(texts, languages):
            strength = _IRONY if ironic else 1.0
            logits = {label: strength * _dot(table, features) for label, table in self._coefficients.items()}
            answers.append(_softmax(logits["positive"], logits["negative"]))
        return answers

    def features(self, texts: Sequence[str], languages: Sequence[str | None]) -> list[tuple[Features, bool]]:
        """What the coefficients are multiplied with, and whether the text carries a mark of irony."""
        parts = [_take_apart(text) for text in texts]
        chinese = iter(self._chinese.positive([part.chinese for part in parts if part.chinese]))
        read = []
        for text, language, part in zip(texts, languages, parts, strict=True):
            share = part.chinese_share
            snownlp = share * _confidence(next(chinese)) if part.chinese else 0.0
            vader = (1 - share) * self._english.compound(part.english) if part.english else 0.0
            features = _lexicon_features(part.hits, snownlp + vader)
            features |= {"chinese": snownlp, "english": vader, f"in_{language or 'none'}": 1.0}
            features |= {"chinese_size": abs(snownlp), "english_size": abs(vader)}
            features |= {"question": float("?" in text or "？" in text), "exclaim": float("!" in text or "！" in text)}
            read.append((features, any(hit.entry.role == "irony" for hit in part.hits)))
        return read

    def pieces(self, text: str) -> list[tuple[int, int]]:
        """Slang and emoji, VADER's words and, between them, Chinese clauses."""
        own = own_words(text)
        hits = lexicon().hits(own)
        rest = _without(own, hits)
        chinese = self._chinese.pieces(blank(rest, _LATIN))
        english = self._english.pieces(blank(rest, _HAN))
        return sorted([(hit.start, hit.end) for hit in hits] + chinese + english)


def _without(text: str, hits: Sequence[Hit]) -> str:
    for hit in hits:
        text = blank_span(text, hit.start, hit.end)
    return blank(text, EMOJI_NAME)


def _take_apart(text: str) -> _Parts:
    own = own_words(text)
    hits = lexicon().hits(own)
    rest = _without(own, hits)
    chinese = _LATIN.sub(" ", rest) if _HAN.search(rest) else ""
    english = _HAN.sub(" ", rest) if _LATIN.search(rest) else ""
    return _Parts(chinese.strip(), english.strip(), hits)


def _confidence(positive: float) -> float:
    """SnowNLP's P(positive) in [0, 1] as a lean in [-1, 1]; naive Bayes is too sure, so log odds are tamed."""
    sure = min(max(positive, 1e-9), 1 - 1e-9)
    return tanh(log(sure / (1 - sure)) / 6)


def _lexicon_features(hits: Sequence[Hit], lean: float) -> Features:
    """Slang and emoji sums, tamed. Echoes go where the rest leans, `lean` being what the packages say."""
    plain = [hit for hit in hits if not hit.entry.role]
    slang = tanh(sum(hit.weight for hit in plain if hit.entry.lang) / 3)
    emoji = tanh(sum(hit.weight for hit in plain if not hit.entry.lang) / 3)
    echoes = [hit.weight for hit in hits if hit.entry.role == "echo"]
    return {"slang": slang, "emoji": emoji, "echo": _echo(echoes, lean + slang + emoji)}


def _echo(weights: Sequence[float], lean: float) -> float:
    if abs(lean) < _LEANS:
        return tanh(sum(weights))
    return copysign(tanh(len(weights) / 2), lean)


def _dot(table: dict[str, float], features: Features) -> float:
    return sum(table.get(name, 0.0) * value for name, value in features.items())


def _softmax(positive: float, negative: float) -> Probabilities:
    """Probabilities from the logits of the polar labels; neutral's is 0."""
    top = max(positive, negative, 0.0)
    weights = exp(positive - top), exp(-top), exp(negative - top)
    return Probabilities(*(weight / sum(weights) for weight in weights))
