"""A few numbers about each text beside its n-grams: sums over word lists and the lexicon, marks and length."""

from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from sentiment.lexicon import Lexicon, made
from sentiment.model.features import HAN, LETTER, LINE_END, Lines, word_hashes
from sentiment.model.normal import normal

#: The columns. Each sum is tamed: tanh(sum / 3).
LEANS: Final = (
    "words_positive", "words_negative", "terms_positive", "terms_negative", "emoji_positive", "emoji_negative",
    "echo", "irony", "negations", "exclaim", "question", "length", "han", "mixture", "any",
    "lesser_positive", "lesser_negative", "turned_positive", "turned_negative", "mocked", "asked",
    "mock", "ask", "rhetoric", "turn", "report",
)  # fmt: skip
TAME: Final = 3.0
#: A mark of irony, such as [doge], leaves half of what the rest says.
IRONY: Final = 0.5
#: How VADER turns a negated word.
_TURN: Final = -0.74
_REACH: Final = 3
#: The first columns are sums of what is good and what is bad, in turn.
_POLAR: Final = 6


class Hit(NamedTuple):
    """Something that adds `value` to column `column` of the text around the characters `start` to `end`."""

    column: int
    start: int
    end: int
    value: float


@cache
def _lexicon() -> Lexicon:
    return made(lambda term: normal([term]))


@cache
def _words() -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.float32]]:
    """Hashes of VADER's words, in order, and their valence in [-4, 4]."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    listed = SentimentIntensityAnalyzer().lexicon
    plain = {word: valence for word, valence in listed.items() if word.isascii() and word.isalpha()}
    hashes = word_hashes(list(plain))
    order = np.argsort(hashes)
    return hashes[order], np.fromiter(plain.values(), np.float32)[order]


Hits = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.float64]]


def leans(lines: Lines, hits: Hits | None = None) -> npt.NDArray[np.float32]:
    """The columns `LEANS` of each text; `hits` are those of `all_hits`, where they are known already."""
    columns, starts, _, values = hits or all_hits(lines)
    size = lines.count * len(LEANS)
    sums = np.bincount(lines.rows[starts] * len(LEANS) + columns, values, minlength=size)
    found = np.tanh(sums.reshape(lines.count, len(LEANS)) / TAME).astype(np.float32)
    lengths = np.bincount(lines.rows, lines.kinds != LINE_END, minlength=lines.count)[: lines.count]
    han = np.bincount(lines.rows, lines.kinds == HAN, minlength=lines.count)[: lines.count]
    found[:, LEANS.index("length")] = np.log1p(lengths) / 6
    found[:, LEANS.index("han")] = han / np.maximum(lengths, 1)
    letters = np.bincount(lines.rows, lines.kinds == LETTER, minlength=lines.count)[: lines.count]
    found[:, LEANS.index("mixture")] = 2 * np.minimum(han, letters) / np.maximum(lengths, 1)
    found[:, LEANS.index("any")] = 1
    return found


def all_hits(lines: Lines) -> Hits:
    """All that adds to the sums: columns, starts, ends and values as parallel arrays."""
    found = _joined([_as_arrays(list(_lexicon_hits(lines))), *_word_hits(lines)])
    return _joined([*_by_place(lines, found), *_mark_hits(lines), *_cue_hits(lines)])


def _joined(hits: list[Hits]) -> Hits:
    columns, starts, ends, values = (np.concatenate(parts) for parts in zip(*hits, strict=True))
    return columns, starts, ends, values


def _by_place(lines: Lines, hits: Hits) -> Iterator[Hits]:
    """`hits` with what others think and what is granted in columns of its own, and once more what stands behind "but"
    and the praise in texts that mock or ask."""
    columns, starts, _, _ = hits
    polar, good = columns < _POLAR, columns % 2 == 0
    lesser = polar & lines.lesser[starts]
    apart = np.where(good, LEANS.index("lesser_positive"), LEANS.index("lesser_negative"))
    yield np.where(lesser, apart, columns), *hits[1:]
    turned = polar & ~lesser & lines.turned[starts]
    yield _again(hits, turned, np.where(good, LEANS.index("turned_positive"), LEANS.index("turned_negative")))
    for sort, name in (("mock", "mocked"), ("ask", "asked")):
        rows = np.zeros(lines.count, bool)
        rows[lines.rows[lines.cues.of(sort)[0]]] = True
        yield _again(hits, polar & good & rows[lines.rows[starts]], np.full(len(columns), LEANS.index(name)))


def _again(hits: Hits, chosen: npt.NDArray[np.bool_], columns: npt.NDArray[np.int64]) -> Hits:
    _, starts, ends, values = hits
    return columns[chosen], starts[chosen], ends[chosen], values[chosen]


def _cue_hits(lines: Lines) -> Iterator[Hits]:
    """Words that say how the rest is meant."""
    for sort in ("mock", "ask", "rhetoric", "turn", "report"):
        starts, ends = lines.cues.of(sort)
        yield np.full(len(starts), LEANS.index(sort)), starts, ends, np.ones(len(starts))


def _as_arrays(hits: list[Hit]) -> Hits:
    columns, starts, ends, values = zip(*hits, strict=True) if hits else ((), (), (), ())
    return np.array(columns, np.int64), np.array(starts, np.int64), np.array(ends, np.int64), np.array(values, float)


def _lexicon_hits(lines: Lines) -> Iterator[Hit]:
    """What the lexicon finds."""
    for hit in _lexicon().hits_in(lines.text):
        if hit.entry.role:
            yield Hit(LEANS.index(hit.entry.role), hit.start, hit.end, 1.0)
        elif hit.weight:
            sort = "terms" if hit.entry.lang else "emoji"
            sign = "positive" if hit.weight > 0 else "negative"
            yield Hit(LEANS.index(f"{sort}_{sign}"), hit.start, hit.end, abs(hit.weight))


def _word_hits(lines: Lines) -> Iterator[Hits]:
    """VADER's words, turned by negations before them, and negations."""
    words, (hashes, valences) = lines.words, _words()
    place = np.minimum(np.searchsorted(hashes, words.hashes), len(hashes) - 1)
    known = np.flatnonzero(hashes[place] == words.hashes)
    values = valences[place[known]] * np.where(words.near_negation(_REACH)[known], _TURN, 1.0)
    columns = np.where(values > 0, LEANS.index("words_positive"), LEANS.index("words_negative"))
    yield columns, words.starts[known], words.ends[known], np.abs(values)
    negations = np.flatnonzero(words.is_negation)
    columns = np.full(len(negations), LEANS.index("negations"))
    yield columns, words.starts[negations], words.ends[negations], np.ones(len(negations))


def _mark_hits(lines: Lines) -> Iterator[Hits]:
    for mark, name in (("!", "exclaim"), ("?", "question")):
        places = np.flatnonzero(lines.codes == ord(mark))
        yield np.full(len(places), LEANS.index(name)), places, places + 1, np.ones(len(places))


def strength(found: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """How much of its logits each text keeps, `found` being its columns."""
    return np.where(found[:, LEANS.index("irony")] > 0, np.float32(IRONY), np.float32(1))
