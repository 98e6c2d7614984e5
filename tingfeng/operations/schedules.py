"""What is to be pulled, and how often: `schedules.yaml` in the home folder."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import yaml

from tingfeng.errors import TingfengError
from tingfeng.home import home
from tingfeng.operations.sources import api_of

FILE: Final = "schedules.yaml"
EXAMPLE: Final = "- {source: hackernews, every: 6h, watchlist: Tea}"
_EVERY: Final = re.compile(r"(\d{1,4})\s*(m|h|d)")
_UNITS: Final = {"m": "minutes", "h": "hours", "d": "days"}
_FIELDS: Final = {"source", "every", "watchlist"}


@dataclass(frozen=True)
class Schedule:
    """Pull `source` for `watchlist` (None: for all), `every` so often."""

    source: str
    every: timedelta
    watchlist: str | None = None


def schedules() -> list[Schedule]:
    """What the file says; TingfengError where there is none, or where it cannot be understood."""
    path = home() / FILE
    try:
        listed: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise TingfengError("Nothing is scheduled", where=str(path), hint=f"write lines like {EXAMPLE}") from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise TingfengError("The schedules cannot be read", where=str(path), hint=f"write {EXAMPLE}") from error
    if not isinstance(listed, list) or not all(isinstance(item, dict) for item in listed) or not listed:
        raise TingfengError("The schedules are no list", where=str(path), hint=f"write lines like {EXAMPLE}")
    found = [_schedule(item, f"{path}, entry {number}") for number, item in enumerate(listed, 1)]
    names = [one.source for one in found]
    if twice := next((name for name in names if names.count(name) > 1), None):
        hint = "leave its watchlist out to pull it for all of them"
        raise TingfengError(f"{twice} is scheduled twice", where=str(path), hint=hint)
    return found


def planned() -> list[Schedule]:
    """The same, where it is in order that there is no file."""
    return schedules() if (home() / FILE).exists() else []


def _schedule(item: dict[str, Any], where: str) -> Schedule:
    if unknown := [str(name) for name in item if name not in _FIELDS]:
        raise TingfengError(f"There is no field {unknown[0]!r} in a schedule", where=where, hint=f"write {EXAMPLE}")
    found = _EVERY.fullmatch(str(item.get("every", "")).strip())
    if not found or not int(found[1]):
        raise TingfengError(
            f"How often is not understood: {item.get('every')!r}", where=where, hint="write 30m, 6h, 1d"
        )
    watchlist = item.get("watchlist")
    source = api_of(str(item.get("source", ""))).name
    return Schedule(source, timedelta(**{_UNITS[found[2]]: int(found[1])}), str(watchlist) if watchlist else None)
