"""Watchlists as YAML: read strictly, written so that reading gives the same again."""

import re
from collections.abc import Iterable
from typing import Any, Final

import yaml

from tingfeng.errors import UsageError
from tingfeng.mentions.times import zone
from tingfeng.queries import QueryError, parse
from tingfeng.queries.errors import nearest
from tingfeng.queries.fields import platforms
from tingfeng.watchlists.errors import WatchlistError
from tingfeng.watchlists.watchlist import SUBJECT_KINDS, Subject, Watchlist

MAX_CHARACTERS: Final = 1_000_000
#: Names stand beside every mention that matches, so an endless one would fill memory and pages.
MAX_NAME: Final = 200
MAX_SUBJECTS: Final = 500

#: YAML takes some of these for line ends and refuses others, so a name with one would not read back as written.
#: Half a surrogate pair, which YAML writes as an escape, is no character at all.
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_WATCHLIST: Final = ("name", "time_zone", "platforms", "languages", "sources", "subjects")
_SUBJECT: Final = ("name", "kind", "query", "accounts")


class _Loader(yaml.SafeLoader):
    """YAML in which no mapping names a field twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """The mapping; WatchlistError where YAML itself would keep the last of two values without a word."""
        seen: set[str] = set()
        for key in (key for key, _ in node.value if isinstance(key, yaml.ScalarNode)):
            if key.value in seen:
                raise WatchlistError(
                    f"The field {key.value!r} is written twice",
                    where=f"line {key.start_mark.line + 1}, column {key.start_mark.column + 1}",
                    hint="keep one of the two",
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def read(text: str) -> Watchlist:
    """The watchlist that the YAML `text` describes; raises WatchlistError."""
    fields = _mapping(_load(text), "the watchlist", _WATCHLIST)
    name = _name(fields, "the watchlist")
    where = f"watchlist {name!r}"
    time_zone = _time_zone(fields, where)
    listed = _list(fields, "subjects", where)
    if not listed:
        raise WatchlistError("The watchlist has no subjects", where=where, hint="list at least one below 'subjects'")
    if len(listed) > MAX_SUBJECTS:
        raise WatchlistError(
            f"The watchlist has more than {MAX_SUBJECTS} subjects", where=where, hint="split it into several"
        )
    subjects = tuple(_subject(item, number, time_zone) for number, item in enumerate(listed, 1))
    _refuse_twins(subjects, where)
    return Watchlist(
        name,
        time_zone,
        tuple(_among(value, platforms(), f"platforms of {where}") for value in _texts(fields, "platforms", where)),
        tuple(_texts(fields, "languages", where)),
        tuple(_texts(fields, "sources", where)),
        subjects,
    )


def write(watchlist: Watchlist) -> str:
    """`watchlist` as YAML."""
    fields = {
        "name": watchlist.name,
        "time_zone": watchlist.time_zone,
        "platforms": list(watchlist.platforms),
        "languages": list(watchlist.languages),
        "sources": list(watchlist.sources),
        "subjects": [_fields_of(subject) for subject in watchlist.subjects],
    }
    return yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=120)


def _fields_of(subject: Subject) -> dict[str, Any]:
    fields: dict[str, Any] = {"name": subject.name, "kind": subject.kind}
    if subject.query:
        fields["query"] = subject.query.text
    if subject.accounts:
        fields["accounts"] = list(subject.accounts)
    return fields


def _load(text: str) -> Any:
    """What the YAML holds. Aliases are refused: a few lines of them can unfold into more than memory holds."""
    if len(text) > MAX_CHARACTERS:
        raise WatchlistError(f"The watchlist is longer than {MAX_CHARACTERS} characters", hint="split it into several")
    try:
        if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(text, Loader=yaml.SafeLoader)):
            raise WatchlistError("The watchlist uses a YAML alias (*name)", hint="write the value out, or quote it")
        return yaml.load(text, _Loader)  # noqa: S506 - a safe one
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise WatchlistError(
            f"The watchlist is no YAML: {getattr(error, 'problem', None) or 'a character that YAML does not allow'}",
            where=f"line {mark.line + 1}, column {mark.column + 1}" if mark else "",
            hint="put each query in single quotes: query: '\"river song\" OR 宋小河'",
        ) from error
    except (RecursionError, ValueError) as error:
        raise WatchlistError(
            "The watchlist holds a value that cannot be read", hint="compare it with the example"
        ) from error


def _subject(item: Any, number: int, time_zone: str) -> Subject:
    """One item of `subjects`."""
    fields = _mapping(item, f"subject {number}", _SUBJECT)
    name = _name(fields, f"subject {number}")
    where = f"subject {name!r}"
    if "|" in name:
        raise WatchlistError("The name of a subject holds a |", where=where, hint="lists of subjects are joined with |")
    kind = _among(_text(fields, "kind", where) or "brand", SUBJECT_KINDS, f"kind of {where}")
    written = _text(fields, "query", where)
    accounts = tuple(checked_account(value, where) for value in _texts(fields, "accounts", where))
    if written is None and not accounts:
        raise WatchlistError("A subject has neither a query nor accounts", where=where, hint="give it one of them")
    try:
        query = None if written is None else parse(written, time_zone)
    except QueryError as error:
        raise WatchlistError(
            f"The query of {where} cannot be read: {error.what}", where=f"{where}, {error.where}", hint=error.hint
        ) from error
    return Subject(name, kind, query, accounts)


def checked_account(written: str, where: str) -> str:
    """`written`, when it is `platform:id` or `platform:@handle`; raises WatchlistError."""
    platform, _, name = written.partition(":")
    if not name.lstrip("@").strip():
        raise WatchlistError(
            f"The account {written!r} names no author", where=where, hint="write platform:id or platform:@handle"
        )
    _among(platform, platforms(), f"accounts of {where}")
    return written


def _refuse_twins(subjects: tuple[Subject, ...], where: str) -> None:
    names = [subject.name for subject in subjects]
    for name in names:
        if names.count(name) > 1:
            raise WatchlistError(f"Two subjects are called {name!r}", where=where, hint="give each its own name")


def _time_zone(fields: dict[str, Any], where: str) -> str:
    """The time zone's name, checked."""
    name = _text(fields, "time_zone", where) or "UTC"
    try:
        zone(name)
    except UsageError as error:
        raise WatchlistError(error.what, where=where, hint=error.hint) from error
    return name


