"""Texts as the model reads them: folded, links and names left out, numbers as marks, long runs cut short.

All texts go through as one string, a line each: a call a batch instead of a call a text.
"""

import re
import zlib
from collections.abc import Callable, Sequence
from typing import Final

from tingfeng.home import config
from tingfeng.mentions.text import folded

#: Private characters that stand for what was written.
NUMBER: Final = "\ue002"
LONG_NUMBER: Final = "\ue003"
#: From here on, one private character for each emoji that is written by name, as in [捂脸].
FIRST_NAMED: Final = 0xF0000
_NAMED: Final = 65_000

_LINK = re.compile(r"https?://[!-~]+|\bwww\.[!-~]+|\b[a-z0-9-]{1,40}\.(?:com|cn|net|org|io|ly|co)/[!-~]*")
_NAME = re.compile(r"(?<![a-z0-9])@[\w.·-]{1,30}")
_NOT_WORDS = re.compile(r"</?[a-z][^<>\n]{0,300}>|&(?:amp|lt|gt|quot|nbsp|#\d{1,6});|\[话题\]")
#: Xiaohongshu writes [捂脸R] where others write [捂脸].
_NAMED_EMOJI = re.compile(r"\[([^\[\]\s]{1,12}?)r?\]")
_NUMBER = re.compile(r"\d[\d.,:]*")
#: Variation selectors and skin tones: the same emoji, dressed.
_DRESS = re.compile("[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")
_SPARE = re.compile(r"(?<= ) +|^ +| +$", re.MULTILINE)
#: How often a mark is repeated says how loud a text is, not what it means.
_LOUD = re.compile(r"([!?~。！？])\1+")
_RUN = re.compile(r"([^\n])\1{3,}")
_LONG: Final = 4
#: Numbers that are words, or small enough to be a mark out of ten.
_SPOKEN: Final = frozenset(config("model")["spoken_numbers"])
#: Beside these a number counts something: 666元 is a price, 520号 a house.
_MONEY: Final = frozenset("$¥€£")
_UNITS: Final = frozenset("元块折年月日号个人米克度%")


def normal(texts: Sequence[str]) -> str:
    """`texts`, a line each, in the form of which features are made."""
    lines = "\n".join(folded(texts))
    for pattern, written in STEPS:
        lines = pattern.sub(written, lines)
    return lines


def named(name: str) -> str:
    """The character that stands for the emoji of that name (folded, without brackets)."""
    return chr(FIRST_NAMED + zlib.crc32(name.encode("utf-8", "replace")) % _NAMED)


def _number(found: re.Match[str]) -> str:
    written = found[0].rstrip(".,:")
    rest = found[0][len(written) :]
    before = found.string[max(0, found.start() - 1) : found.start()]
    after = found.string[found.end() : found.end() + 1]
    if written in _SPOKEN and before not in _MONEY and after not in _UNITS:
        return found[0]
    return (NUMBER if len(written) < _LONG else LONG_NUMBER) + rest


#: What is replaced, and by what, one after the other.
STEPS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...]] = (
    (_LINK, lambda _: " "),
    (_NAME, lambda _: " "),
    (_DRESS, lambda _: ""),
    (_NOT_WORDS, lambda _: " "),
    (_NAMED_EMOJI, lambda found: named(found[1])),
    (_NUMBER, _number),
    (_SPARE, lambda _: ""),
    (_LOUD, lambda found: found[1]),
    (_RUN, lambda found: found[1] * 3),
)
