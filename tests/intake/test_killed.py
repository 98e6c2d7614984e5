"""A process that is killed in the middle of an import loses at most the batch under way."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import polars as pl

from tingfeng.store import Store

KILLED = """
import os, signal
from tingfeng.store import upsert
insert, calls = upsert.insert_rejects, []
def kill(*args):
    insert(*args)
    calls.append(1)
    if len(calls) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
upsert.insert_rejects = kill
"""
RUN = "import sys; from tingfeng.cli import main; main(sys.argv[1:])"
WATCHLIST = "name: W\nsubjects: [{name: Lumora, query: lumora}, {name: Rain, query: rain}]\n"


def run(home: Path, *arguments: str, before: str = "") -> int:
    environment = os.environ | {"TINGFENG_HOME": str(home), "TINGFENG_ENGINE": "vader"}
    command = [sys.executable, "-c", f"{before}\n{RUN}", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, check=False).returncode


def state(home: Path) -> list[pl.DataFrame]:
    """All that an import leaves, without its number and time."""
    with Store.open(home / "tingfeng.duckdb") as store:
        return [
            store.frame("SELECT * EXCLUDE (first_import, last_import, changed) FROM mentions ORDER BY platform, id"),
            store.frame("SELECT * FROM matches ORDER BY ALL"),
            store.frame("SELECT file, line, reason, raw FROM quarantine ORDER BY ALL"),
            store.frame("SELECT DISTINCT platform, id FROM sightings ORDER BY ALL"),
        ]


def test_the_same_import_again_leads_to_the_same_state(tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    for name in range(3):
        rows = "".join(
            f"{(name * 20 + n) % 45},2025-01-13 10:{n:02}:00,rain number {name} is lovely for Lumora\n"
            for n in range(30)
        )
        (files / f"{name}.csv").write_text(f"id,published_at,text\n{rows}empty,,\n", encoding="utf-8")
    (tmp_path / "w.yaml").write_text(WATCHLIST, encoding="utf-8")
    homes = [tmp_path / "whole", tmp_path / "killed"]
    for home in homes:
        home.mkdir()
        assert run(home, "watchlist", "save", str(tmp_path / "w.yaml")) == 0
    arguments = ("import", str(files), "--platform", "weibo")
    assert run(homes[0], *arguments) == 0
    assert run(homes[1], *arguments, before=KILLED) == -signal.SIGKILL
    assert state(homes[1])[0].height == 30
    assert run(homes[1], *arguments) == 0
    for whole, killed in zip(state(homes[0]), state(homes[1]), strict=True):
        assert whole.height > 0
        assert whole.equals(killed)
