"""`tingfeng pull` and `watch` from end to end, against a loopback server."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.apis.fakes.hackernews import FAKE
from tests.apis.kit import Served, served
from tests.cli.conftest import Command
from tingfeng.home import CHECKOUT
from tingfeng.operations import ownership


@pytest.fixture
def api(home: Path, tmp_path: Path, tingfeng: Command, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """Hacker News on this machine, and a watchlist that wants something of it."""
    assert home.is_dir()
    (tmp_path / "w.yaml").write_text(FAKE.watchlist)
    assert tingfeng("watchlist", "save", str(tmp_path / "w.yaml")).code == 0
    with served(FAKE.route()) as found:
        monkeypatch.setenv("TINGFENG_HACKERNEWS_URL", f"{found.address}/hn")
        yield found


def test_a_pull_prints_what_it_did(tingfeng: Command, api: Served):
    done = tingfeng("pull", "hackernews", "--watchlist", "Launches", "--json")
    result = done.json
    assert (done.code, result["source"], result["complete"], result["cursor"]) == (0, "hackernews", True, None)
    assert (result["read"], result["new"], result["dropped"]) == (17, 16, 3)
    assert result["requests"] == len(api.requests)
    assert api.requests[0].url.path == "/hn/api/v1/search_by_date"
    assert api.requests[0].headers["user-agent"].startswith("Tingfeng/")
    again = tingfeng("pull", "hackernews", "--json").json
    assert (again["new"], again["updated"], again["complete"]) == (0, 0, True)
    history = tingfeng("imports", "--json").json
    assert [entry["paths"] for entry in history] == [["hackernews"]] * 2


def test_what_another_watchlist_wants_of_the_same_search_is_not_lost(tmp_path: Path, tingfeng: Command, api: Served):
    (tmp_path / "all.yaml").write_text("name: All\nsubjects: [{name: Lumora, query: lumora}]\n")
    assert tingfeng("watchlist", "save", str(tmp_path / "all.yaml")).code == 0
    first = tingfeng("pull", "hackernews", "--watchlist", "Launches", "--json").json
    assert [request.url.params.get("query") for request in api.requests].count("velune cream") == 1
    assert (first["new"], first["dropped"]) == (17, 2), "the giveaway is what only the other one wants"
    assert tingfeng("pull", "hackernews", "--json").json["new"] == 0


def test_it_is_the_same_while_another_process_owns_the_store(tingfeng: Command, api: Served):
    assert api.requests == []
    ownership.own()
    try:
        code = "from tingfeng.cli import main; main()"
        command = [sys.executable, "-c", code, "pull", "hackernews", "--json"]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=CHECKOUT)
    finally:
        ownership.disown()
    assert json.loads(done.stdout)["new"] == 16
    assert tingfeng("imports", "--json").json[0]["total"]["new"] == 16


def test_a_dry_run_asks_nothing(tingfeng: Command, api: Served):
    result = tingfeng("pull", "hackernews", "--dry-run", "--json").json
    assert [job["job"] for job in result["jobs"]] == ["search lumora", "search velune cream", "author AnnB"]
    assert api.requests == []


def test_nobody_is_asked_about_the_invented_brands_of_the_examples(tingfeng: Command, api: Served):
    for example in sorted((CHECKOUT / "config" / "watchlists").glob("*.yaml")):
        assert tingfeng("watchlist", "save", str(example)).code == 0
    jobs = tingfeng("pull", "hackernews", "--dry-run", "--json").json["jobs"]
    assert [job["job"] for job in jobs] == ["search lumora", "search velune cream", "author AnnB"]
    named = tingfeng("pull", "hackernews", "--watchlist", "Demo: skin care", "--dry-run", "--json").json
    assert named["jobs"]


def test_what_cannot_be_pulled_is_one_sentence(tingfeng: Command, api: Served, monkeypatch: pytest.MonkeyPatch):
    assert (tingfeng("pull", "hakernews").code, api.requests) == (2, [])
    assert "did you mean 'hackernews'" in tingfeng("pull", "hakernews").err
    assert tingfeng("pull", "hackernews", "--watchlist", "Launch").code == 1
    assert tingfeng("pull", "hackernews", "--since", "soon").code == 2
    monkeypatch.setenv("TINGFENG_HACKERNEWS_URL", "http://127.0.0.1:9")
    monkeypatch.setattr("listeners.apis.client.ATTEMPTS", 1)
    done = tingfeng("pull", "hackernews", "--json")
    assert done.code == 1
    assert done.json["complete"] is False
    assert "the connection failed" in done.json["error"]["what"]


def test_a_pull_that_is_killed_and_repeated_has_everything_once(home: Path, tingfeng: Command, api: Served):
    code = "from tingfeng.cli import main; main()"
    process = subprocess.Popen([sys.executable, "-c", code, "pull", "hackernews"], cwd=CHECKOUT)
    deadline = time.monotonic() + 60
    while len(api.requests) < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert home.is_dir()
    assert tingfeng("pull", "hackernews", "--json").json["complete"]
    out = tingfeng("export", "--watchlist", "Launches", "--out", str(home / "all.csv"), "--json").json
    assert out["rows"] == 16
    assert tingfeng("imports", "--json").json[-1]["status"] in {"interrupted", "finished"}


def schedule(home: Path, text: str) -> None:
    (home / "schedules.yaml").write_text(text)


def test_watch_pulls_what_is_due_and_remembers_how_it_went(home: Path, tingfeng: Command, api: Served):
    schedule(home, "- {source: hackernews, every: 6h, watchlist: Launches}\n")
    first = tingfeng("watch", "--once", "--json").json
    assert [one["new"] for one in first["pulls"]] == [16]
    asked = len(api.requests)
    assert tingfeng("watch", "--once", "--json").json == {"pulls": []}
    assert len(api.requests) == asked
    checks = {check["name"]: check for check in tingfeng("doctor", "--json").json["checks"]}
    assert checks["sources"]["ok"]
    assert "hackernews last pulled 20" in checks["sources"]["detail"]


def test_a_source_that_fails_is_named_by_the_doctor(home: Path, tingfeng: Command, api: Served):
    assert api.requests == []
    schedule(home, "- {source: hackernews, every: 30m, watchlist: Nobody}\n")
    pulls = tingfeng("watch", "--once", "--json").json["pulls"]
    assert "Nobody" in pulls[0]["error"]["what"]
    done = tingfeng("doctor", "--json")
    checks = {check["name"]: check for check in done.json["checks"]}
    assert (done.code, checks["sources"]["ok"]) == (1, False)
    assert "Nobody" in checks["sources"]["detail"]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("", "Nothing is scheduled"),
        ("hackernews: 6h\n", "no list"),
        ("- {source: hackernews, every: often}\n", "How often is not understood: 'often'"),
        ("- {source: hackernew, every: 6h}\n", "did you mean 'hackernews'"),
        ("- {source: hackernews, evry: 6h}\n", "no field 'evry'"),
        ("- {source: hackernews, every: 6h}\n- {source: hackernews, every: 1d}\n", "scheduled twice"),
    ],
)
def test_schedules_that_are_not_understood(home: Path, tingfeng: Command, text: str, hint: str):
    if text:
        schedule(home, text)
    done = tingfeng("watch", "--once")
    assert done.code in {1, 2}
    assert hint in done.err


def test_watch_goes_on_until_it_is_ended(home: Path, tingfeng: Command, api: Served):
    assert httpx.URL(api.address).host == "127.0.0.1"
    schedule(home, "- {source: hackernews, every: 6h}\n")
    code = "from tingfeng.cli import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", code, "watch", "--json"], cwd=CHECKOUT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        line = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
    assert json.loads(line)["new"] == 16
    assert tingfeng("imports", "--json").json[0]["status"] == "finished"
