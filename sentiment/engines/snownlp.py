"""SnowNLP, exactly the package's scores from the package's tables, at a tenth of its cost: the Chinese baseline."""

import re
from collections.abc import Sequence
from typing import Final

from sentiment.engines.snownlp_bayes import classifier
from sentiment.engines.snownlp_words import segmenter
from sentiment.explanation import left_out
from sentiment.probabilities import Probabilities, from_scores
from sentiment.result import Reasons

#: SnowNLP gives P(positive) of two classes. From 0.4 to 0.6 we call it neutral: 0.2 around the middle of [-1, 1].
BAND: Final = 0.2

_HAN_RUN = re.compile("([\u4e00-\u9fa5]+)")
_CLAUSE = re.compile(
    r"[^\s,.!?;:，。！？；：、…~～()（）《》“”\"【】\[\]]*[\u4e00-\u9fa5][^\s,.!?;:，。！？；：、…~～()（）《》“”\"【】\[\]]*"
)


class SnowNlp:
    """The package's P(positive) = p becomes the score 2p - 1; see `from_scores` for the rest."""

    name = "snownlp"
    version = "snownlp 1"
    languages: frozenset[str | None] = frozenset({"zh", "mixed", None})

    def positive(self, texts: Sequence[str]) -> list[float]:
        """SnowNLP(text).sentiments of each text, in [0, 1]."""
        parts = [[part for part in map(str.strip, _HAN_RUN.split(text)) if part] for text in texts]
        runs = dict.fromkeys(part for split in parts for part in split if _HAN_RUN.match(part))
        words = dict(zip(runs, segmenter().cut(list(runs)), strict=True))
        bayes = classifier()
        return [bayes.positive([word for part in split for word in words.get(part) or part.split()]) for split in parts]

    def probabilities(self, texts: Sequence[str], languages: Sequence[str | None]) -> Probabilities:
        """One answer a text; the languages make no difference."""
        return from_scores([2 * p - 1 for p in self.positive(texts)], BAND)

    def why(self, text: str, language: str | None) -> Reasons:
        """How much the score falls without each of the `pieces`."""
        return Reasons(left_out(self, self.pieces(text), text, language))

    def pieces(self, text: str) -> list[tuple[int, int]]:
        """Clauses with Chinese in them."""
        return [found.span() for found in _CLAUSE.finditer(text)]
