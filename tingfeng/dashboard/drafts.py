"""A watchlist while it is being written: plain values that widgets can hold, and the YAML that is saved."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from typing import Any

import yaml

from tingfeng.watchlists import Watchlist


@dataclass
class SubjectDraft:
    """One subject as it stands in the editor; accounts are one a line."""

    name: str = ""
    kind: str = "brand"
    query: str = ""
    accounts: str = ""

    @property
    def listed(self) -> list[str]:
        """The accounts, without empty lines."""
        return [line.strip() for line in self.accounts.splitlines() if line.strip()]


@dataclass
class Draft:
    """A watchlist as it stands in the editor; `saved_as` is the name under which it was saved before."""

    name: str = ""
    time_zone: str = "Asia/Shanghai"
    platforms: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    subjects: list[SubjectDraft] = field(default_factory=lambda: [SubjectDraft()])
    saved_as: str | None = None

    def to_yaml(self) -> str:
        """The draft as a watchlist's file; empty fields are left out, so that reading it says what is missing."""
        fields: dict[str, Any] = {
            "name": self.name.strip() or None,
            "time_zone": self.time_zone,
            "platforms": self.platforms,
            "languages": self.languages,
            "sources": self.sources,
            "subjects": [_fields(subject) for subject in self.subjects],
        }
        return yaml.safe_dump(fields, allow_unicode=True, sort_keys=False)


def draft_of(watchlist: Watchlist) -> Draft:
    """The saved `watchlist`, ready to be changed."""
    subjects = [
        SubjectDraft(each.name, each.kind, each.query.text if each.query else "", "\n".join(each.accounts))
        for each in watchlist.subjects
    ]
    return Draft(
        watchlist.name,
        watchlist.time_zone,
        list(watchlist.platforms),
        list(watchlist.languages),
        list(watchlist.sources),
        subjects,
        saved_as=watchlist.name,
    )


def copy_of(watchlist: Watchlist, taken: Collection[str], named: Callable[[int], str]) -> Draft:
    """The same watchlist under a name that is not `taken`; `named` makes one from the `number` of the copy."""
    numbers = range(1, len(taken) + 2)
    free = next(name for number in numbers if (name := named(number)) not in taken)
    return replace(draft_of(watchlist), name=free, saved_as=None)


def _fields(subject: SubjectDraft) -> dict[str, Any]:
    fields: dict[str, Any] = {"name": subject.name.strip() or None, "kind": subject.kind}
    if subject.query.strip():
        fields["query"] = subject.query.strip()
    if subject.listed:
        fields["accounts"] = subject.listed
    return fields
