"""SnowNLP's word segmentation: the same trigram model and the same Viterbi search, over many texts at once.

The package walks Python dictionaries of 1.3 million nested tuples, 3 ms a comment. Here the counts lie in sorted
arrays, and one step of the search handles a character of every text. Every sum and product is the package's own, in
its order, so the words are the same; ties are broken as it breaks them.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from math import log
from typing import Final

import numpy as np
import numpy.typing as npt

from sentiment.engines.snownlp_tables import Tables, code, load_tables

Floats = npt.NDArray[np.float64]

#: A tag says where in its word a character stands: 0 begin, 1 middle, 2 end, 3 single.
_END, _MIDDLE = 2, 1
#: Characters, gaps included, that are searched at a time.
_BATCH: Final = 20_000


class Segmenter:
    """Cuts runs of Han characters into words."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def cut(self, runs: Sequence[str]) -> list[list[str]]:
        """The words of each run; a run holds Han characters only."""
        order = sorted(range(len(runs)), key=lambda i: -len(runs[i]))
        words: list[list[str]] = [[] for _ in runs]
        for part in _parts(order, [len(run) for run in runs]):
            for i, tags in zip(part, self._tags([runs[i] for i in part]), strict=True):
                words[i] = _join(runs[i], tags)
        return words

    def _tags(self, runs: Sequence[str]) -> list[list[int]]:
        """The tags of each run. `runs` are sorted, longest first."""
        lengths = np.array([len(run) for run in runs])
        starts = np.cumsum(lengths) - lengths
        gain, known = self._gain(runs)
        score = np.full((len(runs), 4, 4), -np.inf)  # run, tag, tag before it
        score[:, 0, 0] = 0.0
        picks, ends = [], np.zeros(len(runs), np.int64)
        for t in range(int(lengths[0])):
            alive = int(np.searchsorted(-lengths, -t, "left"))
            here = starts[:alive] + t
            pick, score = _step(score[:alive], gain[here], known[here], 0 if t < 2 else 3)
            picks.append(pick)
            done = np.flatnonzero(lengths[:alive] == t + 1)
            ends[done] = score[done].reshape(-1, 16).argmax(axis=1)
        return [_walk_back(picks, row, len(run), int(ends[row])) for row, run in enumerate(runs)]

    def _gain(self, runs: Sequence[str]) -> tuple[Floats, npt.NDArray[np.bool_]]:
        """For each character of all runs: log probability by tag two back, tag before and own tag; is it known."""
        table = self._tables
        padded = [np.array([0, 0, *map(code, run)], np.int64) for run in runs]
        first, second, third = (np.concatenate([run[i : len(run) - 2 + i] for run in padded]) for i in range(3))
        one = table.uni(third)
        before, before_two = table.uni(second)[:, :, None], table.bi(first, second)[:, :, :, None]
        l1, l2, l3 = table.weights
        uni = l1 * (one / table.total)
        with np.errstate(divide="ignore", invalid="ignore"):
            bi = np.where(before == 0, 0.0, l2 * table.bi(second, third) / before)
            tri = np.where(before_two == 0, 0.0, l3 * table.tri(first, second, third) / before_two)
        return _logs((uni[:, None, :] + bi)[:, None, :, :] + tri), np.any(one > 0, axis=1)


def _logs(values: Floats) -> Floats:
    """math.log of each value, -inf for 0: numpy's own logarithm differs in the last bit on some machines."""
    distinct, place = np.unique(values, return_inverse=True)
    logs = np.array([log(value) if value else -np.inf for value in distinct.tolist()])
    return logs[place].reshape(values.shape)


def _step(
    score: Floats, gain: Floats, known: npt.NDArray[np.bool_], unseen: int
) -> tuple[npt.NDArray[np.int8], Floats]:
    """One character further: by run, tag and tag before it the best tag two back, and the score.

    Among equals the first wins. At a character that the model has never seen the package keeps the last state it
    meets, whatever its score: tag `unseen` two back.
    """
    back = score.transpose(0, 2, 1)  # run, tag two back, tag before
    came = back[:, :, :, None] + gain
    pick = came.argmax(axis=1)
    best = came.max(axis=1)  # run, tag before, tag
    if not known.all():
        pick[~known] = unseen
        best[~known] = back[~known, unseen][:, :, None]
    return pick.transpose(0, 2, 1).astype(np.int8), best.transpose(0, 2, 1)


def _walk_back(picks: list[npt.NDArray[np.int8]], row: int, length: int, end: int) -> list[int]:
    """The tags that led to `end` = 4 * last tag + the tag before it."""
    tag, before = divmod(end, 4)
    tags = [tag]
    for t in range(length - 1, 0, -1):
        tags.append(before)
        tag, before = before, int(picks[t][row, tag, before])
    return tags[::-1]


def _join(run: str, tags: Sequence[int]) -> list[str]:
    """The words of `run`. As in the package an end closes its word, a begin or single opens one."""
    words, word = [], ""
    for char, tag in zip(run, tags, strict=True):
        if tag == _END:
            words.append(word + char)
            word = ""
        elif tag == _MIDDLE:
            word += char
        else:
            words += [word] if word else []
            word = char
    return [*words, word] if word else words


def _parts(order: Sequence[int], lengths: Sequence[int]) -> Iterator[list[int]]:
    """`order` in parts of about `_BATCH` characters when each run takes the room of the longest."""
    part: list[int] = []
    for i in order:
        if part and (len(part) + 1) * lengths[part[0]] > _BATCH:
            yield part
            part = []
        part.append(i)
    if part:
        yield part


@cache
def segmenter() -> Segmenter:
    """SnowNLP's segmenter, made once a process."""
    return Segmenter(load_tables())
