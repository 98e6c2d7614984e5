"""Insights: measures and their formulas, and what the overview says. They ask the store and never read files."""

from tingfeng.insights.measures import MEASURES, sentiment, share_of_voice, volume
from tingfeng.insights.periods import previous

__all__ = ["MEASURES", "previous", "sentiment", "share_of_voice", "volume"]
