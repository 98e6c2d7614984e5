"""While the dashboard runs, every command prints what it prints without."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Command
from tingfeng.home import CHECKOUT
from tingfeng.operations import ownership
from tingfeng.store import owner

COMMANDS = [
    ["formats"],
    ["watchlist", "save", "skin.yaml"],
    ["import", "posts.csv", "--platform", "weibo", "--dry-run"],
    ["import", "posts.csv", "none.csv", "--platform", "weibo"],
    ["import", "posts.csv", "--platform", "weibo"],
    ["imports"],
    ["rejects"],
    ["rejects", "--retry"],
    ["rescore"],
    ["watchlist", "list"],
    ["watchlist", "show", "Skin"],
    ["watchlist", "test", "lumora"],
    ["measure", "volume", "--watchlist", "Skin"],
    ["measure", "sentiment", "--watchlist", "Skin", "--by", "subject"],
    ["measure", "share-of-voice", "--watchlist", "Skin"],
    ["measure", "volume", "--watchlist", "Skim"],
    ["measure", "volumes", "--watchlist", "Skin"],
    ["export", "--watchlist", "Skin", "--out", "-"],
    ["export", "--watchlist", "Skin", "--out", "out.xlsx"],
    ["correct", "weibo", "a1", "--label", "neutral"],
    ["correct", "weibo", "a1", "--label", "happy"],
    ["imports", "undo", "1"],
    ["demo", "--remove"],
    ["watchlist", "delete", "Skin"],
]


@pytest.fixture
def port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@pytest.fixture
def outside() -> Iterator[socket.socket]:
    """Where a dashboard's requests to the world arrive: a proxy that answers nobody."""
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        proxy.setblocking(False)
        yield proxy


@pytest.fixture
def served(tmp_path: Path, port: int, outside: socket.socket) -> Iterator[Path]:
    """The home folder of a dashboard that runs in a process of its own."""
    home = tmp_path / "served"
    home.mkdir()
    proxies = dict.fromkeys(("http_proxy", "https_proxy"), f"http://127.0.0.1:{outside.getsockname()[1]}")
    environment = os.environ | proxies | {"no_proxy": "", "TINGFENG_HOME": str(home), "TINGFENG_ENGINE": "vader"}
    command = [sys.executable, "-m", "tingfeng.cli", "serve", "--port", str(port)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == f"Tingfeng listens on http://127.0.0.1:{port} (Ctrl-C ends it).\n"
        yield home
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0


def said(tingfeng: Command) -> list[tuple[int, Any]]:
    """What each command ended with and printed, without the times of the clock."""
    clock = re.compile(r'"(seconds|began|finished)": ("[^"]*"|[\d.]+)')
    ended = [tingfeng(*command, "--json") for command in COMMANDS]
    return [(done.code, clock.sub("", done.out)) for done in ended]


@pytest.mark.usefixtures("folder")
def test_every_command_prints_the_same(tingfeng: Command, served: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = said(tingfeng)
    monkeypatch.setenv("TINGFENG_HOME", str(served))
    assert owner.claim(served) is None
    assert said(tingfeng) == alone
    assert {code for code, _ in alone} == {0, 1, 2}
    doctor = {check["name"]: check["ok"] for check in tingfeng("doctor", "--json").json["checks"]}
    assert all(doctor.values())
    assert "already" in tingfeng("serve", "--port", "65000").err


def handshake(port: int, origin: str) -> str:
    """The first line of the answer to a WebSocket's opening by a page of `origin`."""
    asked = (
        f"GET /_stcore/stream HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: {origin}\r\nConnection: Upgrade\r\n"
        "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    for _ in range(200):
        try:
            connection = socket.create_connection(("127.0.0.1", port), timeout=20)
        except ConnectionRefusedError:
            time.sleep(0.1)
            continue
        with connection:
            connection.sendall(asked.encode())
            return connection.makefile("rb").readline().decode().strip()
    raise AssertionError("the dashboard never listened")


@pytest.mark.usefixtures("served")
def test_a_foreign_page_is_refused_without_asking_anybody(port: int, outside: socket.socket) -> None:
    assert handshake(port, "http://evil.example") == "HTTP/1.1 403 Forbidden"
    assert handshake(port, f"http://127.0.0.1:{port}") == "HTTP/1.1 101 Switching Protocols"
    with pytest.raises(BlockingIOError):
        outside.accept()


@pytest.mark.usefixtures("folder")
def test_a_silent_owner_finds_the_files_in_the_inbox(
    tingfeng: Command, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    standing = owner.claim(ownership.place())
    assert standing
    with standing:
        ask = owner.ask
        monkeypatch.setattr(owner, "ask", lambda *args: ask(*args, patience=0.2))
        queued = tingfeng("import", "posts.csv", "--platform", "weibo", "--json")
        assert queued.code == 0
        assert (queued.json["queued"], queued.json["import"], queued.json["total"]["read"]) == (True, None, None)
        (judged,) = queued.json["files"]
        assert judged["repaired"] == {"times": None, "ids": None}
        assert {judged[name] for name in ("read", "new", "updated", "unchanged", "rejected", "seconds")} == {None}
        assert tingfeng("measure", "volume", "--watchlist", "Skin").code == 1
    Path("posts.csv").unlink()
    assert len(list((home / "inbox").iterdir())) == 1
    workspace = ownership.own()
    try:
        for _ in range(100):
            if workspace.store.count() == 3 and not list((home / "inbox").iterdir()):
                break
            time.sleep(0.1)
        assert workspace.store.count() == 3
    finally:
        ownership.disown()


@pytest.mark.parametrize(("make", "hint"), [(None, "--port 8600"), ("1", "make run PORT=8600")])
def test_a_taken_port_is_one_sentence(
    tingfeng: Command, monkeypatch: pytest.MonkeyPatch, make: str | None, hint: str
) -> None:
    monkeypatch.delenv("MAKELEVEL", raising=False)
    if make:
        monkeypatch.setenv("MAKELEVEL", make)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = tingfeng("serve", "--port", str(taken.getsockname()[1]))
    assert done.code == 1
    assert f"choose another with {hint}" in done.err


def test_make_run_takes_a_port() -> None:
    planned = subprocess.run(
        ["make", "-n", "run", "PORT=8600"], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    assert "tingfeng serve --demo --port 8600" in planned.stdout
