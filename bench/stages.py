"""One import in this process, with the time that went into scoring: `python -m bench.stages STORE FILE...`."""

import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from listeners import Options
from sentiment import DEFAULT_ENGINE, Scorer, Sentiment
from tingfeng.intake.importing import Intake
from tingfeng.intake.progress import silent
from tingfeng.intake.reading import Given
from tingfeng.intake.taking import Taker
from tingfeng.store import Store


class TimedScorer(Scorer):
    """A scorer that adds up the seconds for which the import waits for it."""

    seconds = 0.0

    def score(self, texts: Sequence[str], on_progress: Callable[[int, int], None] | None = None) -> list[Sentiment]:
        """Score `texts`, with a clock beside it."""
        started = time.perf_counter()
        found = super().score(texts, on_progress)
        self.seconds += time.perf_counter() - started
        return found


def main(path: str, files: list[str]) -> None:
    """Import `files` into the store at `path` and print `{"seconds", "scoring"}`."""
    started = time.perf_counter()
    with Store.open(Path(path)) as store, TimedScorer(DEFAULT_ENGINE) as scorer:
        taker = Taker(store, scorer)
        intake = Intake(taker, Options(), [Given(file, file) for file in files])
        intake.run()
        taker.finish(intake.verdicts, silent)
    print(json.dumps({"seconds": time.perf_counter() - started, "scoring": scorer.seconds}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
