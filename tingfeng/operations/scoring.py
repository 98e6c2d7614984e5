"""Sentiment of the texts in a file, streamed: no store, no home folder."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from listeners.reading.sources import single
from sentiment import DEFAULT_ENGINE, Scorer, Sentiment, analyze, engines
from tingfeng.errors import UsageError
from tingfeng.operations import texts

CHUNK = 10_000


@dataclass
class Summary:
    """What `sentiment --json` says on standard error."""

    engine: str = DEFAULT_ENGINE
    rows: int = 0
    labels: Counter[str] = field(default_factory=Counter)
    started: float = field(default_factory=time.perf_counter)

    def as_json(self) -> dict[str, Any]:
        """Rows, labels (`unknown` where there is none), engine and seconds."""
        seconds = round(time.perf_counter() - self.started, 3)
        return {"rows": self.rows, "labels": dict(self.labels), "engine": self.engine, "seconds": seconds}


def score_file(
    file: str,
    summary: Summary,
    *,
    lines: bool = False,
    column: str | None = None,
    target_column: str | None = None,
    engine: str | None = None,
    spans: bool = False,
    on_progress: Callable[[dict[str, Any]], None] | None = None,
) -> Iterator[dict[str, Any]]:
    """One object a row of `file`, in order: label, score, confidence, language, spans; with `spans` their rest too."""
    if lines and (column or target_column):
        raise UsageError("Lines have no columns", where="--lines", hint="leave --column out")
    summary.engine = known_engine(engine)
    source = single(file)
    with Scorer(summary.engine) as scorer:
        rows = texts.lines(source) if lines else texts.table(source, column, target_column)
        while chunk := list(islice(rows, CHUNK)):
            for result in scored(scorer, summary.engine, chunk, bool(target_column), spans):
                summary.labels[result.label or "unknown"] += 1
                yield as_json(result) | ({"rest": result.rest} if spans else {})
            summary.rows += len(chunk)
            if on_progress:
                on_progress({"what": "sentiment", "done": summary.rows, "of": None})


def known_engine(name: str | None) -> str:
    """`name` or the default engine; a usage error when there is no such engine."""
    if name is None or name in engines():
        return name or DEFAULT_ENGINE
    raise UsageError(f"There is no engine {name!r}", where="--engine", hint=f"there is {', '.join(engines())}")


def scored(scorer: Scorer, engine: str, chunk: list[texts.Row], toward: bool, spans: bool) -> list[Sentiment]:
    """The sentiment of each (text, target); spans are worked out in this process."""
    if toward:
        return scorer.score_toward(chunk, {})
    written = [text for text, _ in chunk]
    return analyze(written, spans=True, engine=engine) if spans else scorer.score(written)


def as_json(result: Sentiment) -> dict[str, Any]:
    """A sentiment as the contract prints it."""
    return {
        "label": result.label,
        "score": result.score,
        "confidence": result.confidence,
        "language": result.language,
        "spans": [list(span) for span in result.spans],
    }
