import os
import shutil
import socket
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread
from typing import Any

import duckdb
import pytest

from tingfeng.errors import TingfengError
from tingfeng.operations import dispatch, ownership
from tingfeng.store import Store, owner


@pytest.fixture(autouse=True)
def _disowned(home: Path) -> Iterator[None]:
    assert home.is_dir()
    yield
    ownership.disown()


def test_owning_twice_is_owning_once() -> None:
    first = ownership.own()
    assert ownership.own() is first
    assert ownership.workspace() is first
    assert dispatch.run("watchlist_list", {}) == []


def test_nobody_s_workspace_is_an_error() -> None:
    with pytest.raises(TingfengError, match="does not own the store"):
        ownership.workspace()


def test_a_command_lets_go_when_it_is_done() -> None:
    dispatch.run("imports", {})
    claim = owner.claim(ownership.place())
    assert claim
    claim.release()


def test_a_store_that_cannot_be_opened_is_not_owned(home: Path) -> None:
    (home / "tingfeng.duckdb").write_bytes(b"this is no database" * 100)
    with pytest.raises(TingfengError, match="cannot be opened"):
        dispatch.run("imports", {})
    claim = owner.claim(home)
    assert claim
    claim.release()


def test_a_home_that_is_removed_is_neither_read_nor_written_any_more(home: Path) -> None:
    ownership.own()
    shutil.rmtree(home)
    for use in (ownership.own, ownership.workspace, lambda: dispatch.run("imports", {})):
        with pytest.raises(TingfengError, match="The home folder was removed while it was in use"):
            use()
    home.mkdir()
    claim = owner.claim(home)
    assert claim
    with claim, owner.serve(claim, lambda *_: "the next owner"):
        ownership.disown()
        assert owner.ask(home, "role", {}) == "the next owner"


def test_another_store_has_another_owner(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = ownership.place()
    monkeypatch.setenv("TINGFENG_STORE", f"duckdb:{home / 'other.duckdb'}")
    assert (usual, ownership.place()) == (home, home / "other.duckdb.owner")


def test_a_store_elsewhere_is_for_nobody_else_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TINGFENG_STORE", f"duckdb:{tmp_path / 'other.duckdb'}")
    assert dispatch.run("imports", {}) == []
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in tmp_path.glob("other.duckdb*")}
    assert modes == {"other.duckdb": "0o600", "other.duckdb.owner": "0o700"}


def test_the_dashboard_waits_for_a_command_but_not_for_a_dashboard() -> None:
    command = ownership.take()
    assert command
    owned: list[Any] = []
    waiting = Thread(target=lambda: owned.append(ownership.own()))
    waiting.start()
    waiting.join(0.5)
    assert waiting.is_alive()
    command.close()
    waiting.join(20)
    assert owned
    with pytest.raises(TingfengError, match="serves this store already"):
        ownership._patiently(10)


def test_what_may_have_been_done_is_not_asked_for_again(home: Path) -> None:
    asked: list[bytes] = []

    def hang_up(listener: socket.socket) -> None:
        with listener.accept()[0] as connection:
            connection.sendall(b'{"tingfeng": 1}\n')
            asked.append(connection.recv(1000))
            connection.sendall(b'{"alive": true}\n')

    claim = owner.claim(home)
    assert claim
    with claim, socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(home / "owner.sock"))
        listener.listen()
        hanging_up = Thread(target=hang_up, args=(listener,), daemon=True)
        hanging_up.start()
        with pytest.raises(owner.OwnerLost):
            dispatch.run("imports", {})
    hanging_up.join(5)
    assert len(asked) == 1


def test_an_owner_that_cannot_listen_lets_go(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError("no socket")

    monkeypatch.setattr(owner, "serve", fail)
    with pytest.raises(OSError, match="no socket"):
        ownership.take()
    monkeypatch.undo()
    claim = owner.claim(home)
    assert claim
    with claim, Store.open(home / "tingfeng.duckdb") as store:
        assert store.count() == 0


def text(path: Path) -> None:
    path.write_text("notes of mine\n")


def sqlite(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE notes (text)")


def foreign(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE sales (amount BIGINT)")


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (text, "the file is no DuckDB database"),
        (sqlite, "the file is no DuckDB database"),
        (foreign, "no store of Tingfeng"),
        (Path.touch, "the file is empty"),
        (Path.mkdir, "it is no file"),
        (os.mkfifo, "it is no file"),
    ],
)
def test_what_is_no_store_is_refused_and_nothing_is_left_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: Callable[[Path], None], sentence: str
) -> None:
    path = tmp_path / "x.duckdb"
    made(path)
    monkeypatch.setenv("TINGFENG_STORE", f"duckdb:{path}")
    with pytest.raises(TingfengError, match=sentence) as refused:
        dispatch.run("imports", {})
    assert (refused.value.where, [each.name for each in tmp_path.glob("x*")]) == (str(path), ["x.duckdb"])


@pytest.mark.parametrize("path", [":memory:", "https://evil.example/x.duckdb", "s3://a/x.duckdb", "md:x", "SQLite:x"])
def test_a_store_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TINGFENG_STORE", f"duckdb:{path}")
    with pytest.raises(TingfengError, match="of a kind that this version does not open"):
        dispatch.run("imports", {})
    assert [each.name for each in tmp_path.iterdir()] == ["home"]


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("TINGFENG_STORE", f"duckdb:{tmp_path / 'file' / 'x.duckdb'}")
    with pytest.raises(TingfengError, match="The store cannot be kept there: Not a directory") as refused:
        dispatch.run("imports", {})
    assert refused.value.hint == "choose another path with TINGFENG_STORE or TINGFENG_HOME"


def test_a_path_that_leads_nowhere_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "loop").symlink_to("loop")
    for path in ("~nobody-of-that-name/x.duckdb", str(tmp_path / "loop" / "x.duckdb")):
        monkeypatch.setenv("TINGFENG_STORE", f"duckdb:{path}")
        with pytest.raises(TingfengError, match="The path of the store leads nowhere") as refused:
            dispatch.run("imports", {})
        assert refused.value.where == path
