"""One process owns the store and answers the others: with real processes."""

import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread
from threading import enumerate as enumerate_threads
from typing import Any

import pytest

from tingfeng.errors import TingfengError, UsageError
from tingfeng.store import owner
from tingfeng.store.owner import OwnerGone, OwnerLost, OwnerSilent, ask, claim, serve

OWNER = """
import sys, time
from pathlib import Path
from tingfeng.store.owner import claim, serve

def handle(op, params, on_progress):
    on_progress({"done": 1})
    time.sleep(params.get("seconds", 0))
    return {"op": op, "said": params["said"]}

claimed = claim(Path(sys.argv[1]))
server = serve(claimed, handle)
print("ready", flush=True)
sys.stdin.readline()
server.close()
claimed.release()
"""


@pytest.fixture
def other(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that owns the store of `tmp_path`; it ends when its standard input does."""
    with started(tmp_path) as process:
        yield process
        process.kill()


def started(home: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", OWNER, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def echo(op: str, params: dict[str, Any], _on_progress: owner.Progress) -> Any:
    return [op, params]


def test_only_one_claim_stands_and_a_released_one_makes_room(tmp_path: Path) -> None:
    with claim(tmp_path) as first:
        assert first is not None
        assert claim(tmp_path) is None
    with claim(tmp_path) as second:
        assert second is not None


def test_the_owner_answers_another_process_with_progress_and_result(
    tmp_path: Path, other: subprocess.Popen[str]
) -> None:
    news: list[Any] = []
    assert claim(tmp_path) is None
    assert ask(tmp_path, "count", {"said": "露茉"}, news.append) == {"op": "count", "said": "露茉"}
    assert news == [{"done": 1}]
    assert other.poll() is None


def test_requests_are_answered_side_by_side(tmp_path: Path, other: subprocess.Popen[str]) -> None:
    slow = Thread(target=ask, args=(tmp_path, "slow", {"said": "s", "seconds": 1.5}))
    slow.start()
    began = time.monotonic()
    assert ask(tmp_path, "quick", {"said": "q"})["said"] == "q"
    assert time.monotonic() - began < 1
    slow.join()
    assert other.poll() is None


def test_an_owner_that_is_asked_to_end_finishes_what_it_is_doing(tmp_path: Path, other: subprocess.Popen[str]) -> None:
    results: list[Any] = []
    asking = Thread(target=lambda: results.append(ask(tmp_path, "slow", {"said": "s", "seconds": 1.0})))
    asking.start()
    time.sleep(0.4)
    assert other.stdin is not None
    other.stdin.close()
    asking.join()
    assert results == [{"op": "slow", "said": "s"}]
    assert other.wait(5) == 0
    assert not (tmp_path / "owner.sock").exists()


def test_a_killed_owner_leaves_room_and_its_socket_is_replaced(tmp_path: Path, other: subprocess.Popen[str]) -> None:
    other.kill()
    other.wait()
    assert (tmp_path / "owner.sock").exists()
    with pytest.raises(OwnerGone):
        ask(tmp_path, "count", {})
    claimed = claim(tmp_path)
    assert claimed is not None
    with claimed, serve(claimed, echo):
        assert ask(tmp_path, "count", {"a": 1}) == ["count", {"a": 1}]


def test_an_owner_that_dies_while_it_works_is_lost(tmp_path: Path, other: subprocess.Popen[str]) -> None:
    Thread(target=lambda: (time.sleep(0.4), other.kill())).start()
    with pytest.raises(OwnerLost, match="while it worked"):
        ask(tmp_path, "slow", {"said": "s", "seconds": 20})


def test_a_stopped_owner_is_silent_and_a_busy_one_is_not(
    tmp_path: Path, other: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ask(tmp_path, "slow", {"said": "s", "seconds": 2.5}, patience=1.5)["said"] == "s"
    os.kill(other.pid, signal.SIGSTOP)
    with pytest.raises(OwnerSilent):
        ask(tmp_path, "count", {}, patience=0.5)
    os.kill(other.pid, signal.SIGCONT)
    assert ask(tmp_path, "count", {"said": "x"})["said"] == "x"


def test_one_that_asks_too_early_waits_for_the_owner_to_listen(tmp_path: Path) -> None:
    claimed = claim(tmp_path)
    assert claimed is not None
    results: list[Any] = []
    asking = Thread(target=lambda: results.append(ask(tmp_path, "a", {})))
    asking.start()
    time.sleep(0.2)
    with claimed, serve(claimed, echo):
        asking.join()
    assert results == [["a", {}]]


def test_errors_reach_the_one_who_asked(tmp_path: Path) -> None:
    def fail(op: str, _params: dict[str, Any], _on_progress: owner.Progress) -> Any:
        errors = {"usage": UsageError("wrong", where="--by", hint="use day"), "plain": TingfengError("no room")}
        raise errors.get(op) or ZeroDivisionError

    claimed = claim(tmp_path)
    assert claimed is not None
    with claimed, serve(claimed, fail):
        with pytest.raises(UsageError) as usage:
            ask(tmp_path, "usage", {})
        assert usage.value.as_json()["error"] == {"what": "wrong", "where": "--by", "hint": "use day"}
        with pytest.raises(TingfengError, match="no room"):
            ask(tmp_path, "plain", {})
        with pytest.raises(TingfengError, match="ZeroDivisionError"):
            ask(tmp_path, "other", {})


def test_half_a_character_travels_and_what_json_cannot_hold_is_an_error(tmp_path: Path) -> None:
    answers = {"half": "\ud83d", "set": {1}}
    claimed = claim(tmp_path)
    assert claimed is not None
    with claimed, serve(claimed, lambda op, *_: answers[op]):
        assert ask(tmp_path, "half", {}) == "\ud83d"
        with pytest.raises(TingfengError, match="TypeError"):
            ask(tmp_path, "set", {})


def test_work_goes_on_when_the_one_who_asked_has_gone(tmp_path: Path) -> None:
    done = Event()

    def work(_op: str, _params: dict[str, Any], on_progress: owner.Progress) -> Any:
        for number in range(50):
            time.sleep(0.01)
            on_progress(number)
        done.set()

    claimed = claim(tmp_path)
    assert claimed is not None
    with claimed, serve(claimed, work):
        with socket.socket(socket.AF_UNIX) as hasty:
            hasty.connect(str(tmp_path / "owner.sock"))
            hasty.recv(100)
            hasty.sendall(b'{"op": "work", "params": {}}\n')
        assert done.wait(5)


def test_closing_does_not_wait_for_one_who_asks_nothing(tmp_path: Path) -> None:
    claimed = claim(tmp_path)
    assert claimed is not None
    with claimed, socket.socket(socket.AF_UNIX) as mute:
        server = serve(claimed, echo)
        mute.connect(str(tmp_path / "owner.sock"))
        assert b"tingfeng" in mute.recv(100)
        began = time.monotonic()
        server.close()
        assert time.monotonic() - began < 2


def test_a_home_with_a_long_path_works_and_the_socket_is_private(tmp_path: Path) -> None:
    home = tmp_path / ("深" * 20) / ("folder" * 20)
    home.mkdir(parents=True)
    claimed = claim(home)
    assert claimed is not None
    with claimed, serve(claimed, echo):
        assert ask(home, "a", {}) == ["a", {}]
        address = (home / "owner.sock").readlink()
        assert stat.S_IMODE(address.stat().st_mode) == 0o600
    assert not address.parent.exists()
    assert not (home / "owner.sock").is_symlink()


def test_another_version_of_the_conversation_is_refused(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "owner.sock"))
        listener.listen()
        asking = Thread(target=lambda: listener.accept()[0].sendall(b'{"tingfeng": 99}\n'))
        asking.start()
        with pytest.raises(TingfengError, match="another version"):
            ask(tmp_path, "a", {})
        asking.join()


def test_closing_ends_the_listening_and_leaves_the_next_owner_its_socket(tmp_path: Path) -> None:
    def listening() -> int:
        return sum(thread.name == "tingfeng-owner" for thread in enumerate_threads())

    home, before = tmp_path / "home", listening()
    home.mkdir()
    first = claim(home)
    assert first
    server = serve(first, echo)
    shutil.rmtree(home)
    assert not first.stands()
    home.mkdir()
    second = claim(home)
    assert second
    with second, serve(second, echo):
        server.close()
        assert ask(home, "next", {}) == ["next", {}]
    assert listening() == before
    first.release()
