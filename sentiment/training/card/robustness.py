"""The block on robustness: how many labels flip when a text is written another way that means the same."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import numpy as np

from sentiment import analyze
from sentiment.training.card.page import table
from sentiment.training.texts import Example

if TYPE_CHECKING:
    from opencc import OpenCC

_TEXTS: Final = 4000
_SEED: Final = 7

_LINK_OR_NAME: Final = re.compile(r"(https?://\S+|www\.\S+|@\S+)")
_ASCII: Final = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_LOUD: Final = re.compile(r"([!?！？。~～])")


@cache
def _opencc() -> "OpenCC":
    from opencc import OpenCC

    return OpenCC("s2t")


def traditional(text: str) -> str:
    """Simplified characters as Traditional ones."""
    return str(_opencc().convert(text))


def wide(text: str) -> str:
    """ASCII in full width, but for links and @names, which nobody can type so."""
    parts = _LINK_OR_NAME.split(text)
    return "".join(part if place % 2 else part.translate(_ASCII) for place, part in enumerate(parts))


Change = Callable[[str], str]
CHANGES: Final[Mapping[str, Change]] = MappingProxyType(
    {
        "upper case": str.upper,
        "lower case": str.lower,
        "full width": wide,
        "Traditional characters": traditional,
        "trailing spaces": lambda text: text + "   ",
        "a link behind it": lambda text: text + " https://example.com/p/8f3Kq",
        "an @name behind it": lambda text: text + " @some_one",
        "an @name before it": lambda text: "@some_one " + text,
        "marks repeated (! ? 。 ~ three times)": lambda text: _LOUD.sub(r"\1\1\1", text),
    }
)


def flipped(texts: Sequence[str], change: Change) -> list[int]:
    """The places of the texts whose label is another one after `change`; no label at all is another one, too."""
    before, after = analyze(texts), analyze([change(text) for text in texts])
    return [place for place, pair in enumerate(zip(before, after, strict=True)) if pair[0].label != pair[1].label]


def drawn(rows: Sequence[Example], count: int, seed: int = _SEED) -> list[Example]:
    """`count` rows at random."""
    picked = np.random.default_rng(seed).permutation(len(rows))[:count]
    return [rows[place] for place in picked.tolist()]


def flips(rows: Sequence[Example]) -> str:
    """Every change with how many texts it touches and how many labels it flips."""
    texts = [row.text for row in drawn(rows, _TEXTS)]
    figures = []
    for name, change in CHANGES.items():
        touched = sum(change(text) != text for text in texts)
        count = len(flipped(texts, change))
        figures.append([name, f"{touched:,}", str(count), f"{count / len(texts):.2%}"])
    return table([f"change of {len(texts):,} texts", "texts it touches", "labels that flip", "of all"], figures)
