"""Numbers, days and times as people of one language write them."""

from datetime import UTC, date, datetime
from typing import Any, Final

from tingfeng.mentions.times import zone as zone_named

DASH: Final = "–"
MINUS: Final = "−"
#: Below this every digit is shown, in both languages.
FULL: Final = 10_000
_STEPS: Final = {
    "en": ((1e9, "B"), (1e6, "M"), (1e3, "k")),
    "zh": ((1e8, "亿"), (1e4, "万")),
}


def missing(value: Any) -> bool:
    """Whether `value` is unknown: None, NaN or a pandas NaT."""
    try:
        return value is None or bool(value != value)  # noqa: PLR0124 - only what is not a number differs from itself
    except TypeError:  # pandas' NA will not even say so
        return True


def exact(number: Any) -> str:
    """Whole, with thousands separators."""
    return DASH if missing(number) else signed_minus(f"{round(number):,}")


def short(number: Any, language: str) -> str:
    """Whole below 10,000, then three digits and a unit: 12.3k and 4.5M in English, 1.2万 and 3.4亿 in Chinese."""
    if missing(number) or abs(number) < FULL:
        return exact(number)
    for size, unit in _STEPS[language]:
        # 999 950 would round to 1000.0k: the next unit starts where rounding reaches it.
        if abs(number) >= size * 0.99995:
            value = f"{number / size:.1f}".removesuffix(".0")
            return signed_minus(f"{value}{unit}")
    return exact(number)


def percent(fraction: Any, digits: int = 0) -> str:
    """A fraction as a percentage."""
    return DASH if missing(fraction) else signed_minus(f"{fraction * 100:.{digits}f}") + "%"


def change(fraction: Any) -> str:
    """A relative change with its sign: +38%."""
    if missing(fraction):
        return DASH
    return signed_minus(f"{round(fraction * 100):+,d}") + "%"


def points(difference: Any) -> str:
    """A difference of two fractions in points of a hundred, with its sign: −12."""
    return DASH if missing(difference) else signed_minus(f"{round(difference * 100):+d}")


def index(fraction: Any) -> str:
    """Net sentiment from −100 to +100, with its sign."""
    return points(fraction)


def signed(weight: float) -> str:
    """A weight with its sign and two decimals: +0.52."""
    return signed_minus(f"{weight:+.2f}") if round(weight, 2) else "0.00"


def signed_minus(text: str) -> str:
    """`text` with a true minus, never minus zero."""
    return text.replace("-0", "0") if text.strip("-+0.") == "" else text.replace("-", MINUS)


def day(value: Any, language: str) -> str:
    """A day of the calendar: ISO in English, 年月日 in Chinese."""
    if missing(value):
        return DASH
    when = value if isinstance(value, date) else datetime.fromisoformat(str(value)[:10])
    return f"{when.year}年{when.month}月{when.day}日" if language == "zh" else f"{when:%Y-%m-%d}"


def local(utc: Any, zone: str) -> datetime | None:
    """A naive UTC time, or one as `2025-01-14T01:02:03Z`, as local time in `zone`; None when unknown."""
    if missing(utc):
        return None
    moment = datetime.fromisoformat(utc) if isinstance(utc, str) else utc
    return moment.replace(tzinfo=UTC).astimezone(zone_named(zone))


def moment(utc: Any, zone: str, language: str) -> str:
    """A UTC time in `zone`, to the minute; empty when unknown."""
    there = local(utc, zone)
    return f"{day(there.date(), language)} {there:%H:%M}" if there else ""
