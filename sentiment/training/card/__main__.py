"""Writes the figures of docs/sentiment.md: `python -m sentiment.training.card FOLDER [--without-challenge]`.

FOLDER holds the labelled texts, as for training. The challenge texts are for the end: each run but the last is made
with --without-challenge, which leaves their two blocks as they stand. Takes a minute or two on one core.
"""

import argparse
from collections.abc import Callable
from pathlib import Path

from sentiment.training.card import page
from sentiment.training.card.lists import kinds
from sentiment.training.card.plot import reliability_plot
from sentiment.training.card.robustness import flips
from sentiment.training.card.sizes import sizes, speeds
from sentiment.training.card.sources import data
from sentiment.training.card.toward import challenged, developed
from sentiment.training.card.validation import Validation
from sentiment.training.target import CHALLENGE as TARGET_CHALLENGE
from sentiment.training.texts import CHALLENGE, REHEARSAL, examples


def main(folder: Path, *, with_challenge: bool) -> None:
    """Write the blocks and the plot."""
    valid = examples(folder / "valid.csv.gz")
    figures = Validation(valid)
    made: dict[str, Callable[[], str]] = {
        "data": lambda: data(folder, valid),
        "languages": figures.languages,
        "sources": figures.sources,
        "confusion": figures.confusion,
        "calibration": figures.calibration,
        "robustness": lambda: flips(valid),
        "rehearsal": lambda: kinds(REHEARSAL),
        "toward": lambda: developed(folder),
        "size": sizes,
    }
    if with_challenge:
        made |= {"challenge": lambda: kinds(CHALLENGE), "toward-challenge": lambda: challenged(TARGET_CHALLENGE)}
    page.write({name: make() for name, make in made.items()} | speeds())
    (page.IMAGES / "reliability.svg").write_text(reliability_plot(figures.bins()), encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m sentiment.training.card")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--without-challenge", action="store_true")
    chosen = parser.parse_args()
    main(chosen.folder, with_challenge=not chosen.without_challenge)
