"""What the rules of layouts may say as one word or as several (config/listeners/README.md)."""

from collections.abc import Mapping
from typing import Any


def listed(written: str | list[str]) -> list[str]:
    """One word, or several, as a list."""
    return [written] if isinstance(written, str) else written


def signatures(rules: Mapping[str, Any]) -> list[list[str]]:
    """The lists of columns each of which makes a table the format; none where all of its columns do."""
    written = rules.get("signature", [])
    return [written] if written and isinstance(written[0], str) else written


def paths(rules: Mapping[str, Any]) -> tuple[str, ...]:
    """All columns that fields may stand in, each once."""
    return tuple(dict.fromkeys(path for written in rules["columns"].values() for path in listed(written)))
