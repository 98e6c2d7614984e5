"""Reading stored texts again ends where reading them for the first time would have ended."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from listeners import Batch
from sentiment import Scorer, version
from tingfeng.intake import rescoring
from tingfeng.intake.demo import demo_batches
from tingfeng.intake.matching import join_replies, rematch
from tingfeng.intake.progress import silent
from tingfeng.intake.rescoring import rescore_batch
from tingfeng.intake.taking import Taker
from tingfeng.store import Store
from tingfeng.watchlists import examples, read

BY_LABEL = """name: Praise
subjects:
  - {name: Praised, kind: topic, query: 'label:positive AND (咖啡 OR coffee OR 好 OR love)'}
  - {name: Blamed, kind: topic, query: 'label:negative'}
  - {name: River, kind: kol, accounts: ['xiaohongshu:demo-kol-river', 'tiktok:@riversong']}
"""


@pytest.fixture(scope="module")
def scorer() -> Iterator[Scorer]:
    with Scorer("tingfeng", 2) as started:
        yield started


@pytest.fixture
def store(tmp_path: Path, scorer: Scorer) -> Iterator[Store]:
    """A store with a watchlist that reads labels, the demo's own, and 1,500 of its mentions."""
    with Store.open(tmp_path / "tingfeng.duckdb") as opened:
        for watchlist in (read(BY_LABEL), *examples()):
            opened.save_watchlist(watchlist)
        with Taker(opened, scorer) as taker:
            taker.begin(["story"])
            for mentions in demo_batches(1500):
                taker.take(Batch(mentions), "story")
            taker.finish([], silent)
        yield opened


def state(store: Store) -> list[pl.DataFrame]:
    return [
        store.frame("SELECT * EXCLUDE (changed) FROM mentions ORDER BY platform, id"),
        store.frame("SELECT * FROM matches ORDER BY watchlist, subject, mention, via"),
    ]


def age(store: Store, scorer: Scorer, engine: str) -> None:
    """Make the store look as if an earlier version, which found every text neutral, had scored it."""
    with store.transaction() as cursor:
        for table in ("mentions", "matches"):
            cursor.execute(
                f"""UPDATE {table} SET engine_label = 'neutral', engine_score = 0.0, engine_confidence = 0.4,
                label = 'neutral', score = 0.0, confidence = 0.4"""
            )
        cursor.execute("UPDATE mentions SET engine = ?", [engine])
    for watchlist in store.watchlists():
        if watchlist.name == "Praise":
            rematch(store, scorer, watchlist, silent)


def test_it_ends_where_fresh_scoring_does(store: Store, scorer: Scorer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rescoring, "BATCH", 400)
    fresh = state(store)
    assert fresh[1].filter(pl.col("via") == "reply").height > 10
    assert fresh[1].filter(pl.col("watchlist") == "Praise")["subject"].n_unique() == 3
    age(store, scorer, "tingfeng 0")
    assert store.rows("SELECT DISTINCT subject FROM matches WHERE watchlist = 'Praise'") == [{"subject": "River"}]
    generation, counts = store.generation, []
    while (count := rescore_batch(store, scorer)) is not None:
        counts.append(count)
    assert store.generation == generation + len(counts)
    assert (sum(counts), set(counts[:-1])) == (fresh[0].height, {400})
    join_replies(store)
    for before, now in zip(fresh, state(store), strict=True):
        assert now.equals(before)


def test_what_changes_meanwhile_is_met_again(store: Store, scorer: Scorer, monkeypatch: pytest.MonkeyPatch) -> None:
    age(store, scorer, "tingfeng 0")
    platform, identity = store.rows("SELECT platform, id FROM mentions ORDER BY published_at, id LIMIT 1")[0].values()
    score = Scorer.score

    def corrected_meanwhile(*args: object) -> object:
        store.correct(platform, identity, "negative")
        monkeypatch.setattr(Scorer, "score", score)
        return score(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(Scorer, "score", corrected_meanwhile)
    engine, waiting = version("tingfeng"), store.count_waiting("tingfeng 1")
    assert rescore_batch(store, scorer) == 0
    assert store.count_waiting(engine) == waiting
    assert rescore_batch(store, scorer) == waiting
    found = store.mention(platform, identity)
    assert (found["engine"], found["label"], found["corrected"]) == (engine, "negative", True)
    blamed = store.said_toward(platform, identity, "Praise")
    assert list(blamed) == ["Blamed"]


KILLED = """
import os, signal
from tingfeng.intake import rescoring
from tingfeng.store import rescoring as writing
rescoring.BATCH = 10
settle, calls = writing.settle, []
def kill(cursor):
    settle(cursor)
    calls.append(1)
    if len(calls) == 3:
        os.kill(os.getpid(), signal.SIGKILL)
writing.settle = kill
"""
RUN = "import sys; from tingfeng.cli import main; main(sys.argv[1:])"


def run(home: Path, *arguments: str, before: str = "") -> int:
    environment = os.environ | {"TINGFENG_HOME": str(home), "TINGFENG_ENGINE": "vader"}
    command = [sys.executable, "-c", f"{before}\n{RUN}", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, check=False).returncode


def test_a_killed_process_loses_the_batch_under_way_and_no_more(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    rows = "".join(f"{n},2025-01-13 10:{n:02}:00,rain number {n} is lovely for Lumora\n" for n in range(50))
    (tmp_path / "posts.csv").write_text(f"id,published_at,text\n{rows}", encoding="utf-8")
    (tmp_path / "w.yaml").write_text("name: W\nsubjects: [{name: Good, query: 'label:positive'}]\n", encoding="utf-8")
    assert run(home, "watchlist", "save", str(tmp_path / "w.yaml")) == 0
    assert run(home, "import", str(tmp_path / "posts.csv"), "--platform", "weibo") == 0
    with Store.open(home / "tingfeng.duckdb") as store, Scorer("vader", 1) as scorer:
        fresh = state(store)
        age(store, scorer, "vader 0")
        rematch(store, scorer, store.watchlist("W"), silent)
    assert run(home, "rescore", before=KILLED) == -signal.SIGKILL
    with Store.open(home / "tingfeng.duckdb") as store:
        assert store.count_waiting("vader 1") == 30
        done = store.rows("SELECT text FROM mentions WHERE engine = 'vader 1'")
        assert {int(row["text"].split()[2]) for row in done} == set(range(30, 50))
    assert run(home, "rescore") == 0
    with Store.open(home / "tingfeng.duckdb") as store:
        for before, now in zip(fresh, state(store), strict=True):
            assert now.equals(before)
