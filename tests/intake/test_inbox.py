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


def test_a_file_whose_name_is_no_utf_8_waits_as_well(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "caf\udce9.csv"
    file.write_text("a")
    job(home, file)
    seen: list[str] = []
    assert inbox.ingest(home, lambda params: seen.extend(each["given"] for each in params["paths"]) or {}) == 1
    assert seen == ["caf\udce9.csv"]


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


def never(_params: dict[str, Any]) -> dict[str, Any]:
    pytest.fail("what a link leads to is not imported")


def test_a_link_is_no_job_and_nothing_is_written_through_it(home: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (inbox.folder(home) / "9link").symlink_to(elsewhere)
    assert inbox.ingest(home, never) == 0
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize("name", ["0", "manifest.json", "0/deep", "reason.txt"])
def test_a_job_with_a_link_in_it_is_set_aside_unread(home: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    left = job(home, tmp_path / "folder")
    secret = tmp_path / "secret"
    secret.write_text("secret")
    if name == "0":
        (left / name).rmdir()
    (left / name).unlink(missing_ok=True)
    (left / name).symlink_to(secret)
    assert inbox.ingest(home, never) == 1
    aside = home / "inbox" / "failed" / left.name
    assert (aside / "reason.txt").read_text().startswith("The job holds a link")
    assert not (aside / "reason.txt").is_symlink()
    assert secret.read_text() == "secret"


def test_failed_jobs_stay_in_the_inbox_where_a_link_stood(home: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (inbox.folder(home) / inbox.FAILED).symlink_to(elsewhere)
    (tmp_path / "a.csv").write_text("a")
    left = job(home, tmp_path / "a.csv")
    inbox.ingest(home, lambda _: {"error": {"what": "It is poisoned"}})
    assert (inbox.folder(home) / inbox.FAILED / left.name / "reason.txt").read_text() == "It is poisoned\n"
    assert list(elsewhere.iterdir()) == []
