"""Watchlists and their subjects."""

from dataclasses import dataclass
from typing import Final, NamedTuple

from tingfeng.queries import Query

SUBJECT_KINDS: Final = ("brand", "product", "kol", "competitor", "topic")


class Account(NamedTuple):
    """An author on a platform: `name` is an id, or `@` and a casefolded handle."""

    platform: str
    name: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What is tracked: what `query` selects and what `accounts` (`platform:id`, `platform:@handle`) publish."""

    name: str
    kind: str = "brand"
    query: Query | None = None
    accounts: tuple[str, ...] = ()

    @property
    def owned(self) -> tuple[Account, ...]:
        """The accounts, taken apart."""
        return tuple(account(written) for written in self.accounts)


@dataclass(frozen=True, slots=True)
class Watchlist:
    """A named set of subjects. Empty `platforms` or `languages`: all. `sources`: what to pull besides searches."""

    name: str
    time_zone: str = "UTC"
    platforms: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    subjects: tuple[Subject, ...] = ()


def account(written: str) -> Account:
    """The account that `platform:id` or `platform:@handle` names."""
    platform, _, name = written.partition(":")
    return Account(platform, name.casefold() if name.startswith("@") else name)


def aliases(subject: Subject) -> tuple[str, ...]:
    """What `subject` is called in texts: its name and the terms of its query that are not under a NOT."""
    terms = subject.query.terms if subject.query else ()
    return tuple(dict.fromkeys([subject.name, *(term.rstrip("*＊") for term in terms)]))
