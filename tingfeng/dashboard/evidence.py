"""Which words of a mention speak for its label, what its slang means, and how all of it adds up."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from sentiment import Gloss, Sentiment
from tingfeng.dashboard.figures import signed
from tingfeng.dashboard.safe import Span

#: How many words are listed; the lighter ones are marked lightly and summed up.
WORDS_SHOWN: Final = 8


@dataclass(frozen=True)
class Word:
    """A stretch of text, how strongly it pulls toward positive (+) or negative, and what it means if it is slang."""

    text: str
    weight: float
    meaning: str = ""


@dataclass(frozen=True)
class Marks:
    """Spans of one text with their style, and what a mark says when it is pointed at."""

    spans: list[tuple[Span, str]]
    titles: Mapping[Span, str]


@dataclass(frozen=True)
class Sum:
    """Words + rest = lean, in logits toward positive; rounded so that they add up as they are shown."""

    words: float
    rest: float
    lean: float


@dataclass(frozen=True)
class Evidence:
    """Marks in title and text, and the words themselves, the weightiest first; `sum` where the engine's weights add up.

    Styles are positive and negative, weak for a word that is not listed, end for the last piece of one that is, slang.
    """

    title: Marks
    text: Marks
    words: list[Word]
    sum: Sum | None


def evidence(
    title: str | None, scored: str, found: Sentiment, glosses: Sequence[Gloss] = (), language: str = "en"
) -> Evidence:
    """Where the spans of `found` and the `glosses` stand; both count characters of `scored`: title, line break, text.

    Meanings are in `language`, en or zh.
    """
    border = len(title) + 1 if title else 0
    meanings = {(gloss.start, gloss.end): gloss.zh if language == "zh" else gloss.en for gloss in glosses}
    weights = {(start, end): weight for start, end, weight in found.spans}
    words = _united(
        [Word(scored[start:end], weight, _meaning((start, end), meanings)) for start, end, weight in found.spans]
    )
    listed = {word.text for word in words[:WORDS_SHOWN]}
    weak = {(start, end) for start, end in weights if scored[start:end] not in listed}
    marks = [(piece, *_mark(piece, weights, weak, meanings)) for piece in _pieces(border, [*weights, *meanings])]
    marks = [mark for mark in marks if mark[1]]
    return Evidence(
        title=_marks([mark for mark in marks if mark[0][0] < border], 0),
        text=_marks([mark for mark in marks if mark[0][0] >= border], border),
        words=words,
        sum=_sum(found),
    )


def _pieces(border: int, spans: Sequence[Span]) -> list[Span]:
    """The text cut wherever a span begins or ends, or the title ends."""
    cuts = sorted({border, *(end for span in spans for end in span)})
    return list(pairwise(cuts))


def _mark(
    piece: Span, weights: Mapping[Span, float], weak: Collection[Span], meanings: Mapping[Span, str]
) -> tuple[str, str]:
    """The style of a piece and what it says; both empty where nothing covers it."""
    styles, said = [], []
    for span, weight in weights.items():
        if _covers(span, piece):
            styles.append("positive" if weight > 0 else "negative")
            styles += ["weak"] if span in weak else ["end"] if span[1] == piece[1] else []
            said.append(signed(weight))
    meaning = next((meaning for span, meaning in meanings.items() if _covers(span, piece)), None)
    if meaning is not None:
        styles.append("slang")
        said.append(meaning)
    return " ".join(styles), " · ".join(said)


def _covers(span: Span, piece: Span) -> bool:
    return span[0] <= piece[0] and piece[1] <= span[1]


def _marks(marks: Sequence[tuple[Span, str, str]], shift: int) -> Marks:
    moved = [((start - shift, end - shift), style, title) for (start, end), style, title in marks]
    return Marks([(span, style) for span, style, _ in moved], {span: title for span, _, title in moved})


def _meaning(word: Span, meanings: Mapping[Span, str]) -> str:
    """What the slang means that a word is or is part of."""
    return next((meaning for span, meaning in meanings.items() if span[0] < word[1] and word[0] < span[1]), "")


def _sum(found: Sentiment) -> Sum | None:
    if found.rest is None:
        return None
    words = sum(weight for *_, weight in found.spans)
    said, lean = round(words, 2), round(words + found.rest, 2)
    return Sum(said, round(lean - said, 2), lean)


def _united(said: Sequence[Word]) -> list[Word]:
    """Each word once, with the weight of all its places, the weightiest first."""
    united: dict[str, Word] = {}
    for word in said:
        before = united.get(word.text)
        united[word.text] = Word(word.text, word.weight + (before.weight if before else 0.0), word.meaning)
    return sorted(united.values(), key=lambda word: -abs(word.weight))
