"""Documents of known formats in which something is of another kind than it should be: refused or rejected, no crash."""

import copy
import json
import random
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from listeners.nested import Refusal, cells
from listeners.registry import nested
from tests.listeners.conftest import golden

OTHERS: list[Any] = [None, [], {}, "x", 5, True, [{}], ["a"], {"id": []}, ""]
ANSWERS = ("facebook", "instagram", "threads", "tiktok", "tiktok_web", "linkedin", "apify_", "zeeschuimer_")
FILES = [path for path in golden() if path.parent.name.startswith(ANSWERS) and path.suffix in {".json", ".ndjson"}]
HOW_OFTEN = 60


def documents(path: Path) -> list[Any]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ndjson":
        return [json.loads(line) for line in text.splitlines()]
    found = json.loads(text)
    return found if isinstance(found, list) else [found]


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every object or list inside `value` with a key of it."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in inside:
        yield value, key
        yield from places(inner)


@pytest.mark.parametrize("path", FILES, ids=[f"{path.parent.name}-{path.stem}" for path in FILES])
def test_what_is_of_another_kind_is_no_crash(path):
    chance = random.Random(7)
    known = [one for name, one in nested().items() if name.startswith(ANSWERS)]
    for document in documents(path) * HOW_OFTEN:
        changed = copy.deepcopy(document)
        for _ in range(chance.randint(1, 3)):
            holder, key = chance.choice(list(places(changed)))
            holder[key] = copy.deepcopy(chance.choice(OTHERS))
        for one in known:
            with suppress(Refusal):
                if one.nested.fits(changed):
                    take = cells(one.paths)
                    assert all(
                        take(found) if isinstance(found, dict) else found.reason
                        for found in one.nested.records(changed)
                    )
