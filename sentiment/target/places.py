"""Where a text names its subject and its rivals. Each name becomes one private character."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from sentiment.clean import HEAD, LOOKED_AT, head
from tingfeng.home import config
from tingfeng.mentions.text import folded

#: What stands for a name of the subject, and for the name of somebody else.
SUBJECT: Final = "\ue010"
RIVAL: Final = "\ue011"

#: Characters before a subject's first name that are read.
_BEFORE: Final = HEAD // 3
_LINK = re.compile(r"https?://[!-~]+|\bwww\.[!-~]+")
_RESERVED = re.compile("[\ue000-\ue01f]")
#: A word with a capital: mostly a name, but for the words that begin sentences.
_CAPITAL = re.compile(r"(?<![A-Za-z0-9'’@#&.-])@?[A-Z][A-Za-z0-9&+'-]*[a-z][A-Za-z0-9&+]*")
_PRONOUNS: Final = config("target")["pronouns"]
_AGAIN: Final = rf"(?:(?:{'|'.join(_PRONOUNS['en'])})(?![a-z'])|{'|'.join(_PRONOUNS['zh'])})"
#: A pronoun that begins the clause behind one that names nobody but the subject.
_PRONOUN = re.compile(
    rf"(?<={SUBJECT})(?P<between>[^{SUBJECT}{RIVAL}.!?;。…~,]{{0,80}}[.!?;。…~,]+\s*"
    rf"(?:(?:and|so|but|now|also) |但是?|可是?|不过)?){_AGAIN}"
)
_OTHERS: Final = config("target")["others"]
_OTHER = re.compile(rf"(?<![a-z])(?:{'|'.join(_OTHERS['en'])})(?![a-z])|{'|'.join(_OTHERS['zh'])}")
_WORD = re.compile(r"[a-z0-9@][a-z0-9&+'-]*")


class Names(NamedTuple):
    """How a subject is called, and how those are called that are known to be others; as people write them."""

    own: tuple[str, ...]
    others: tuple[str, ...] = ()


def marked(texts: Sequence[str], names: Sequence[Names]) -> list[str]:
    """Each text folded, cut to what is read, with `SUBJECT` for each name of its subject and `RIVAL` for others' names.

    Others are those of `Names.others` and config/brands.yaml, words with a capital, and whoever is called "the others".
    A pronoun that begins the clause behind a name is one more name.
    Latin names stand as words; a line break is a full stop.
    """
    cut = [_RESERVED.sub(" ", _LINK.sub(" ", text[:LOOKED_AT])).replace("\n", "。") for text in texts]
    return [_marked(plain, text, of) for plain, text, of in zip(folded(cut), cut, names, strict=True)]


def _marked(text: str, raw: str, names: Names) -> str:
    pattern = _pattern(names)
    if pattern is None:
        return head(text)
    whole = pattern.sub(lambda found: SUBJECT if found.lastgroup else RIVAL, text)
    first = whole.find(SUBJECT)
    if first < 0:
        return head(text)
    whole = head(whole[first - _BEFORE if first >= HEAD else 0 :])
    named = _without_capitals(_OTHER.sub(RIVAL, _without_brands(whole, names)), raw[: 2 * HEAD])
    return _PRONOUN.sub(lambda found: f"{found['between']}{SUBJECT} ", named)


@lru_cache(maxsize=4096)
def _pattern(names: Names) -> re.Pattern[str] | None:
    """Finds the names, the longest first: "apple music" is not "apple"; a group for those of the subject."""
    own = {name for name in folded(names.own) if name}
    if not own:
        return None
    longer = {brand for brand in _brands() if any(name in brand for name in own)}
    others = ({name for name in folded(names.others) if name} | longer) - own
    ordered = sorted(own | others, key=lambda name: (-len(name), name))
    return re.compile(
        "|".join(f"(?P<own{i}>{_bordered(name)})" if name in own else _bordered(name) for i, name in enumerate(ordered))
    )


def _bordered(name: str) -> str:
    """Latin names stand as words, perhaps in the plural or the genitive."""
    before = "(?<![a-z0-9])" if _is_latin(name[0]) else ""
    after = "(?:'?s)?(?![a-z0-9])" if _is_latin(name[-1]) else ""
    return before + re.escape(name) + after


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


@cache
def _brands() -> frozenset[str]:
    return frozenset(folded([name for names in config("brands").values() for name in names.split()]))


@cache
def _finder() -> AhoCorasick:
    return AhoCorasick(sorted(_brands()), matchkind=MatchKind.LeftmostLongest)


def _without_brands(text: str, names: Names) -> str:
    """`text` with `RIVAL` for much written about names, but for parts of the subject's own ("nike" of "nike air")."""
    parts, end = [], 0
    for _, start, stop in _finder().find_matches_as_indexes(text):
        name = text[start:stop]
        if _stands_alone(text, start, stop) and not any(name in own for own in folded(names.own)):
            parts += [text[end:start], RIVAL]
            end = stop
    return "".join([*parts, text[end:]])


def _stands_alone(text: str, start: int, stop: int) -> bool:
    before = _is_latin(text[start]) and start and _is_latin(text[start - 1])
    after = _is_latin(text[stop - 1]) and stop < len(text) and _is_latin(text[stop])
    return not before and not after


def _without_capitals(text: str, raw: str) -> str:
    """`text` with `RIVAL` for the words that `raw` writes with a capital."""
    names = {name.lower() for name in _CAPITAL.findall(raw)} - _ordinary()
    if not names:
        return text
    return _WORD.sub(lambda found: RIVAL if found[0] in names else found[0], text)


@cache
def _ordinary() -> frozenset[str]:
    return frozenset(config("target")["capitals"].split())
