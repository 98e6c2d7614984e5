"""Text as it is compared: folded, with borders between title, text and hashtags."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import islice
from typing import Final

#: Between title, text and each hashtag of a folded mention; no phrase crosses it.
BORDER: Final = "\x1e"

#: Half of a surrogate pair, as a cut emoji leaves it: no encoding can hold it.
HALF: Final = re.compile("[\ud800-\udfff]")

_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\x1e]")
_HAN: Final = ("\u3400", "\ua000")


@cache
def _traditional() -> tuple[re.Pattern[str], dict[str, str]]:
    """Traditional characters and their simplified forms, character by character, from OpenCC's tables."""
    from opencc import OpenCC

    han = [chr(code) for code in range(ord(_HAN[0]), ord(_HAN[1]))]
    simplified = OpenCC("t2s").convert("\n".join(han)).split("\n")
    table = {old: new for old, new in zip(han, simplified, strict=True) if old != new and len(new) == 1}
    return re.compile(f"[{''.join(table)}]"), table


def fold(text: str) -> str:
    """`text` as it is searched and matched: NFKC, casefolded, Traditional to Simplified, one space for any run.

    Folding is idempotent. Invisible characters (zero-width, soft hyphen, byte-order mark) disappear.
    """
    return folded([text])[0]


def folded(texts: Sequence[str]) -> list[str]:
    """Each of `texts` folded; they go through as one string, a line each, which spares six calls a text."""
    if not texts:
        return []
    lines = _INVISIBLE.sub("", "\n".join([text.replace("\n", " ") for text in texts]))
    lower = lines.lower() if lines.isascii() else _fold_marks(lines)
    return [" ".join(line.split()) for line in lower.split("\n")]


def _fold_marks(text: str) -> str:
    """Width, case and Traditional characters of a text that is not ASCII alone."""
    pattern, table = _traditional()
    lower = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return pattern.sub(lambda match: table[match[0]], lower)


def folded_mentions(searched: Iterable[tuple[str | None, str | None, str | None]]) -> list[str]:
    """The searchable text of each (title, text, hashtags joined with `|`): all of them folded, parted by `BORDER`."""
    mentions = [(title or "", text or "", *(hashtags or "").split("|")) for title, text, hashtags in searched]
    parts = iter(folded([part for parts in mentions for part in parts]))
    return [BORDER.join(islice(parts, len(mention))) for mention in mentions]


def scored_text(title: str | None, text: str | None, own_chars: int | None) -> str:
    """What sentiment reads: the title, a line break, and the author's own part of the text."""
    own = (text or "")[:own_chars]
    return "\n".join(part for part in (title or "", own) if part)
