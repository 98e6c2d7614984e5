"""An import that is stopped midway is closed, with the verdicts so far."""

from pathlib import Path
from typing import Any

import pytest

from sentiment import Scorer
from tingfeng.errors import UsageError
from tingfeng.operations.context import Workspace
from tingfeng.operations.importing import import_
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
    assert entry["status"] == "finished"
    assert [(judged["file"], judged["new"]) for judged in entry["files"]] == [("a.csv", 1), ("b.csv", 1)]


def test_a_mapping_with_a_wrong_zone_is_refused_before_anything_is_stored(workspace: Workspace, tmp_path: Path) -> None:
    mapping = "time_zone: Asia/Shanghia\ncolumns: {id: id}\n"
    with pytest.raises(UsageError, match="Shanghia"):
        import_(workspace, PARAMS | {"paths": given(tmp_path, "a.csv"), "map": mapping}, print)
    assert workspace.store.imports() == []
