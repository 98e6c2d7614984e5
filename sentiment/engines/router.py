"""What everybody does: SnowNLP where there is a Han character, else VADER. The baseline for both languages."""

import re
from collections.abc import Sequence
from typing import Final

import numpy as np

from sentiment.engines.snownlp import SnowNlp
from sentiment.engines.vader import Vader
from sentiment.probabilities import Probabilities
from sentiment.result import LABELS, Reasons

_HAN: Final = re.compile("[\u4e00-\u9fff]")


class Router:
    """Sends each text to one of the two packages, whole."""

    name = "router"
    version = "router 1"
    languages: frozenset[str | None] = frozenset({"zh", "en", "mixed", None})

    def __init__(self) -> None:
        self._chinese = SnowNlp()
        self._english = Vader()

    def probabilities(self, texts: Sequence[str], languages: Sequence[str | None]) -> Probabilities:
        """One answer a text; the characters decide, not the language."""
        chinese = np.array([bool(_HAN.search(text)) for text in texts], bool)
        answers = np.zeros((len(texts), len(LABELS)))
        for engine, its in ((self._chinese, chinese), (self._english, ~chinese)):
            answers[its] = engine.probabilities([texts[i] for i in np.flatnonzero(its).tolist()], ())
        return answers

    def why(self, text: str, language: str | None) -> Reasons:
        """What the engine that reads `text` says."""
        return (self._chinese if _HAN.search(text) else self._english).why(text, language)
