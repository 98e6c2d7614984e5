"""Which parts of a marked text are about its subject: the clauses that name it, and those that go on about it."""

import re
from typing import Final, NamedTuple

from sentiment.target.places import RIVAL, SUBJECT
from tingfeng.home import config

_CONTRAST: Final = config("target")["contrast"]
_TURN: Final = rf"(?<![a-z])(?:{'|'.join(_CONTRAST['en'])})(?![a-z'])|{'|'.join(_CONTRAST['zh'])}"
_BORDER = re.compile(rf"[!?;。…~]+|[.,:]+(?![a-z0-9])|\s-+\s|(?P<turn>{_TURN})")
_TOPIC: Final = config("target")["new_topic"]
_OPENS = re.compile(rf"\s*[^\W\da-z{_TOPIC['not']}][\u3400-\u9fff]{{1,3}}?(?:{'|'.join(_TOPIC['behind'])})")
_OPENED = re.compile(rf"\s*{SUBJECT}")
_NAME = re.compile(f"[{SUBJECT}{RIVAL}]")
#: Words on either side of a name that stand near it.
_NEAR: Final = 4


class Parts(NamedTuple):
    """Texts without names: all, what is about the subject, its verdict behind the last turn, the clauses that name it,
    what stands before and behind the name in the first of these, and the words near it."""

    whole: str
    about: str
    last: str
    naming: str
    before: str
    behind: str
    near: str


def parts(marked: str) -> Parts:
    """The parts of a text that names its subject."""
    clauses = _clauses(marked)
    about = _about(clauses)
    turns = [number for number, (_, turned) in enumerate(about) if turned]
    naming = [text for text, _ in clauses if SUBJECT in text]
    before, _, behind = naming[0].partition(SUBJECT)
    words_before, _, words_behind = marked.partition(SUBJECT)
    near = [*words_before.split(" ")[-_NEAR - 1 :], *words_behind.split(" ")[: _NEAR + 1]]
    return Parts(
        *map(
            _plain,
            (
                marked,
                ",".join(text for text, _ in about),
                ",".join(text for text, _ in about[turns[-1] if turns else 0 :]),
                ",".join(naming),
                before,
                behind,
                " ".join(near),
            ),
        )
    )


def _plain(text: str) -> str:
    return _NAME.sub(" ", text)


def _clauses(marked: str) -> list[tuple[str, bool]]:
    """`marked` cut at marks and at words of contrast, which belong to neither side; whether such a word led to each."""
    found: list[tuple[str, bool]] = []
    start, turned = 0, False
    for border in _BORDER.finditer(marked):
        if marked[start : border.start()].strip():
            found.append((marked[start : border.start()], turned))
            turned = False
        turned = turned or border["turn"] is not None
        start = border.end()
    return [*found, (marked[start:], turned)] if marked[start:].strip() else found


def _about(clauses: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """The clauses that name the subject, each with those behind it up to one that names or must mean somebody else."""
    found, going, opened = [], False, False
    for text, turned in clauses:
        if SUBJECT in text:
            going, opened = True, _OPENED.match(text) is not None
        elif RIVAL in text or (opened and _OPENS.match(text)):
            going = False
        if going:
            found.append((text, turned))
    return found
