"""VADER, word for word as its package scores; the English baseline."""

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Any, Final

from sentiment.explanation import left_out
from sentiment.probabilities import Probabilities, from_scores
from sentiment.result import Reasons

#: VADER's authors call a compound score from -0.05 to 0.05 neutral.
BAND: Final = 0.05

_TOKEN = re.compile(r"\S+")
_EDGE: Final = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~，。！？；：、“”‘’（）《》【】…~"


class Vader:
    """The package's compound score in [-1, 1] is the score; see `from_scores` for the rest."""

    name = "vader"
    version = "vader 1"
    languages: frozenset[str | None] = frozenset({"en", "mixed", None})

    @cached_property
    def _analyzer(self) -> Any:
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

        return SentimentIntensityAnalyzer()

    def compound(self, text: str) -> float:
        """VADER's compound score of `text`, in [-1, 1]."""
        return float(self._analyzer.polarity_scores(text)["compound"])

    def probabilities(self, texts: Sequence[str], languages: Sequence[str | None]) -> Probabilities:
        """One answer a text; the languages make no difference."""
        return from_scores([self.compound(text) for text in texts], BAND)

    def why(self, text: str, language: str | None) -> Reasons:
        """How much the score falls without each of the `pieces`."""
        return Reasons(left_out(self, self.pieces(text), text, language))

    def pieces(self, text: str) -> list[tuple[int, int]]:
        """Words of VADER's list, emoticons and emoji."""
        found = []
        for token in _TOKEN.finditer(text):
            core = token[0].strip(_EDGE)
            start = token.start() + token[0].find(core)
            if core.lower() in self._analyzer.lexicon:
                found.append((start, start + len(core)))
            elif token[0] in self._analyzer.lexicon:
                found.append(token.span())
            else:
                found += [(i, i + 1) for i in range(*token.span()) if text[i] in self._analyzer.emojis]
        return found
