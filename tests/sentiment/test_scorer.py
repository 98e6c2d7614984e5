import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sentiment import Scorer, ScoringError, analyze, analyze_toward
from sentiment.scorer import FEW
from tingfeng.errors import UsageError

TEXTS = [f"{text} {i}" for i in range(FEW) for text in ("I love this", "避雷！千万别买", "求链接 \ud800", "")]


def children(pid: int) -> list[int]:
    return [
        int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()
    ]


def wait_until(happens, seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while not happens() and time.monotonic() < end:
        time.sleep(0.05)
    return happens()


@pytest.fixture(scope="module")
def scorer():
    with Scorer("tingfeng", processes=2) as scorer:
        yield scorer


def test_workers_give_what_analyze_gives_in_order(scorer: Scorer):
    assert scorer.score(TEXTS) == analyze(TEXTS)


def test_toward(scorer: Scorer):
    pairs = [(f"Kova很好用，但是露茉真的是智商税 {i}", subject) for i in range(FEW) for subject in ("Kova", "Lumora")]
    aliases = {"Lumora": ["露茉"]}
    assert scorer.score_toward(pairs, aliases) == analyze_toward(pairs, aliases=aliases)


def test_progress_counts_different_texts(scorer: Scorer):
    seen: list[tuple[int, int]] = []
    scorer.score(TEXTS + TEXTS, lambda done, of: seen.append((done, of)))
    different = len(set(TEXTS))
    assert seen[-1] == (different, different)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert len(seen) > 2


def test_few_texts_start_no_process():
    with Scorer("tingfeng", processes=1) as scorer:
        before = children(os.getpid())
        assert scorer.score(["真好用"] * (FEW * 2)) == analyze(["真好用"]) * (FEW * 2)
        assert children(os.getpid()) == before


def test_a_killed_worker_is_replaced_and_nothing_is_lost():
    killed: list[int] = []
    others = set(children(os.getpid()))

    def kill_once(done: int, of: int) -> None:
        if not killed:
            killed.extend(set(children(os.getpid())) - others)
            for pid in killed:
                os.kill(pid, signal.SIGKILL)

    with Scorer("vader", processes=2) as scorer:
        assert scorer.score(TEXTS, kill_once) == analyze(TEXTS, engine="vader")
        assert killed
        assert scorer.score(TEXTS) == analyze(TEXTS, engine="vader")
    assert wait_until(lambda: set(children(os.getpid())) <= others)


def test_a_retired_scorer_finishes_what_it_does_and_leaves_no_process():
    others = set(children(os.getpid()))
    with Scorer("vader", processes=2) as scorer:
        for _ in range(2):
            assert scorer.score(TEXTS, lambda *_: scorer.retire()) == analyze(TEXTS, engine="vader")
            assert wait_until(lambda: set(children(os.getpid())) <= others)


def test_workers_that_always_die_are_an_error_not_a_hang(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with Scorer("vader", processes=2) as scorer, pytest.raises(ScoringError, match="worker processes ended"):
        scorer.score(TEXTS)


def test_workers_end_with_the_process_that_started_them(tmp_path: Path):
    script = tmp_path / "score.py"
    script.write_text(
        "import sys\nfrom sentiment import Scorer\n"
        "scorer = Scorer('vader', processes=2)\n"
        f"scorer.score([f'good {{i}}' for i in range({FEW})])\n"
        "print('scored', flush=True)\nsys.stdin.read()\n",
        encoding="utf-8",
    )
    parent = subprocess.Popen([sys.executable, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert parent.stdout is not None
    assert parent.stdin is not None
    assert parent.stdout.readline() == b"scored\n"
    workers = children(parent.pid)
    assert len(workers) == 2
    parent.kill()
    parent.wait()
    parent.stdin.close()
    parent.stdout.close()
    assert wait_until(lambda: not any(_runs(pid) for pid in workers))


def _runs(pid: int) -> bool:
    try:
        return "sentiment.worker" in Path(f"/proc/{pid}/cmdline").read_text()
    except FileNotFoundError:
        return False


def test_an_unknown_engine_is_refused_at_once():
    with pytest.raises(UsageError):
        Scorer("bert")
