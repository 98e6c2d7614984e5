"""Time zones to choose from."""

from typing import Any, Final
from zoneinfo import available_timezones

from streamlit.delta_generator import DeltaGenerator

from tingfeng.dashboard.words import Words

#: Offered first; the others follow by name.
USUAL: Final = (
    *("UTC", "Asia/Shanghai", "Asia/Hong_Kong", "Asia/Singapore", "Asia/Tokyo", "Europe/London", "Europe/Berlin"),
    *("America/New_York", "America/Los_Angeles"),
)


def listed(*first: str) -> list[str]:
    """All zones by name: `first`, the usual ones, then the others."""
    return list(dict.fromkeys([*first, *USUAL, *sorted(available_timezones())]))


def of_file(place: DeltaGenerator, words: Words, said: str | None, key: str) -> str | None:
    """The zone of a file's times that are written without one, `said` to begin with; an offset may be written too."""
    chosen: Any = place.selectbox(
        words("sources.zone"),
        listed(*([said] if said else [])),
        index=0 if said else None,
        placeholder=words("sources.as_the_file_says"),
        help=words("sources.zone_help"),
        accept_new_options=True,
        key=key,
    )
    return (chosen or "").strip() or None