def _mapping(value: Any, where: str, known: tuple[str, ...]) -> dict[str, Any]:
    """`value`, when it is a mapping with no other fields than the `known` ones."""
    if not isinstance(value, dict):
        what = f"{where[0].upper()}{where[1:]} is no mapping of fields to values"
        raise WatchlistError(what, hint=f"write lines like '{known[0]}: ...'")
    for field in value:
        if field not in known:
            closest = nearest(str(field), known)
            hint = f"did you mean {closest!r}" if closest else f"the fields are {', '.join(known)}"
            raise WatchlistError(f"There is no field {str(field)!r} in a watchlist", where=where, hint=hint)
    return value


def _name(fields: dict[str, Any], where: str) -> str:
    name = _text(fields, "name", where)
    if name is None:
        raise WatchlistError("A name is missing", where=where, hint="add a line 'name: ...'")
    if len(name) > MAX_NAME:
        raise WatchlistError(f"The name is longer than {MAX_NAME} characters", where=where, hint="choose a shorter one")
    return name


def _text(fields: dict[str, Any], field: str, where: str) -> str | None:
    """A field that holds text; None where it is left out or empty."""
    value = fields.get(field)
    if value is None:
        return None
    if not isinstance(value, str) or not value.strip():
        raise WatchlistError(f"The field {field!r} is no text", where=where, hint="put the value in quotes")
    return _without_control(value, field, where)


def _list(fields: dict[str, Any], field: str, where: str) -> list[Any]:
    """A field that holds a list; empty where it is left out."""
    value = fields.get(field)
    if not isinstance(value, list | None):
        raise WatchlistError(f"The field {field!r} is no list", where=where, hint=f"write {field}: [one, two]")
    return value or []


def _texts(fields: dict[str, Any], field: str, where: str) -> list[str]:
    """A field that holds a list of texts."""
    values = _list(fields, field, where)
    for value in values:
        if not isinstance(value, str) or not value.strip():
            raise WatchlistError(
                f"The list {field!r} holds something that is no text", where=where, hint="put it in quotes"
            )
    return [_without_control(value, field, where) for value in values]


def _without_control(text: str, field: str, where: str) -> str:
    """`text`, when nothing hides in it that is no character to see."""
    if _CONTROL.search(text):
        what = f"A control character or half a character hides in {field!r}"
        raise WatchlistError(what, where=where, hint="type the value anew")
    return text


def _among(value: str, known: Iterable[str], where: str) -> str:
    """`value`, when it is one of the `known` ones."""
    words = tuple(known)
    if value not in words:
        closest = nearest(value, words)
        hint = f"did you mean {closest!r}" if closest else f"use one of {', '.join(words)}"
        raise WatchlistError(f"{value!r} is not known", where=where, hint=hint)
    return value
