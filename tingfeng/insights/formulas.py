"""The formulas behind the measures, on plain numbers. What cannot be known is None, never 0.

Labels are counts of mentions: positive, neutral, negative. Intervals are 95 % ones, z = 1.96.
"""

from math import sqrt
from typing import Final

Interval = tuple[float, float]
Labels = tuple[int, int, int]

Z: Final = 1.959963984540054

#: A value that rests on fewer mentions is shown with a warning, and is compared with nothing.
FEW: Final = 30


def net_sentiment(positive: int, neutral: int, negative: int) -> float | None:
    """(positive - negative) / (positive + neutral + negative), in [-1, 1]; None without mentions."""
    total = positive + neutral + negative
    return (positive - negative) / total if total else None


def net_interval(positive: int, neutral: int, negative: int) -> Interval | None:
    """Interval of net sentiment, inside [-1, 1] and around it; None without mentions.

    The adjusted Wald interval for a difference of two paired proportions (Bonett and Price 2012): with n mentions,
    p = (positive + 1) / (n + 2) and q = (negative + 1) / (n + 2), it is p - q ± z √((p + q - (p - q)²) / (n + 2)).
    """
    total = positive + neutral + negative
    if not total:
        return None
    p, q = (positive + 1) / (total + 2), (negative + 1) / (total + 2)
    return _clipped(p - q, Z * sqrt((p + q - (p - q) ** 2) / (total + 2)), -1.0)


def share(part: float | None, whole: float | None) -> float | None:
    """part / whole; None where one is unknown or the whole is 0."""
    return part / whole if part is not None and whole else None


def share_interval(part: int, whole: int) -> Interval | None:
    """Interval of a share, inside [0, 1]; None when the whole is 0.

    Wilson's score interval: (p + z²/2n ± z √(p(1 - p)/n + z²/4n²)) / (1 + z²/n) with p = part / n and n = whole.
    """
    if not whole:
        return None
    p, scale = part / whole, 1 + Z**2 / whole
    half = Z * sqrt(p * (1 - p) / whole + Z**2 / (4 * whole**2)) / scale
    return _clipped((p + Z**2 / (2 * whole)) / scale, half, 0.0)


def change(value: float | None, previous: float | None) -> float | None:
    """(value - previous) / previous; None where one is unknown or the previous value is 0 (then it is new)."""
    return (value - previous) / previous if value is not None and previous else None


def difference(value: float | None, previous: float | None) -> float | None:
    """value - previous, for shares and net sentiment; None where one is unknown."""
    return value - previous if value is not None and previous is not None else None


def net_difference(a: Labels, b: Labels) -> tuple[float, float, float] | None:
    """Net sentiment of `a` minus that of `b`, and its interval; None where either has no mentions.

    The interval is put together from the two (MOVER, Zou and Donner 2008): low = d - √((a - a_low)² + (b_high - b)²),
    high = d + √((a_high - a)² + (b - b_low)²).
    """
    net_a, net_b, around_a, around_b = net_sentiment(*a), net_sentiment(*b), net_interval(*a), net_interval(*b)
    if net_a is None or net_b is None or around_a is None or around_b is None:
        return None
    gap = net_a - net_b
    low = gap - sqrt((net_a - around_a[0]) ** 2 + (around_b[1] - net_b) ** 2)
    high = gap + sqrt((around_a[1] - net_a) ** 2 + (net_b - around_b[0]) ** 2)
    return gap, max(low, -2.0), min(high, 2.0)


def contribution(part: tuple[Labels, Labels], whole: tuple[Labels, Labels]) -> float:
    """What a part (now, before) adds to the change of net sentiment of the whole; all parts add up to that change.

    With w the part's share of the whole's mentions, s its net sentiment and S that of the whole, each bar being the
    mean of now and before: w̄ (s_now - s_before) + (s̄ - S̄) (w_now - w_before). So a part counts for what is felt in
    it, and for growing where others feel otherwise, but not for merely growing.
    """
    weights = [sum(labels) / (sum(all_) or 1) for labels, all_ in zip(part, whole, strict=True)]
    known = [net_sentiment(*labels) for labels in part]
    # A part that is silent in one period cannot have changed its mind.
    now, before = (one if one is not None else other or 0.0 for one, other in zip(known, known[::-1], strict=True))
    average = sum(net_sentiment(*labels) or 0.0 for labels in whole) / 2
    grown = weights[0] - weights[1]
    return sum(weights) / 2 * (now - before) + ((now + before) / 2 - average) * grown


def few(value: float, previous: float) -> bool:
    """Whether one of two numbers of mentions is too small to compare them."""
    return min(value, previous) < FEW


def counts_differ(value: int, previous: int) -> bool:
    """Whether two counts over equally long periods differ by more than chance: |a - b| > z √(a + b) (two Poisson)."""
    return abs(value - previous) > Z * sqrt(value + previous)


def _clipped(centre: float, half: float, least: float) -> Interval:
    return max(centre - half, least), min(centre + half, 1.0)
