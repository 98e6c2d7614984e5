"""What was left half done goes once nobody touched it for a day."""

import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from tingfeng.intake import inbox
from tingfeng.operations import ownership, sweeping

DAY = 24 * 60 * 60


@pytest.fixture
def left(home: Path, tmp_path: Path) -> dict[str, Path]:
    """An upload that was abandoned, a job that was never finished, one that is complete, and a failed one."""
    (tmp_path / "a.csv").write_text("a")
    upload = sweeping.uploads(home) / "0f" / "评论.csv"
    upload.parent.mkdir(parents=True)
    upload.touch()
    unfinished = inbox.folder(home) / ".unfinished-1"
    failed = inbox.folder(home) / inbox.FAILED / "1"
    for folder in (unfinished, failed):
        folder.mkdir(parents=True)
        (folder / "0").touch()
    job = inbox.leave(home, {"paths": [{"given": "a.csv", "path": str(tmp_path / "a.csv")}]})
    return {"upload": upload, "unfinished": unfinished / "0", "failed": failed / "0", "job": job / "0"}


def still_there(left: dict[str, Path]) -> list[str]:
    return [name for name, path in left.items() if path.exists()]


def later(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    now = time.time() + seconds
    monkeypatch.setattr(sweeping, "time", SimpleNamespace(time=lambda: now))


def test_nothing_of_the_last_day_is_touched(home: Path, left: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    later(monkeypatch, DAY - 60)
    sweeping.sweep(home)
    assert still_there(left) == ["upload", "unfinished", "failed", "job"]


def test_who_takes_the_store_sweeps_what_is_older(left: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    later(monkeypatch, DAY + 60)
    taken = ownership.take()
    assert taken
    taken.close()
    assert still_there(left) == ["failed", "job"]


def test_the_dashboard_sweeps_while_it_runs(left: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ownership, "_SWEEP_SECONDS", 0.05)
    taken = ownership.take("dashboard")
    assert taken
    taken.stay()
    try:
        assert left["upload"].exists()
        later(monkeypatch, DAY + 60)
        deadline = time.monotonic() + 10
        swept = {"upload", "unfinished"}
        while swept & set(still_there(left)) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not swept & set(still_there(left))
    finally:
        taken.close()


def test_the_age_of_a_folder_is_that_of_its_latest_file(tmp_path: Path) -> None:
    (tmp_path / "0" / "deep").mkdir(parents=True)
    before = sweeping._last_written(tmp_path)
    time.sleep(0.05)
    (tmp_path / "0" / "deep" / "file").write_text("a")
    assert sweeping._last_written(tmp_path) == (tmp_path / "0" / "deep" / "file").stat().st_ctime > before


def test_a_home_without_leavings_is_fine(home: Path) -> None:
    sweeping.sweep(home)
    assert list(inbox.folder(home).iterdir()) == []


def test_what_a_link_leads_to_is_left_alone(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine" / "pictures").mkdir(parents=True)
    sweeping.uploads(home).symlink_to(tmp_path / "mine")
    later(monkeypatch, DAY + 60)
    sweeping.sweep(home)
    assert (tmp_path / "mine" / "pictures").is_dir()
