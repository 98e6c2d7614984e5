"""What the tests of listeners share: fixtures on disk, and files read into one frame."""

import json
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
import pytest

import listeners
from listeners import Options, Reading, Reject, Source

FIXTURES = Path(__file__).parent / "fixtures"
SUFFIX = ".expected.json"


class Heard(NamedTuple):
    """A whole file, read."""

    reading: Reading
    mentions: pl.DataFrame
    rejects: list[Reject]

    @property
    def read(self) -> int:
        return self.mentions.height + len(self.rejects)


def source(path: Path) -> Source:
    return next(iter(listeners.sources(str(path))))


def hear(path: Path, **options: Any) -> Heard:
    reading = listeners.open(source(path), Options(**options))
    batches = list(reading)
    rejects = [reject for batch in batches for reject in batch.rejects]
    return Heard(reading, pl.concat([batch.mentions for batch in batches], how="diagonal"), rejects)


def golden() -> list[Path]:
    """Fixture files that have an expected file beside them."""
    return [path.with_name(path.name.removesuffix(SUFFIX)) for path in sorted(FIXTURES.glob(f"*/*{SUFFIX}"))]


def expected(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.with_name(path.name + SUFFIX).read_text(encoding="utf-8"))
    return found


@pytest.fixture
def xiaohongshu_posts() -> Path:
    return FIXTURES / "mediacrawler_xiaohongshu_posts" / "old.csv"
