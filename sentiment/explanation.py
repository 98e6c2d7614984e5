"""Which parts of a text drove the score of an engine that cannot say: each part is left out once."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from sentiment.clean import blank_span
from sentiment.probabilities import scores
from sentiment.result import Span

if TYPE_CHECKING:
    from sentiment.engines import Engine

#: Parts that are left out at most, the longest first: the cost of an explanation stays bounded.
_MOST: Final = 24
_LEAST_WEIGHT: Final = 0.01


def left_out(engine: "Engine", pieces: Sequence[tuple[int, int]], text: str, language: str | None) -> tuple[Span, ...]:
    """(start, end, weight) of those `pieces` of `text` that matter; weight is the score minus that without it."""
    pieces = sorted(sorted(pieces, key=lambda piece: piece[0] - piece[1])[:_MOST])
    texts = [text, *(blank_span(text, *piece) for piece in pieces)]
    score, *without = scores(engine.probabilities(texts, [language] * len(texts))).tolist()
    weighed = [(start, end, round(score - left, 4)) for (start, end), left in zip(pieces, without, strict=True)]
    return tuple(span for span in weighed if abs(span[2]) >= _LEAST_WEIGHT)
