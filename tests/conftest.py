"""Fixtures that every room's tests share."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


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
