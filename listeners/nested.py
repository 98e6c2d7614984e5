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


def cells(paths: Sequence[str]) -> Callable[[Document], list[str | None]]:
    """A function that takes the cells at `paths` from a record."""
    steps = [tuple(path.split(".")) for path in paths]
    plain = [_EACH not in path for path in paths]
    found = list(zip(steps, plain, strict=True))
    return lambda record: [cell(_at(record, keys) if simple else _joined(record, keys)) for keys, simple in found]


def cell(value: Any) -> str | None:
    """A value as text: a whole number exactly, what is nested as JSON."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _at(value: Any, keys: tuple[str, ...]) -> Any:
    for key in keys:
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value


def _joined(record: Document, keys: tuple[str, ...]) -> str | None:
    """All values at a path that leads through lists."""
    found = [text for value in _all(record, keys) if (text := cell(value))]
    return "|".join(text.replace("|", "｜") for text in found) or None


def _all(value: Any, keys: tuple[str, ...]) -> Iterator[Any]:
    if not keys:
        yield value
        return
    key, *rest = keys
    inner = _at(value, (key.removesuffix(_EACH),))
    if not key.endswith(_EACH):
        yield from _all(inner, tuple(rest))
    elif isinstance(inner, list):
        for item in inner:
            yield from _all(item, tuple(rest))


def items(document: Document, *keys: str) -> list[Document]:
    """The objects of the list at a path; empty where there is none."""
    found = _at(document, keys)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def has(document: Document, *names: str) -> bool:
    """Whether a document has all these keys."""
    return all(name in document for name in names)
