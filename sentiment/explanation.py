"""Which parts of a text drove its score: each part is left out once."""

from typing import Final

from sentiment.clean import blank_span
from sentiment.engines import Engine
from sentiment.result import Span

#: Parts that are left out at most, the longest first: the cost of an explanation stays bounded.
_MOST: Final = 24
_LEAST_WEIGHT: Final = 0.01


def spans(engine: Engine, text: str, language: str | None, score: float) -> tuple[Span, ...]:
    """(start, end, weight) of the parts of `text` that matter; weight is `score` minus the score without the part."""
    pieces = sorted(sorted(engine.pieces(text), key=lambda piece: piece[0] - piece[1])[:_MOST])
    without = engine.probabilities([blank_span(text, *piece) for piece in pieces], [language] * len(pieces))
    weighed = [(start, end, round(score - left.score, 4)) for (start, end), left in zip(pieces, without, strict=True)]
    return tuple(span for span in weighed if abs(span[2]) >= _LEAST_WEIGHT)
