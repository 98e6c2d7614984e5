"""Sentiment of many texts, over worker processes that stay warm between calls."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager, suppress
from math import ceil
from queue import LifoQueue
from threading import Lock
from types import TracebackType
from typing import IO, Final, Self

from sentiment.analysis import NO_ALIASES, answers
from sentiment.clean import head
from sentiment.engines import known, version
from sentiment.learning import PLAIN, Adaptation
from sentiment.result import Sentiment
from sentiment.toward import About, about
from sentiment.wire import COLUMNS, ENCODER
from tingfeng.errors import TingfengError
from tingfeng.home import CHECKOUT

#: Fewer different texts are scored in this process: starting workers takes longer.
FEW: Final = 2000
#: Texts a request, about: enough for the arrays of a batch to pay off, few enough that progress is seen.
_CHUNK: Final = 1000
_ATTEMPTS: Final = 3

Progress = Callable[[int, int], None]
Asked = Sequence[str | About]


class ScoringError(TingfengError):
    """Worker processes died again and again over the same texts."""


class _DeadWorkerError(Exception):
    """The process is gone; its texts are not scored."""


class _Worker:
    """One `sentiment.worker` process, started on its first request."""

    def __init__(self, engine: str, adaptation: Adaptation) -> None:
        self._engine = engine
        self._adaptation = adaptation
        self._process: subprocess.Popen[bytes] | None = None
        self._knows_adaptation = False

    def ask(self, texts: Asked) -> list[Sentiment]:
        """Their sentiments. Raises _DeadWorkerError where the process ended; the next request starts a new one."""
        requests, answers = self._pipes()
        try:
            if not self._knows_adaptation:
                requests.write(self._adaptation.to_json() + b"\n")
                self._knows_adaptation = True
            requests.write(ENCODER.encode(texts) + b"\n")
            requests.flush()
            line = answers.readline()
        except OSError as error:
            self.stop()
            raise _DeadWorkerError from error
        if not line.endswith(b"\n"):
            self.stop()
            raise _DeadWorkerError
        return COLUMNS.decode(line).rows()

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603 - our own module in our own interpreter
                [sys.executable, "-m", "sentiment.worker", self._engine],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                cwd=CHECKOUT,
            )
            self._knows_adaptation = False
        assert self._process.stdin is not None  # noqa: S101 - both are pipes, as just asked for
        assert self._process.stdout is not None  # noqa: S101
        return self._process.stdin, self._process.stdout

    def stop(self) -> None:
        """End the process, by force where it does not listen."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        with suppress(OSError), process:  # closes the pipes and waits; an unsent request goes with them
            pass


class Scorer:
    """Scores with one engine in `processes` processes (by default one a core). Safe to share between threads.

    Nothing is started before a call is large enough to need it. Raises UsageError for an unknown engine.
    `adaptation` is what corrections and word rules make of the default engine.
    """

    def __init__(self, engine: str, processes: int | None = None, *, adaptation: Adaptation = PLAIN) -> None:
        self.engine = known(engine)
        self.adaptation = adaptation
        self._workers = [_Worker(self.engine, adaptation) for _ in range(processes or os.cpu_count() or 1)]
        self._idle: LifoQueue[_Worker] = LifoQueue()
        for worker in self._workers:
            self._idle.put(worker)
        self._calls = 0
        self._retired = False
        self._counting = Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def version(self) -> str:
        """Name and version of the engine as it is adapted; the first look loads it."""
        return version(self.engine, self.adaptation)

    def close(self) -> None:
        """End the workers."""
        for worker in self._workers:
            worker.stop()

    def retire(self) -> None:
        """End the workers as soon as nobody needs them. Whoever still scores with it may go on."""
        with self._counting:
            self._retired = True
            if not self._calls:
                self.close()

    @contextmanager
    def _in_use(self) -> Iterator[None]:
        with self._counting:
            self._calls += 1
        try:
            yield
        finally:
            with self._counting:
                self._calls -= 1
                if self._retired and not self._calls:
                    self.close()

    def score(self, texts: Sequence[str], on_progress: Progress | None = None) -> list[Sentiment]:
        """What `analyze(texts, engine=..., adaptation=...)` gives, in order. Equal texts are scored once.

        `on_progress(done, of)` counts different texts. Raises ScoringError where workers keep dying.
        """
        return self._answers([head(text) for text in texts], on_progress)

    def score_toward(
        self,
        pairs: Sequence[tuple[str, str]],
        aliases: Mapping[str, Sequence[str]] = NO_ALIASES,
        on_progress: Progress | None = None,
    ) -> list[Sentiment]:
        """What `analyze_toward(pairs, aliases=..., engine=...)` gives, in order. Equal pairs are scored once."""
        return self._answers(about(pairs, aliases), on_progress)

    def _answers(self, asked: Asked, on_progress: Progress | None) -> list[Sentiment]:
        different = list(dict.fromkeys(asked))
        few = len(different) < FEW
        results = self._answered(different) if few else self._deal(different, on_progress)
        found = dict(zip(different, results, strict=True))
        return [found[one] for one in asked]

    def _answered(self, asked: Asked) -> list[Sentiment]:
        """In this process."""
        return answers(asked, self.engine, self.adaptation).rows()

    def _deal(self, texts: Asked, on_progress: Progress | None) -> list[Sentiment]:
        """Score in chunks, each by whichever worker is free."""
        size = _chunk(len(texts), len(self._workers))
        chunks = [texts[at : at + size] for at in range(0, len(texts), size)]
        results: list[list[Sentiment]] = [[] for _ in chunks]
        done = 0
        with self._in_use(), ThreadPoolExecutor(len(self._workers)) as pool:
            asked = {pool.submit(self._ask, chunk): i for i, chunk in enumerate(chunks)}
            try:
                for future in as_completed(asked):
                    results[asked[future]] = future.result()
                    done += len(results[asked[future]])
                    if on_progress:
                        on_progress(done, len(texts))
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        return [result for chunk in results for result in chunk]

    def _ask(self, texts: Asked) -> list[Sentiment]:
        for _ in range(_ATTEMPTS):
            worker = self._idle.get()
            try:
                return worker.ask(texts)
            except _DeadWorkerError:
                continue
            finally:
                self._idle.put(worker)
        raise ScoringError(
            f"{_ATTEMPTS} worker processes ended while scoring the same {len(texts)} texts",
            where=f"engine {self.engine}",
            hint="is there enough memory? their last messages stand above",
        )


def _chunk(texts: int, workers: int) -> int:
    """Texts a request such that every worker gets as many requests as the others, and none waits for the last."""
    rounds = max(1, round(texts / (workers * _CHUNK)))
    return ceil(texts / (workers * rounds))
