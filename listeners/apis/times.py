"""Times as APIs want them; the product's own are naive UTC."""

from datetime import UTC, datetime, timedelta, tzinfo


def epoch(when: datetime) -> int:
    """Whole seconds since 1970."""
    return int(when.replace(tzinfo=UTC).timestamp())


def iso(when: datetime) -> str:
    """`2025-01-13T18:30:00Z`."""
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


def until_midnight(now: datetime, zone: tzinfo = UTC) -> float:
    """Seconds from `now` (aware) until the next day begins in `zone`."""
    tomorrow = now.astimezone(zone) + timedelta(days=1)
    return tomorrow.replace(hour=0, minute=0, second=0, microsecond=0).timestamp() - now.timestamp()
