"""Figures of all engines toward a subject: `python -m sentiment.training.target_card FOLDER`.

Prints the table of docs/sentiment.md. FOLDER holds target-train.csv.gz, of which one text in ten is held out; the other
two lists stand beside this file. Each engine reads the whole text and the clauses that name the subject, the first one
also in its own way.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from sentiment import Scorer, Sentiment, engines
from sentiment.toward import about, part_about
from sentiment.training.card import Answers, calibration_error, columns, interval, macro_f1
from sentiment.training.target import CHALLENGE, DEVELOPING, Labelled, is_held_out, labelled, written
from sentiment.training.texts import CLASSES

_WAYS: Final = ("toward", "clauses", "whole text")


def main(folder: Path) -> None:
    """Print the tables."""
    held_out = [row for row in labelled(folder / "target-train.csv.gz") if is_held_out(row.text)]
    groups = {
        "tweets about one of many people and products (acl14), held out": [r for r in held_out if r.kind != "mams"],
        "restaurant sentences with several targets (MAMS), held out": [r for r in held_out if r.kind == "mams"],
        "texts developed with": written(DEVELOPING),
        "challenge texts": written(CHALLENGE),
    }
    print(*table(groups), "", sep="\n")
    print(*kinds(written(CHALLENGE)), sep="\n")


def table(groups: dict[str, list[Labelled]]) -> Iterator[str]:
    """A row a group and way of reading, a column an engine; then how well the first one knows itself."""
    yield f"| texts | number | read | {' | '.join(engines())} | calibration error | 95 % interval |"
    yield f"|---|---|---|{'---|' * len(engines())}---|---|"
    for title, rows in groups.items():
        truth = _labels(rows)
        for way in _WAYS:
            said = {
                engine: answers(engine, way, rows) for engine in engines() if way != "toward" or engine == engines()[0]
            }
            figures = [f"{macro_f1(truth, said[engine].labels):.3f}" if engine in said else "" for engine in engines()]
            own = said[engines()[0]]
            low, high = interval(truth, own.labels)
            yield (
                f"| {title} | {len(rows):,} | {way} | {' | '.join(figures)} | {calibration_error(truth, own):.3f} "
                f"| {low:.3f} .. {high:.3f} |"
            )


def kinds(rows: list[Labelled]) -> Iterator[str]:
    """What the first engine makes of each kind of text, in its own way and from the clauses."""
    yield "| kind | number | toward | clauses |\n|---|---|---|---|"
    said = [answers(engines()[0], way, rows) for way in ("toward", "clauses")]
    for kind in dict.fromkeys(row.kind for row in rows):
        chosen = np.array([row.kind == kind for row in rows])
        figures = [f"{macro_f1(_labels(rows)[chosen], one.labels[chosen]):.3f}" for one in said]
        yield f"| {kind} | {chosen.sum()} | {' | '.join(figures)} |"


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


def _labels(rows: Sequence[Labelled]) -> np.ndarray:
    return np.array([CLASSES.index(row.label) for row in rows])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
