"""Figures of all engines on texts that none was trained on: `python -m sentiment.training.card FOLDER`.

Prints the tables of docs/sentiment.md. FOLDER holds valid.csv.gz. The challenge texts stand beside this file, written
and labelled by somebody who had seen neither the lexicon nor the model; so were the rehearsal texts, which were looked
at while the model was made.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from sentiment import Scorer, Sentiment, engines
from sentiment.training.texts import CHALLENGE, CLASSES, REHEARSAL, Example, examples, own_texts

_NEGATIVE, _NEUTRAL, _POSITIVE = range(3)
_RESAMPLES: Final = 1000
_BINS: Final = 10

Labels = npt.NDArray[np.int64]
Chosen = npt.NDArray[np.bool_]


class Answers(NamedTuple):
    """What an engine said to some texts, as columns: number of the label in `CLASSES`, score, confidence."""

    labels: Labels
    scores: npt.NDArray[np.float64]
    confidences: npt.NDArray[np.float64]

    def of(self, rows: Chosen) -> "Answers":
        """Those of some rows."""
        return Answers(self.labels[rows], self.scores[rows], self.confidences[rows])


def answers(engine: str, texts: Sequence[str]) -> Answers:
    """What `engine` says; no answer counts as neutral, with the confidence of a guess."""
    with Scorer(engine) as scorer:
        return columns(scorer.score(texts))


def columns(found: Sequence[Sentiment]) -> Answers:
    """Sentiments as columns."""
    return Answers(
        np.array([CLASSES.index(one.label or "neutral") for one in found]),
        np.array([one.score or 0.0 for one in found]),
        np.array([one.confidence or 1 / 3 for one in found]),
    )


def macro_f1(truth: Labels, said: Labels) -> float:
    """The mean, over the classes that occur in `truth`, of F1 = 2 TP / (2 TP + FP + FN)."""
    hits = [np.sum((truth == one) & (said == one)) for one in np.unique(truth)]
    both = [np.sum(truth == one) + np.sum(said == one) for one in np.unique(truth)]
    return float(np.mean([2 * right / of for right, of in zip(hits, both, strict=True)]))


def quality(truth: Labels, said: Answers) -> float:
    """Macro-F1; of the score's sign where no text is neutral, because an engine may well say that one is."""
    if _NEUTRAL in truth:
        return macro_f1(truth, said.labels)
    return macro_f1(truth, np.where(said.scores > 0, _POSITIVE, _NEGATIVE))


def calibration_error(truth: Labels, said: Answers) -> float:
    """Expected calibration error over ten equal bins of confidence (Guo et al. 2017)."""
    bins = np.minimum((said.confidences * _BINS).astype(int), _BINS - 1)
    off = said.confidences - (truth == said.labels)
    return float(sum(abs(off[bins == one].sum()) for one in range(_BINS)) / len(truth))


def interval(truth: Labels, said: Labels) -> tuple[float, float]:
    """The middle 95 % of macro-F1 over resampled texts (bootstrap, seed 7)."""
    chance = np.random.default_rng(7)
    picks = [chance.integers(0, len(truth), len(truth)) for _ in range(_RESAMPLES)]
    low, high = np.quantile([macro_f1(truth[pick], said[pick]) for pick in picks], [0.025, 0.975])
    return float(low), float(high)


def table(title: str, rows: Sequence[Example], groups: Sequence[str], said: dict[str, Answers]) -> Iterator[str]:
    """A Markdown table: a row a group, a column an engine, and how well the first one knows itself."""
    truth = np.array([CLASSES.index(row.label) for row in rows])
    own = next(iter(said))
    yield f"| {title} | texts | {' | '.join(said)} | calibration error of {own} |"
    yield f"|---|---|{'---|' * len(said)}---|"
    for group in dict.fromkeys(groups):
        chosen = np.array([each == group for each in groups])
        figures = " | ".join(f"{quality(truth[chosen], one.of(chosen)):.3f}" for one in said.values())
        three = _NEUTRAL in truth[chosen]
        error = f"{calibration_error(truth[chosen], said[own].of(chosen)):.3f}" if three else ""
        yield f"| {group} | {chosen.sum():,} | {figures} | {error} |"


def main(folder: Path) -> None:
    """Print the tables."""
    valid = examples(folder / "valid.csv.gz")
    three = {row.source for row in valid if row.label == "neutral"}
    said = {name: answers(name, [row.text for row in valid]) for name in engines()}
    print(*table("texts", valid, [_kind(row, three) for row in valid], said), "", sep="\n")
    print(*table("source", valid, [row.source for row in valid], said), "", sep="\n")
    for path in (CHALLENGE, REHEARSAL):
        _print_own(path)


def _print_own(path: Path) -> None:
    """The tables of one of our own lists."""
    rows, about = zip(*own_texts(path), strict=True)
    said = {name: answers(name, [row.text for row in rows]) for name in engines()}
    print(*table(path.stem, rows, about, said), "", sep="\n")
    truth = np.array([CLASSES.index(row.label) for row in rows])
    print(f"| all {path.stem} texts | macro-F1 | 95 % interval |\n|---|---|---|")
    for name, one in said.items():
        low, high = interval(truth, one.labels)
        print(f"| {name} | {macro_f1(truth, one.labels):.3f} | {low:.3f} .. {high:.3f} |")
    print()


def _kind(row: Example, three: set[str]) -> str:
    language = {"zh": "Chinese", "en": "English", "mix": "mixed"}[row.lang]
    return f"{language}, {'three' if row.source in three else 'two'} classes"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
