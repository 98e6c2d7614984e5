"""Times as APIs want them; the product's own are naive UTC."""

from datetime import UTC, datetime


def epoch(when: datetime) -> int:
    """Whole seconds since 1970."""
    return int(when.replace(tzinfo=UTC).timestamp())


def iso(when: datetime) -> str:
    """`2025-01-13T18:30:00Z`."""
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")
