"""The engines: each turns texts into probabilities of the three labels, behind one interface."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

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


def engine(name: str | None = None) -> Engine:
    """The engine of that name, made once a process. Raises UsageError for a name that no engine has."""
    return _made(known(name))


def version(name: str | None = None) -> str:
    """Name and version of an engine, as stored and exported: "tingfeng 0.1"."""
    return engine(name).version
