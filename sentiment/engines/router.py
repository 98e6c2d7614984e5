"""What everybody does: SnowNLP where there is a Han character, else VADER. The baseline for both languages."""

import re
from collections.abc import Sequence
from typing import Final

from sentiment.engines.snownlp import SnowNlp
from sentiment.engines.vader import Vader
from sentiment.result import Probabilities, Span

_HAN: Final = re.compile("[\u4e00-\u9fff]")


class Router:
    """Sends each text to one of the two packages, whole."""

    name = "router"
    version = "router 1"
    languages: frozenset[str | None] = frozenset({"zh", "en", "mixed", None})

    def __init__(self) -> None:
        self._chinese = SnowNlp()
        self._english = Vader()

    def probabilities(self, texts: Sequence[str], languages: Sequence[str | None]) -> list[Probabilities]:
        """One answer a text; the characters decide, not the language."""
        chinese = [text for text in texts if _HAN.search(text)]
        english = [text for text in texts if not _HAN.search(text)]
        from_snownlp = iter(self._chinese.probabilities(chinese, ()))
        from_vader = iter(self._english.probabilities(english, ()))
        return [next(from_snownlp if _HAN.search(text) else from_vader) for text in texts]

    def spans(self, text: str, language: str | None, answer: Probabilities) -> tuple[Span, ...]:
        """Those of the engine that reads `text`."""
        return (self._chinese if _HAN.search(text) else self._english).spans(text, language, answer)
