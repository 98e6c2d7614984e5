"""Blocks on our own lists of hard texts, the rehearsal and the challenge."""

from pathlib import Path

import numpy as np

from sentiment import engines
from sentiment.learning.judging import macro_f1
from sentiment.training.card.figures import Answers, Labels, answers, calibration_error, interval, truth_of
from sentiment.training.card.page import table
from sentiment.training.texts import own_texts


def kinds(path: Path) -> str:
    """Every engine by kind of text and over all, ours with an interval. Scores each text of the list once."""
    rows, about = zip(*own_texts(path), strict=True)
    truth = truth_of(rows)
    said = {name: answers(name, [row.text for row in rows]) for name in engines()}
    groups = {kind: np.array([each == kind for each in about]) for kind in dict.fromkeys(about)}
    figures = [_row(kind, truth[group], [one.of(group) for one in said.values()]) for kind, group in groups.items()]
    own, *others = engines()
    every = [[name, f"{macro_f1(truth, one.labels):.3f}", spread(truth, one)] for name, one in said.items()]
    return "\n\n".join(
        [
            table(["kind", "texts", own, "95 % interval", *others, "calibration error"], figures),
            table([f"all {len(rows)} texts", "macro-F1", "95 % interval"], every),
        ]
    )


def spread(truth: Labels, said: Answers) -> str:
    """The 95 % interval of macro-F1."""
    low, high = interval(truth, said.labels)
    return f"{low:.3f} .. {high:.3f}"


def _row(kind: str, truth: Labels, said: list[Answers]) -> list[str]:
    own, *others = [f"{macro_f1(truth, one.labels):.3f}" for one in said]
    return [kind, str(len(truth)), own, spread(truth, said[0]), *others, f"{calibration_error(truth, said[0]):.3f}"]
