"""What a person may say about the files of an import."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Options:
    """Format, platform and zone where the files do not say them; `map_text` is a mapping in YAML."""

    as_format: str | None = None
    platform: str | None = None
    time_zone: str | None = None
    map_text: str | None = None
    dry_run: bool = False
