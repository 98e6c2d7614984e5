"""The owner of the store reads again what an earlier engine scored, and lets everything else go first."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest

from sentiment import Scorer
from tingfeng.errors import UsageError
from tingfeng.intake import rescoring as batches
from tingfeng.operations import Workspace, dispatch, ownership, rescoring
from tingfeng.operations.doctor import examine_store
from tingfeng.store import Store

WATCHLIST = "name: W\nsubjects: [{name: Rain, query: rain}, {name: Loved, kind: topic, query: 'label:positive'}]\n"


@pytest.fixture(autouse=True)
def _disowned(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    assert home.is_dir()
    monkeypatch.setenv("TINGFENG_ENGINE", "vader")
    monkeypatch.setattr(rescoring, "_LOOK_SECONDS", 0.05)
    yield
    ownership.disown()


def import_rows(folder: Path, name: str, texts: list[str]) -> dict[str, int]:
    path = folder / name
    rows = [{"id": f"{name}{n}", "published_at": "2025-01-13 10:00", "text": text} for n, text in enumerate(texts)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    given = {"paths": [{"given": name, "path": str(path)}], "platform": "weibo"}
    total: dict[str, int] = dispatch.run("import", given)["total"]
    return total


@pytest.fixture
def aged(tmp_path: Path) -> Path:
    """A home folder in which an earlier version found 300 texts neutral."""
    dispatch.run("watchlist_save", {"yaml": WATCHLIST})
    import_rows(tmp_path, "a.ndjson", [f"rain drop x{n} is lovely" for n in range(300)])
    with Store.open(ownership.store_path()) as store, store.transaction() as cursor:
        cursor.execute("UPDATE mentions SET engine = 'vader 0', engine_label = 'neutral', label = 'neutral'")
        cursor.execute("DELETE FROM matches WHERE subject = 'Loved'")
    return tmp_path


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def labels(workspace: Workspace) -> dict[tuple[str, str], int]:
    rows = workspace.store.rows("SELECT engine, label, count(*)::INT AS n FROM mentions GROUP BY engine, label")
    return {(row["engine"], row["label"]): row["n"] for row in rows}


def test_a_command_alone_reads_nothing_again_but_says_how_much_waits(aged: Path) -> None:
    assert aged.is_dir()
    with ownership.reading() as workspace:
        said = examine_store(workspace, {"engine": "vader"}, print)
        assert labels(workspace) == {("vader 0", "neutral"): 300}
    assert said.endswith(
        "300 wait to be read again with vader 1: tingfeng serve does it by itself, tingfeng rescore at once"
    )
    assert "wait" not in str(dispatch.run("doctor", {"engine": "router"}))


def test_the_command_reads_all_of_it(aged: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert aged.is_dir()
    monkeypatch.setattr(batches, "BATCH", 120)
    steps: list[dict[str, object]] = []
    result = dispatch.run("rescore", {}, steps.append)
    assert result.pop("seconds") > 0
    assert result == {"engine": "vader 1", "rescored": 300, "waiting": 0}
    assert [(step["done"], step["of"]) for step in steps] == [(120, 300), (240, 300), (300, 300)]
    with ownership.reading() as workspace:
        assert labels(workspace) == {("vader 1", "positive"): 300}
        assert workspace.store.rows("SELECT count(*)::INT AS n FROM matches WHERE subject = 'Loved'") == [{"n": 300}]
    assert dispatch.run("rescore", {})["rescored"] == 0
    assert dispatch.run("rescore", {"engine": "router"})["rescored"] == 0
    assert dispatch.run("rescore", {"engine": "router", "all": True})["rescored"] == 300
    with pytest.raises(UsageError, match="no sentiment engine called 'oracle'"):
        dispatch.run("rescore", {"engine": "oracle"})


def test_the_dashboard_s_process_reads_it_without_being_asked(aged: Path) -> None:
    assert aged.is_dir()
    workspace = ownership.own()
    until(lambda: labels(workspace) == {("vader 1", "positive"): 300})
    until(lambda: workspace.reading_again == 0)
    settled = workspace.store.generation
    time.sleep(0.3)
    assert workspace.store.generation == settled


def test_operations_go_first_and_an_import_meanwhile_is_whole(aged: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "BATCH", 10)
    workspace = ownership.own()
    until(lambda: 0 < workspace.reading_again < 300)
    with workspace.operating():
        time.sleep(0.5)  # the batch under way may end
        before = workspace.store.count_waiting("vader 1")
        time.sleep(0.5)
        assert workspace.store.count_waiting("vader 1") == before > 0
    total = import_rows(aged, "b.ndjson", [f"rain is awful, drop x{n}" for n in range(200)])
    assert total["new"] == 200
    until(lambda: labels(workspace) == {("vader 1", "positive"): 300, ("vader 1", "negative"): 200})
    found = workspace.store.rows("SELECT subject, count(*)::INT AS n FROM matches GROUP BY subject ORDER BY subject")
    assert found == [{"subject": "Loved", "n": 300}, {"subject": "Rain", "n": 500}]


def test_an_import_of_the_mentions_that_are_being_read_again(aged: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half of the texts change while the command reads all of them again: both end where they should."""
    monkeypatch.setattr(batches, "BATCH", 10)
    workspace = ownership.own()
    changed = [f"rain drop x{n} is {'awful' if n % 2 else 'lovely'}" for n in range(300)]
    result: dict[str, object] = {}
    reading = Thread(target=lambda: result.update(dispatch.run("rescore", {})))
    reading.start()
    total = import_rows(aged, "a.ndjson", changed)
    reading.join(30)
    assert (total["updated"], total["unchanged"]) == (150, 150)
    assert result["waiting"] == 0
    assert labels(workspace) == {("vader 1", "positive"): 150, ("vader 1", "negative"): 150}


def test_it_stops_quickly_when_the_dashboard_ends(aged: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert aged.is_dir()
    monkeypatch.setattr(batches, "BATCH", 1)
    workspace = ownership.own()
    until(lambda: 0 < workspace.reading_again < 300)
    begun = time.monotonic()
    ownership.disown()
    assert time.monotonic() - begun < 2
    with ownership.reading() as after:
        assert 0 < after.store.count_waiting("vader 1") < 300
    again = ownership.own()
    monkeypatch.setattr(batches, "BATCH", 100)
    until(lambda: labels(again) == {("vader 1", "positive"): 300})


def test_the_command_ends_with_the_owner_of_the_store(aged: Path) -> None:
    assert aged.is_dir()
    taken = ownership.take()
    assert taken
    taken.workspace.closing.set()
    result = rescoring.rescore(taken.workspace, {"engine": "vader"}, print)
    assert (result["rescored"], result["waiting"], taken.workspace.reading_again) == (0, 300, 300)
    taken.close()


def test_a_failure_is_logged_without_a_text_and_the_dashboard_goes_on(
    aged: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert aged.is_dir()
    log = home / "tingfeng.log"

    def fail(*_: object) -> None:
        raise ValueError("rain drop x7 is lovely")

    monkeypatch.setattr(rescoring, "_SORE_SECONDS", 0.05)
    with monkeypatch.context() as broken:
        broken.setattr(Scorer, "score", fail)
        workspace = ownership.own()
        until(lambda: log.exists() and "could not be read again: ValueError" in log.read_text())
        assert dispatch.run("imports", {})[0]["total"]["new"] == 300
    until(lambda: labels(workspace) == {("vader 1", "positive"): 300})
    assert "rain" not in log.read_text()
