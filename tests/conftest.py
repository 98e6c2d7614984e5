"""Fixtures and options that every room's tests share."""

from pathlib import Path

import pytest
from hypothesis import settings

SHARED = Path(__file__).resolve().parents[2] / "shared"

# How long an example takes says how busy the machine is: speed is measured in bench/, never here.
settings.register_profile("tingfeng", deadline=None)
settings.load_profile("tingfeng")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", help="run the tests marked slow as well")
    parser.addoption("--screenshots", metavar="FOLDER", help="save the user guide's pictures into this folder")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--slow"):
        return
    slow = [item for item in items if item.get_closest_marker("slow")]
    config.hook.pytest_deselected(items=slow)
    items[:] = [item for item in items if item not in slow]


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of real export files beside the repository."""
    folder = SHARED / "samples"
    if not folder.is_dir():
        pytest.skip("real sample exports are not here: ../shared/samples is missing")
    return folder


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder, in force for this test."""
    folder = tmp_path / "home"
    monkeypatch.setenv("TINGFENG_HOME", str(folder))
    monkeypatch.delenv("TINGFENG_STORE", raising=False)
    folder.mkdir()
    return folder
