"""Import, reading and scoring beside what others do: `python -m bench [MENTIONS]`. Prints, writes `out/bench.json`."""

import json
import os
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bench import listening, sentiment
from bench.files import write_files

SEED = 7
OUT = Path("out")
#: The labelled texts, where they are there: then the card of the engine is made anew, too.
LABELLED = Path("../shared/sentiment")
TINGFENG = Path(sys.executable).parent / "tingfeng"


def timed(command: list[str], **environment: str) -> tuple[float, str]:
    """Wall seconds of a whole process, and what it printed."""
    started = time.perf_counter()
    done = subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, check=True)
    return time.perf_counter() - started, done.stdout


def measure(mentions: int) -> dict[str, Any]:
    """Seconds of the plain script, of a first and a second import, and of everything in the first but scoring."""
    with tempfile.TemporaryDirectory() as folder:
        home = str(Path(folder) / "home")
        files = [str(path) for path in write_files(Path(folder), mentions, SEED)]
        plain, _ = timed([sys.executable, "-m", "bench.plain", *files])
        first, printed = timed([str(TINGFENG), "import", *files, "--json"], TINGFENG_HOME=home)
        again, repeated = timed([str(TINGFENG), "import", *files, "--json"], TINGFENG_HOME=home)
        _, staged = timed([sys.executable, "-m", "bench.stages", str(Path(folder) / "staged.duckdb"), *files])
    total, second = json.loads(printed)["total"], json.loads(repeated)["total"]
    if total["new"] != total["read"] or second["unchanged"] != second["read"]:
        raise SystemExit(f"The imports did not do what is measured here: {total}, {second}")
    stages = json.loads(staged)
    other = stages["seconds"] - stages["scoring"]
    return {
        "mentions": total["read"],
        "cores": os.cpu_count(),
        "plain_seconds": plain,
        "first_seconds": first,
        "other_seconds": other,
        "again_seconds": again,
        "first_ratio": plain / first,
        "other_ratio": plain / other,
        "again_ratio": plain / again,
    }


def main() -> None:
    """Measure, print, keep."""
    figures = measure(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
    print(f"{figures['mentions']:,} mentions, {figures['cores']} cores\n")
    print("| what | seconds | against the plain script |\n|---|---|---|")
    print(f"| plain script: pandas, one VADER or SnowNLP call a row | {figures['plain_seconds']:.1f} | 1 |")
    print(f"| first import | {figures['first_seconds']:.1f} | {figures['first_ratio']:.1f} x |")
    print(f"| - everything in it but scoring | {figures['other_seconds']:.1f} | {figures['other_ratio']:.0f} x |")
    print(f"| the same files again | {figures['again_seconds']:.1f} | {figures['again_ratio']:.0f} x |")
    OUT.mkdir(exist_ok=True)
    (OUT / "bench.json").write_text(json.dumps(figures, indent=2), encoding="utf-8")
    print()
    listening.main()
    print()
    sentiment.main()
    if LABELLED.exists() and find_spec("scipy"):  # the card needs what training needs
        subprocess.run([sys.executable, "-m", "sentiment.training.card", str(LABELLED)], check=True)


if __name__ == "__main__":
    main()
