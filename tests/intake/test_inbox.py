from pathlib import Path
from typing import Any

import pytest

from tingfeng.errors import TingfengError
from tingfeng.intake import inbox


def job(home: Path, *files: Path) -> Path:
    return inbox.leave(
        home, {"paths": [{"given": file.name, "path": str(file)} for file in files], "platform": "weibo"}
    )


def test_a_job_carries_its_files_and_options(home: Path, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "b.csv").write_text("b")
    (tmp_path / "a.csv").write_text("a")
    job(home, tmp_path / "a.csv", tmp_path / "folder")
    (tmp_path / "a.csv").unlink()
    seen: list[dict[str, Any]] = []

    def take(params: dict[str, Any]) -> dict[str, Any]:
        seen.append(params)
        assert Path(params["paths"][0]["path"]).read_text() == "a"
        assert (Path(params["paths"][1]["path"]) / "b.csv").read_text() == "b"
        return {}

    assert inbox.ingest(home, take) == 1
    assert [given["given"] for given in seen[0]["paths"]] == ["a.csv", "folder"]
    assert seen[0]["platform"] == "weibo"
    assert inbox.ingest(home, take) == 0


def test_jobs_are_done_in_the_order_in_which_they_came(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("a")
    left = [job(home, file), job(home, file), job(home, file)]
    assert inbox.jobs(home) == left


def test_an_unfinished_job_is_not_seen(home: Path) -> None:
    (inbox.folder(home) / ".unfinished-1").mkdir()
    assert inbox.jobs(home) == []


def test_a_poisoned_job_is_set_aside_and_the_next_one_done(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("a")
    poisoned, good = job(home, file), job(home, file)
    done = []

    def take(params: dict[str, Any]) -> dict[str, Any]:
        if poisoned.name in params["paths"][0]["path"]:
            raise TingfengError("It is poisoned")
        done.append(params)
        return {}

    inbox.ingest(home, take)
    assert len(done) == 1
    assert not good.exists()
    assert (home / "inbox" / "failed" / poisoned.name / "reason.txt").read_text() == "It is poisoned\n"


def test_a_missing_file_leaves_no_job(home: Path, tmp_path: Path) -> None:
    with pytest.raises(TingfengError, match="cannot be read"):
        job(home, tmp_path / "none.csv")
    assert list(inbox.folder(home).iterdir()) == []
