"""The verdict on one file, and the total over all."""

from collections.abc import Iterable
from typing import Any, Final

COUNTS: Final = ("read", "new", "updated", "unchanged", "rejected")

Verdict = dict[str, Any]


def verdict(file: str) -> Verdict:
    """The verdict on `file` before anything was read."""
    return {
        "file": file,
        "format": None,
        "platform": None,
        **dict.fromkeys(COUNTS, 0),
        "seconds": 0.0,
        "time_zone": None,
        "time_zone_assumed": False,
        "repaired": {"times": 0, "ids": 0},
        "running_ids": False,
        "unread": {},
        "mapping": None,
    }


def unreadable(file: str, error: str, guess: str | None = None) -> Verdict:
    """The verdict on a file that was not recognised, with the nearest guess."""
    return verdict(file) | {"error": error, "guess": guess}


def total(verdicts: Iterable[Verdict]) -> dict[str, Any]:
    """Counts and seconds over all files."""
    listed = list(verdicts)
    counts = {name: sum(entry[name] for entry in listed) for name in COUNTS}
    return counts | {"seconds": round(sum(entry["seconds"] for entry in listed), 3)}
