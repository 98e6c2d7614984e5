"""The engines: each turns texts into probabilities of the three labels, behind one interface."""

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

from sentiment.learning import PLAIN, Adaptation
from sentiment.result import Reasons
from sentiment.toward import About
from tingfeng.errors import UsageError

if TYPE_CHECKING:
    from sentiment.probabilities import Probabilities

DEFAULT_ENGINE: Final = "tingfeng"


class Engine(Protocol):
    """What every engine can do. Engines keep tables, never texts."""

    name: str
    #: Grows whenever the same text may get another answer; stored beside every answer.
    version: str
    #: Languages that it reads; null stands for a text without letters (an emoji).
    languages: frozenset[str | None]

    def probabilities(self, texts: Sequence[str], languages: Sequence[str | None]) -> "Probabilities":
        """Probabilities of each text, whose language is one of `self.languages`; shape (texts, 3), as in `LABELS`."""
        ...

    def why(self, text: str, language: str | None) -> Reasons:
        """What drove the answer to `text`."""
        ...


@runtime_checkable
class TargetReader(Engine, Protocol):
    """An engine with a way of its own to read what a text says about one subject."""

    def toward(self, asked: Sequence[About], languages: Sequence[str | None]) -> tuple[list[int], "Probabilities"]:
        """The places of the texts that name their subject, and what these say toward it."""
        ...


def _tingfeng() -> Engine:
    from sentiment.engines.tingfeng import Tingfeng

    return Tingfeng()


def _vader() -> Engine:
    from sentiment.engines.vader import Vader

    return Vader()


def _snownlp() -> Engine:
    from sentiment.engines.snownlp import SnowNlp

    return SnowNlp()


def _router() -> Engine:
    from sentiment.engines.router import Router

    return Router()


_ENGINES: Final[dict[str, Callable[[], Engine]]] = {
    "tingfeng": _tingfeng,
    "vader": _vader,
    "snownlp": _snownlp,
    "router": _router,
}


def engines() -> tuple[str, ...]:
    """The names of all engines, the default one first."""
    return tuple(_ENGINES)


def known(name: str | None) -> str:
    """`name`, or the default engine's for null. Raises UsageError for a name that no engine has."""
    if name is None:
        return DEFAULT_ENGINE
    if name not in _ENGINES:
        raise UsageError(
            f"There is no sentiment engine called {name!r}", where="engine", hint=f"use one of {', '.join(_ENGINES)}"
        )
    return name


@cache
def _made(name: str) -> Engine:
    return _ENGINES[name]()


@lru_cache(maxsize=2)
def _adapted(adaptation: Adaptation) -> Engine:
    from sentiment.engines.tingfeng import Tingfeng

    return Tingfeng(adaptation)


def engine(name: str | None = None, adaptation: Adaptation = PLAIN) -> Engine:
    """The engine of that name, made once a process. Raises UsageError for a name that no engine has.

    Only the default engine can be adapted; the others are what their packages are.
    """
    chosen = known(name)
    return _adapted(adaptation) if adaptation.mark and chosen == DEFAULT_ENGINE else _made(chosen)


def version(name: str | None = None, adaptation: Adaptation = PLAIN) -> str:
    """Name and version of an engine, as stored and exported: "tingfeng 0.1", adapted "tingfeng 0.1 + a1b2c3"."""
    return engine(name, adaptation).version
