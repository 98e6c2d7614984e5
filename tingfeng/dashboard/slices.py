"""What a click in a chart means: the view narrowed to the mentions behind the mark."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from tingfeng.dashboard.address import Choice
from tingfeng.dashboard.charts import SLICE
from tingfeng.store.filters import LISTS

_HOUR: Final = len("2025-01-14T05:00")
_MONTH: Final = len("2025-01")


def picked(event: Any) -> dict[str, str] | None:
    """The fields of the mark that was clicked, from what a chart reports; None where nothing is chosen."""
    marks = (event or {}).get("selection", {}).get(SLICE) if isinstance(event, Mapping) else None
    return {name: str(value) for name, value in marks[0].items()} if marks else None


def narrowed(choice: Choice, fields: Mapping[str, str], bucket: str = "day") -> Choice:
    """`choice` with the day (or other bucket) and the other values of `fields`."""
    lists = {LISTS[name]: (value,) for name, value in fields.items() if name in LISTS}
    narrow = replace(choice, **lists)  # type: ignore[arg-type]
    if "date" not in fields:
        return narrow
    since, until = span(fields["date"], bucket)
    return replace(narrow, period="custom", since=since, until=until)


def span(date: str, bucket: str) -> tuple[str, str]:
    """First moment of a bucket and the first one after it, written as filters write them."""
    if len(date) >= _HOUR:
        hour = datetime.fromisoformat(date)
        return _written(hour), _written(hour + timedelta(hours=1))
    if len(date) == _MONTH:
        first = datetime.fromisoformat(f"{date}-01")
        return f"{first:%Y-%m-%d}", f"{(first + timedelta(days=32)).replace(day=1):%Y-%m-%d}"
    first = datetime.fromisoformat(date)
    return f"{first:%Y-%m-%d}", f"{first + timedelta(days=7 if bucket == 'week' else 1):%Y-%m-%d}"


def bucket_of(days: int | None) -> str:
    """The bucket in which a period of so many days is drawn: about 30 to 150 of them."""
    if days is None:
        return "day"
    if days <= 3:
        return "hour"
    if days <= 150:
        return "day"
    return "week" if days <= 1000 else "month"


def _written(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M}"
