from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tingfeng.errors import TingfengError
from tingfeng.operations import dispatch, ownership
from tingfeng.store import owner


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


def test_another_store_has_another_owner(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = ownership.place()
    monkeypatch.setenv("TINGFENG_STORE", f"duckdb:{home / 'other.duckdb'}")
    assert (usual, ownership.place()) == (home, home / "other.duckdb.owner")


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
