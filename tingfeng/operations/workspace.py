"""What an operation works with: the home folder, the store, and engines that stay warm."""

from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from sentiment import DEFAULT_ENGINE, Scorer
from tingfeng.store import Store


@dataclass
class Workspace:
    """The home folder and the open store of the process that owns them."""

    home: Path
    store: Store
    _scorers: dict[str, Scorer] = field(default_factory=dict)
    _starting: Lock = field(default_factory=Lock)

    def scorer(self, engine: str | None = None) -> Scorer:
        """The scorer of `engine`, started once and kept until `close`."""
        name = engine or DEFAULT_ENGINE
        with self._starting:
            if name not in self._scorers:
                self._scorers[name] = Scorer(name).__enter__()
            return self._scorers[name]

    def close(self) -> None:
        """Stop the engines and close the store."""
        for scorer in self._scorers.values():
            scorer.__exit__(None, None, None)
        self.store.close()
