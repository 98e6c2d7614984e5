"""What an operation works with: the home folder, the store, and engines that stay warm."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock

from sentiment import DEFAULT_ENGINE, PLAIN, Adaptation, Scorer, WordRule
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
    _adaptation: tuple[tuple[int, int] | None, Adaptation] = (None, PLAIN)

    def scorer(self, engine: str | None = None) -> Scorer:
        """The scorer of `engine` (null: the default one), as corrections and word rules now make it.

        It is kept until these change, or until `close`. Whoever works with an earlier one may go on.
        """
        name = engine or DEFAULT_ENGINE
        with self._starting:
            adaptation = self._in_force() if name == DEFAULT_ENGINE else PLAIN
            scorer = self._scorers.get(name)
            if scorer is None or scorer.adaptation.mark != adaptation.mark:
                if scorer:
                    scorer.retire()
                scorer = self._scorers[name] = Scorer(name, adaptation=adaptation)
            return scorer

    def adaptation(self) -> Adaptation:
        """What corrections and word rules now make of the default engine."""
        with self._starting:
            return self._in_force()

    def engine_version(self, engine: str | None = None) -> str:
        """Name and version of `engine` (null: the default one), as mentions name what scored them."""
        return self.scorer(engine).version

    def _in_force(self) -> Adaptation:
        state = self.store.adaptation_state()
        if state != self._adaptation[0]:
            rules = [WordRule(row["term"], row["label"], row["weight"]) for row in self.store.word_rules()]
            self._adaptation = (state, self.store.learned().with_rules(rules))
        return self._adaptation[1]

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
