"""Documents in which anything may stand anywhere: a record may be refused, nothing may break."""

import copy
import json
import random
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from listeners.nested import Refusal, Wrong, columns
from listeners.registry import nested
from tests.listeners.conftest import FIXTURES, golden

JUNK: list[Any] = [None, 0, -1, 1.5, True, "", "x", "//[", [], {}, [1], ["a", {}], {"a": 1}, [[{}]], 10**30]
CHANGES = 300

Path = tuple[str | int, ...]


def documents(name: str) -> Iterator[dict[str, Any]]:
    """What the JSON fixtures of a format hold, whole lines only."""
    for path in golden():
        if path.parent == FIXTURES / name and path.suffix in {".json", ".jsonl", ".ndjson"}:
            text = path.read_text(encoding="utf-8-sig")
            for part in [text] if path.suffix == ".json" else text.splitlines():
                with suppress(ValueError):
                    found = json.loads(part)
                    yield from (one for one in (found if isinstance(found, list) else [found]) if isinstance(one, dict))


def paths(value: Any, above: Path = ()) -> Iterator[Path]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield (*above, key)
        yield from paths(one, (*above, key))


def replaced(document: dict[str, Any], path: Path, value: Any) -> dict[str, Any]:
    changed = copy.deepcopy(document)
    place: Any = changed
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = copy.deepcopy(value)
    return changed


@pytest.mark.parametrize("name", nested())
def test_whatever_stands_in_a_document_nothing_breaks(name):
    chance = random.Random(name)
    for document in documents(name):
        places = list(paths(document))
        for _ in range(CHANGES):
            changed = replaced(document, chance.choice(places), chance.choice(JUNK))
            for known in nested().values():
                if known.nested.fits(changed):
                    with suppress(Refusal):
                        for record in known.nested.records(changed):
                            assert isinstance(record, Wrong) or len(columns([record], known.paths)) == len(known.paths)


@pytest.mark.parametrize(
    "document",
    [
        {"userName": "mia", "score": 5, "text": "Kova", "thumbsUp": 1, "reviewId": "1", "error": None},
        {"kind": "youtube#video", "id": "1", "snippet": {"title": "Kova"}, "error": "x"},
        {"uri": "a", "content": "Kova", "favourites_count": 1, "account": {"acct": "mia", "url": "https://["}},
        {"version": "https://jsonfeed.org/version/1.1", "home_page_url": "//[", "items": [{"id": "1", "url": "//["}]},
    ],
)
def test_odd_values_beside_a_record_cost_no_record(document):
    known = next(one.nested for one in nested().values() if one.nested.fits(document))
    assert len(list(known.records(document))) == 1
