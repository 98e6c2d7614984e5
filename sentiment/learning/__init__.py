"""Learning from corrections: what an analyst's labels and word rules change in our own engine, for one workspace.

Nothing here reads the store: corrections come as an argument, and an adaptation goes out as plain data.
"""

from sentiment.learning.adaptation import PLAIN, RULE_WEIGHT, Adaptation, WordRule

__all__ = ["PLAIN", "RULE_WEIGHT", "Adaptation", "WordRule"]
