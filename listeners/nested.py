"""Nested JSON made flat: which objects of a document are records, and the cells that a listener wants of each.

A source whose documents are nested says with a `Nested` how its documents are known and where their records are; its
listener names columns by paths: `snippet.title`, and `tags[].name` for all names of a list, joined with `|`.
Only these cells are ever kept of a record, so that whatever else an API says of people is never stored.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

Document = dict[str, Any]

_EACH: Final = "[]"
_NOTHING: Final[Document] = {}
#: So many records are at hand for the processor at once.
_SOME: Final = 500
_TEXTUAL: Final = {str, type(None)}


@dataclass(frozen=True)
class Wrong:
    """A record that is no mention, and why."""

    reason: str
    record: Document


Records = Iterable[Document | Wrong]


@dataclass(frozen=True)
class Nested:
    """How the documents of a format hold its records. A document is a file, an item of an array, or a line.

    `looks` says in words what a document looks like. `fits` knows one. `records` are its records, each an object of
    which the listener's paths are taken; it raises `Refusal` for a document that is known and holds no mentions.
    """

    looks: str
    fits: Callable[[Document], bool]
    records: Callable[[Document], Records]


class Refusal(Exception):  # noqa: N818 - becomes `Refused`, which knows file and format
    """What a document is that holds no mentions, in words for people."""


def columns(records: Sequence[Document], paths: Sequence[str]) -> list[list[Any]]:
    """The values at each of `paths` in all records; objects on the way are looked up once for all paths below them."""
    found: list[list[Any]] = [[] for _ in paths]
    for start in range(0, len(records), _SOME):
        levels: dict[tuple[str, ...], list[Document]] = {(): list(records[start : start + _SOME])}
        for column, path in zip(found, paths, strict=True):
            column.extend(_column(levels, tuple(path.split("."))))
    return found


def _column(levels: dict[tuple[str, ...], list[Document]], keys: tuple[str, ...]) -> list[Any]:
    if any(key.endswith(_EACH) for key in keys):
        return [_joined(record, keys) for record in levels[()]]
    last = keys[-1]
    return [inner.get(last) for inner in _level(levels, keys[:-1])]


def _level(levels: dict[tuple[str, ...], list[Document]], keys: tuple[str, ...]) -> list[Document]:
    """The objects at `keys`; an empty one where a record has none."""
    if keys not in levels:
        above = _level(levels, keys[:-1])
        found = (inner.get(keys[-1]) for inner in above)
        levels[keys] = [inner if isinstance(inner, dict) else _NOTHING for inner in found]
    return levels[keys]


def values(records: Sequence[Document], keys: Sequence[str]) -> list[list[Any]]:
    """The values at each of `keys` in all records."""
    found: list[list[Any]] = [[] for _ in keys]
    for start in range(0, len(records), _SOME):
        some = records[start : start + _SOME]
        for column, key in zip(found, keys, strict=True):
            column.extend([record.get(key) for record in some])
    return found


def texts(values: Sequence[Any]) -> Sequence[str | None]:
    """Values as cells."""
    kinds = set(map(type, values))
    if kinds <= _TEXTUAL:
        return values
    return list(map(str, values)) if kinds == {int} else [cell(value) for value in values]


def cell(value: Any) -> str | None:
    """A value as text: a whole number exactly, what is nested as JSON."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _joined(record: Document, keys: tuple[str, ...]) -> str | None:
    """All values at a path that leads through lists."""
    found = [text for value in _all(record, keys) if (text := cell(value))]
    return "|".join(text.replace("|", "｜") for text in found) or None


def _all(value: Any, keys: tuple[str, ...]) -> Iterator[Any]:
    if not keys:
        yield value
        return
    key, *rest = keys
    inner = at(value, key.removesuffix(_EACH))
    if not key.endswith(_EACH):
        yield from _all(inner, tuple(rest))
    elif isinstance(inner, list):
        for item in inner:
            yield from _all(item, tuple(rest))


def at(document: Any, *keys: str) -> Any:
    """What stands at a path of objects; None where there is none."""
    for key in keys:
        if not isinstance(document, dict):
            return None
        document = document.get(key)
    return document


def inner(document: Document, *keys: str) -> Document:
    """The object at a path; an empty one where there is none."""
    found = at(document, *keys)
    return found if isinstance(found, dict) else {}


def items(document: Document, *keys: str) -> list[Document]:
    """The objects of the list at a path; empty where there is none."""
    found = at(document, *keys)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def has(document: Document, *names: str) -> bool:
    """Whether a document has all these keys."""
    return all(name in document for name in names)
