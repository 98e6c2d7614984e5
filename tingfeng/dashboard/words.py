"""The words of the interface: one catalogue a language in `config/words/`, the same keys in each."""

from datetime import date, timedelta
from functools import cache
from typing import Any, Final

from tingfeng.dashboard import figures
from tingfeng.home import config

#: Each language by its own name, because who looks for it may not read the other.
LANGUAGES: Final = {"en": "English", "zh": "中文"}


class Words:
    """The catalogue of one language; call it with a key and the values of its placeholders."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._entries = catalogue(language)
        self._platforms: dict[str, dict[str, str]] = config("platforms")

    def __call__(self, key: str, **values: Any) -> str:
        """The sentence under `key`; whole numbers are written with separators, and `n` chooses singular or plural."""
        entry = self._entries[key]
        if isinstance(entry, dict):
            entry = entry["one" if values.get("n") == 1 else "other"]
        written = {name: self.exact(value) if isinstance(value, int) else value for name, value in values.items()}
        return str(entry).format_map(written)

    def known(self, key: str, otherwise: str) -> str:
        """The words under `key` if the catalogue has them, else `otherwise`."""
        return self(key) if key in self._entries else otherwise

    def platform(self, platform: str | None) -> str:
        """The platform's name as its readers know it."""
        return self._platforms.get(platform or "", {}).get(self.language, platform or self("unknown"))

    def tongue(self, language: str | None) -> str:
        """The name of a language of mentions."""
        return self.known(f"languages.{language}", language or self("unknown"))

    def zone(self, zone: str) -> str:
        """The name of a time zone."""
        return self.known(f"zones.{zone}", zone)

    def region(self, region: str) -> str:
        """The name of a region, which is stored as its platform writes it."""
        return _regions(self.language).get(region, region)

    def kind(self, kind: str | None) -> str:
        """What kind of mention it is."""
        return self.known(f"kinds.{kind}", kind or self("unknown"))

    def label(self, label: str | None) -> str:
        """A sentiment label; none is said too."""
        return self(f"labels.{label or 'none'}")

    def exact(self, number: Any) -> str:
        """`12,345`; a dash when unknown."""
        return figures.exact(number)

    def short(self, number: Any) -> str:
        """`12.3k`, in Chinese `1.2万`; a dash when unknown."""
        return figures.short(number, self.language)

    def day(self, day: Any) -> str:
        """`2025-01-14`, in Chinese `2025年1月14日`."""
        return figures.day(day, self.language)

    def first_and_last(self, since: str | None, until: str | None) -> tuple[str, str]:
        """The ends of a period as people say them: the last day instead of the one after it; times as they are."""
        first = self.day(since) if since and "T" not in since else (since or "…").replace("T", " ")
        if until and "T" not in until:
            return first, self.day(date.fromisoformat(until) - timedelta(days=1))
        return first, (until or "…").replace("T", " ")

    def moment(self, utc: Any, zone: str) -> str:
        """A UTC time as the clocks of `zone` showed it, to the minute; unknown times are said."""
        return figures.moment(utc, zone, self.language) or self("undated")

    def zoned(self, utc: Any, zone: str) -> str:
        """The same with the zone's name, where nothing else on the page says it."""
        return (
            self.moment(utc, zone)
            if figures.missing(utc)
            else self("zoned", time=self.moment(utc, zone), zone=self.zone(zone))
        )


@cache
def words(language: str) -> Words:
    """The one `Words` of `language`."""
    return Words(language)


@cache
def catalogue(language: str) -> dict[str, Any]:
    """Every entry of `language` by its dotted key; an entry with `one` and `other` stays a dict."""
    return dict(_flat(config(f"words/{language}"), ""))


def _flat(tree: dict[str, Any], prefix: str) -> list[tuple[str, Any]]:
    entries: list[tuple[str, Any]] = []
    for name, value in tree.items():
        if isinstance(value, dict) and set(value) != {"one", "other"}:
            entries += _flat(value, f"{prefix}{name}.")
        else:
            entries.append((f"{prefix}{name}", value))
    return entries


def preferred(locale: str | None) -> str:
    """The language of the interface for a browser's locale: Chinese for any Chinese one, else English."""
    return "zh" if (locale or "").lower().startswith("zh") else "en"


@cache
def _regions(language: str) -> dict[str, str]:
    """Names of regions in the other language, with those in this one."""
    english: dict[str, str] = config("regions")
    return english if language == "en" else {name: chinese for chinese, name in english.items()}
