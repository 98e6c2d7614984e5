"""How far a label can be trusted, and why there may be none."""

from sentiment.clean import head, own_words
from tingfeng.home import config


def unsure_below() -> dict[str, float]:
    """By the name of an engine, the confidence below which its label is not sure."""
    thresholds: dict[str, float] = config("unsure")
    return thresholds


def unsure(engine: str, confidence: float) -> bool:
    """Whether a label that `engine` ("name version") gave with `confidence` is not sure."""
    return confidence < unsure_below().get(engine.split(" ", 1)[0], 0.0)


def says_nothing(text: str) -> bool:
    """Whether nothing but links, @names and the like is written, so that no engine has anything to read."""
    return not own_words(head(text)).strip()
