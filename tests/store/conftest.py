"""A store of one's own for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tingfeng.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "tingfeng.duckdb") as opened:
        yield opened
