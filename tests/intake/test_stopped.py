"""An import that is stopped midway counts as interrupted, with the verdicts so far."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from sentiment import Scorer
from tingfeng.errors import UsageError
from tingfeng.intake.demo_data import load_demo
from tingfeng.intake.taking import Taker
from tingfeng.operations.context import Workspace
from tingfeng.operations.importing import import_, retry
from tingfeng.store import Store

EXPORT = "id,published_at,text\n{0},2025-01-13 10:00:00,fine weather today {0}\n"
PARAMS = {"platform": "weibo", "engine": "vader"}


@pytest.fixture
def workspace(home: Path) -> Any:
    found = Workspace(home, Store.open(home / "tingfeng.duckdb"), {"vader": Scorer("vader")})
    yield found
    found.close()


def given(tmp_path: Path, *names: str) -> list[dict[str, str]]:
    for number, name in enumerate(names):
        (tmp_path / name).write_text(EXPORT.format(number), encoding="utf-8")
    return [{"given": name, "path": str(tmp_path / name)} for name in names]


@pytest.mark.parametrize("error", [UsageError("No such zone"), KeyboardInterrupt()])
def test_it_is_closed_whatever_stopped_it(workspace: Workspace, tmp_path: Path, error: BaseException) -> None:
    def stop(step: dict[str, Any]) -> None:
        if step["what"] == "b.csv":
            raise error

    with pytest.raises(type(error)):
        import_(workspace, PARAMS | {"paths": given(tmp_path, "a.csv", "b.csv", "c.csv")}, stop)
    (entry,) = workspace.store.imports()
    assert (entry["status"], entry["finished"]) == ("interrupted", None)
    assert [(judged["file"], judged["new"]) for judged in entry["files"]] == [("a.csv", 1), ("b.csv", 1)]


def test_a_mapping_with_a_wrong_zone_is_refused_before_anything_is_stored(workspace: Workspace, tmp_path: Path) -> None:
    mapping = "time_zone: Asia/Shanghia\ncolumns: {id: id}\n"
    with pytest.raises(UsageError, match="Shanghia"):
        import_(workspace, PARAMS | {"paths": given(tmp_path, "a.csv"), "map": mapping}, print)
    assert workspace.store.imports() == []


def full(*_: object, **__: object) -> Any:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_file_that_was_not_read_to_its_end_leaves_an_interrupted_import(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = given(tmp_path, "a.csv", "b.csv")
    take = Taker.take
    monkeypatch.setattr(Taker, "take", lambda *args: full() if args[-1] == "a.csv" else take(*args))
    result = import_(workspace, PARAMS | {"paths": names}, print)
    assert result["error"]["what"] == "The disk is full"
    (entry,) = workspace.store.imports()
    assert entry["status"] == "interrupted"
    assert [judged["new"] for judged in entry["files"]] == [0, 1]


def test_a_file_that_is_not_recognised_interrupts_nothing(workspace: Workspace, tmp_path: Path) -> None:
    names = given(tmp_path, "a.csv", "b.csv")
    (tmp_path / "a.csv").write_bytes(b"")
    assert import_(workspace, PARAMS | {"paths": names}, print)["error"]["what"] == "The file is empty"
    assert [entry["status"] for entry in workspace.store.imports()] == ["finished"]


def test_an_import_that_could_not_be_closed_runs_no_more(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Store, "finish_import", full)
    with pytest.raises(OSError, match="No space"):
        import_(workspace, PARAMS | {"paths": given(tmp_path, "a.csv")}, print)
    assert [entry["status"] for entry in workspace.store.imports()] == ["interrupted"]


def test_the_demo_data_and_another_try_of_the_quarantine_run_no_more_either(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.csv").write_text(EXPORT.format(1) + "2,,\n", encoding="utf-8")
    import_(workspace, PARAMS | {"paths": [{"given": "a.csv", "path": str(tmp_path / "a.csv")}]}, print)
    (row,) = workspace.store.rejects()
    mended = {"number": row["number"], "raw": '{"id": "2", "published_at": "2025-01-13 10:00:00", "text": "rain"}'}
    monkeypatch.setattr(Taker, "take", full)
    with pytest.raises(OSError, match="No space"):
        retry(workspace, {"engine": "vader", "rows": [mended]}, print)
    assert [entry["status"] for entry in workspace.store.imports()] == ["interrupted", "finished"]
    with Store.open(tmp_path / "empty.duckdb") as store:
        with pytest.raises(OSError, match="No space"):
            load_demo(store, workspace.scorer("vader"))
        assert [entry["status"] for entry in store.imports()] == ["interrupted"]
