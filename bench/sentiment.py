"""Scoring beside the packages that everybody calls: `python -m bench.sentiment [TEXTS]` prints a table.

The figures are kept in `out/bench-sentiment.json`, from where the card of the engine takes them.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from bench.texts import mixed_texts
from sentiment import DEFAULT_ENGINE, Scorer, analyze

OUT: Final = Path("out/bench-sentiment.json")
TEXTS: Final = 60_000
SEED: Final = 7
#: Texts that the packages score: each takes them milliseconds, and their rate does not depend on the number.
SAMPLE: Final = 3000
_PROCESSES: Final = 2
#: Texts that are scored before the clock starts, so that everything is loaded.
_WARM: Final = 4000


def measure(count: int = TEXTS) -> dict[str, Any]:
    """Texts a second of two processes of ours, of one, and of the packages in one; a worker's peak memory in MB."""
    texts, source = mixed_texts(count, SEED)
    with Scorer(DEFAULT_ENGINE, _PROCESSES) as scorer:
        scorer.score([f"{number} {text}" for number, text in enumerate(texts[:_WARM])])
        two = _rate(lambda: scorer.score(texts), len(texts))
        memory = max(map(_peak, _children()), default=None)
    analyze(texts[:_WARM])
    one = _rate(lambda: analyze(texts), len(texts))
    plain = _plain(texts[:SAMPLE])
    return {
        "texts": len(texts),
        "characters": sum(map(len, texts)) / len(texts),
        "source": source,
        "plain_rate": plain,
        "analyze_rate": one,
        "scorer_rate": two,
        "ratio": two / plain,
        "worker_megabytes": memory,
    }


def table(figures: dict[str, Any]) -> str:
    """The figures for people."""
    plain, one, two = (figures[name] for name in ("plain_rate", "analyze_rate", "scorer_rate"))
    return "\n".join(
        [
            f"{figures['texts']:,} {figures['source']}, {figures['characters']:.0f} characters each on average",
            "",
            "| what | texts a second | against the packages |\n|---|---|---|",
            f"| VADER or SnowNLP, one call a text, one process (rate of {SAMPLE:,} of the texts) | {plain:,.0f} | 1 |",
            f"| `analyze`, one process | {one:,.0f} | {one / plain:.0f} x |",
            f"| `Scorer`, {_PROCESSES} processes | {two:,.0f} | {figures['ratio']:.0f} x |",
            "",
            f"Peak memory of a worker: {figures['worker_megabytes'] or 'unknown'} MB",
        ]
    )


def _rate(score: Callable[[], object], texts: int) -> float:
    started = time.perf_counter()
    score()
    return texts / (time.perf_counter() - started)


def _plain(texts: list[str]) -> float:
    """Texts a second of the packages, in a process of its own, loading not counted."""
    command = [sys.executable, "-m", "bench.plain_texts"]
    done = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True, check=True)
    return len(texts) / float(done.stdout)


def _children() -> list[int]:
    """The process ids of this process's children; none where the system does not tell."""
    found = Path("/proc/self/task").glob("*/children")
    return [int(child) for task in found for child in task.read_text(encoding="ascii").split()]


def _peak(process: int) -> int:
    """The most memory that a process ever held, in MB."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


def main(count: int = TEXTS) -> None:
    """Measure, print, keep."""
    figures = measure(count)
    print(table(figures))
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(figures, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
