"""Insights: measures and their formulas, and what the overview says. They ask the store and never read files."""

from tingfeng.insights.certainty import unsure_share
from tingfeng.insights.changes import Driver, Fact, changes
from tingfeng.insights.coverage import Covered, coverage, daily_volume
from tingfeng.insights.measures import MEASURES, sentiment, share_of_voice, volume
from tingfeng.insights.overview import Card, Overview, overview
from tingfeng.insights.periods import previous
from tingfeng.insights.standout import Standout

__all__ = [
    "MEASURES",
    "Card",
    "Covered",
    "Driver",
    "Fact",
    "Overview",
    "Standout",
    "changes",
    "coverage",
    "daily_volume",
    "overview",
    "previous",
    "sentiment",
    "share_of_voice",
    "unsure_share",
    "volume",
]
