"""What an operation works with: the home folder, the store, and engines that stay warm."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock

from sentiment import DEFAULT_ENGINE, Scorer, version
from tingfeng.store import Store

#: The environment variable that names the engine for imports, instead of the default.
ENGINE_VARIABLE = "TINGFENG_ENGINE"


@dataclass
class Workspace:
    """The home folder and the open store of the process that owns them.

    `closing` is set when all work shall end; `reading_again` mentions wait for the engine of now.
    """

    home: Path
    store: Store
    closing: Event = field(default_factory=Event)
    reading_again: int = 0
    _operations: int = 0
    _counting: Lock = field(default_factory=Lock)
    _scorers: dict[str, Scorer] = field(default_factory=dict)
    _starting: Lock = field(default_factory=Lock)

    def scorer(self, engine: str | None = None) -> Scorer:
        """The scorer of `engine` (null: the default one), kept until `close`."""
        name = engine or DEFAULT_ENGINE
        with self._starting:
            if name not in self._scorers:
                self._scorers[name] = Scorer(name)
            return self._scorers[name]

    def engine_version(self, engine: str | None = None) -> str:
        """Name and version of `engine` (null: the default one), as mentions name what scored them."""
        return version(engine or DEFAULT_ENGINE)

    @property
    def busy(self) -> bool:
        """Whether an operation is under way that somebody asked for."""
        return self._operations > 0

    @contextmanager
    def operating(self) -> Iterator[None]:
        """An operation is under way until the block ends."""
        with self._counting:
            self._operations += 1
        try:
            yield
        finally:
            with self._counting:
                self._operations -= 1

    def close(self) -> None:
        """Stop the engines and close the store."""
        for scorer in self._scorers.values():
            scorer.close()
        self.store.close()
