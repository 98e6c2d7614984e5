"""Blocks on sentiment toward a subject.

Each engine reads the whole text and the clauses that name the subject, ours also in its own way.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from sentiment import Scorer, Sentiment, engines
from sentiment.learning.judging import macro_f1
from sentiment.toward import about, part_about
from sentiment.training.card.figures import Answers, Labels, calibration_error, columns
from sentiment.training.card.lists import spread
from sentiment.training.card.page import table
from sentiment.training.target import DEVELOPING, Labelled, is_held_out, labelled, written
from sentiment.training.texts import CLASSES

_WAYS: Final = ("toward", "clauses", "whole text")


def developed(folder: Path) -> str:
    """The texts held out of `folder`'s target-train.csv.gz, and those that the rules were made with."""
    held_out = [row for row in labelled(folder / "target-train.csv.gz") if is_held_out(row.text)]
    groups = {
        "tweets about one of many people and products (acl14), held out": [r for r in held_out if r.kind != "mams"],
        "restaurant sentences with several targets (MAMS), held out": [r for r in held_out if r.kind == "mams"],
        "texts developed with": written(DEVELOPING),
    }
    return by_way(groups)


def challenged(path: Path) -> str:
    """The list that the rules were not made with, over all and by kind."""
    rows = written(path)
    return f"{by_way({'challenge texts': rows})}\n\n{by_kind(rows)}"


def by_way(groups: Mapping[str, list[Labelled]]) -> str:
    """A row a group and way of reading, a column an engine; then how well ours knows itself."""
    rows = [row for title, group in groups.items() for row in _ways(title, group)]
    return table(["texts", "number", "read", *engines(), "calibration error", "95 % interval"], rows)


def _ways(title: str, rows: list[Labelled]) -> Iterator[list[str]]:
    truth = _labels(rows)
    for way in _WAYS:
        able = engines() if way != "toward" else engines()[:1]
        said = {engine: answers(engine, way, rows) for engine in able}
        figures = [f"{macro_f1(truth, said[engine].labels):.3f}" if engine in said else "" for engine in engines()]
        own = said[engines()[0]]
        yield [title, f"{len(rows):,}", way, *figures, f"{calibration_error(truth, own):.3f}", spread(truth, own)]


def by_kind(rows: list[Labelled]) -> str:
    """What our engine makes of each kind of text, in its own way and from the clauses."""
    said = [answers(engines()[0], way, rows) for way in ("toward", "clauses")]
    truth = _labels(rows)
    groups = {kind: np.array([row.kind == kind for row in rows]) for kind in dict.fromkeys(row.kind for row in rows)}
    figures = [
        [kind, str(chosen.sum()), *(f"{macro_f1(truth[chosen], one.labels[chosen]):.3f}" for one in said)]
        for kind, chosen in groups.items()
    ]
    return table(["kind", "number", "toward", "clauses"], figures)


def answers(engine: str, way: str, rows: Sequence[Labelled]) -> Answers:
    """What `engine` says of each row, reading in one of `_WAYS`; no answer counts as neutral."""
    found: dict[Labelled, Sentiment] = {}
    with Scorer(engine) as scorer:
        # Each list of aliases is a call of its own: together they would tell one row the names of another.
        for aliases in dict.fromkeys(row.aliases for row in rows):
            some = [row for row in rows if row.aliases == aliases]
            pairs = [(row.text, row.subject) for row in some]
            names = {row.subject: aliases for row in some if aliases}
            if way == "toward":
                said = scorer.score_toward(pairs, names)
            else:
                whole = way == "whole text"
                said = scorer.score([one.text if whole else part_about(one) for one in about(pairs, names)])
            found.update(zip(some, said, strict=True))
    return columns([found[row] for row in rows])


def _labels(rows: Sequence[Labelled]) -> Labels:
    return np.array([CLASSES.index(row.label) for row in rows])
