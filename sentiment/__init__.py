"""Sentiment: language, label, score, confidence and the spans behind them.

Engines and their tables are loaded when the first text is scored, not on import.
"""

from sentiment.analysis import analyze, analyze_toward
from sentiment.certainty import says_nothing, unsure, unsure_below
from sentiment.engines import DEFAULT_ENGINE, engines, version
from sentiment.gloss import Gloss, glosses
from sentiment.languages import language, languages, languages_of
from sentiment.learning import PLAIN, RULE_WEIGHT, Adaptation, WordRule
from sentiment.result import LABELS, Label, Sentiment, Span
from sentiment.scorer import Scorer, ScoringError

__all__ = [
    "DEFAULT_ENGINE",
    "LABELS",
    "PLAIN",
    "RULE_WEIGHT",
    "Adaptation",
    "Gloss",
    "Label",
    "Scorer",
    "ScoringError",
    "Sentiment",
    "Span",
    "WordRule",
    "analyze",
    "analyze_toward",
    "engines",
    "glosses",
    "language",
    "languages",
    "languages_of",
    "says_nothing",
    "unsure",
    "unsure_below",
    "version",
]
