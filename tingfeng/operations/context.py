"""What an operation works with: the home folder, the store, and engines that stay warm."""

from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from sentiment import DEFAULT_ENGINE, Scorer
from tingfeng.store import Store

#: The environment variable that names the engine for imports, instead of the default.
ENGINE_VARIABLE = "TINGFENG_ENGINE"


@dataclass
class Workspace:
    """The home folder and the open store of the process that owns them."""

    home: Path
    store: Store
    _scorers: dict[str, Scorer] = field(default_factory=dict)
    _starting: Lock = field(default_factory=Lock)

    def scorer(self, engine: str | None = None) -> Scorer:
        """The scorer of `engine` (null: the default one), kept until `close`."""
        name = engine or DEFAULT_ENGINE
        with self._starting:
            if name not in self._scorers:
                self._scorers[name] = Scorer(name)
            return self._scorers[name]

    def close(self) -> None:
        """Stop the engines and close the store."""
        for scorer in self._scorers.values():
            scorer.close()
        self.store.close()
