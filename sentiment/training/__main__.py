"""Trains the model that ships: `python -m sentiment.training FOLDER [OUT [WITHOUT]]`.

FOLDER holds the labelled texts (train-clear, train-unclear, valid and, where there is one, teacher-en, as .csv.gz).
Makes the model of whole texts, and after it, where OUT is not given, the model toward a subject, which builds on it.
WITHOUT names a source that is left out, so that the model can be tried on texts of a kind that it has not seen.
Takes about four minutes on two cores and 5 GB of memory. The same input gives the same files.
"""

import sys
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from sentiment.model.features import BITS
from sentiment.model.weights import MODEL, Weights
from sentiment.training import target
from sentiment.training.calibration import temperatures
from sentiment.training.fitting import NEUTRAL, Floats, Task, balanced, fit
from sentiment.training.matrix import LEAN_SCALE, matrix
from sentiment.training.phrases import own_examples
from sentiment.training.texts import CLASSES, Example, heads, parted, teacher, training_examples
from tingfeng.home import config

SEED: Final = 7
#: Weights are kept as small integers up to this one, which stands for so many logits. A few hundred of six million are
#: larger; a coarser unit for their sake would blur all others.
_LARGEST: Final = 127
_MOST: Final = 3.0
#: Weights below this many logits change nothing that anybody sees.
_LEAST: Final = 0.02


def main(folder: Path, out: Path, without: str = "") -> None:
    """Train on the texts in `folder`, none of the source `without`, and write the model to `out`."""
    rows = [row for row in training_examples(folder) if row.source != without]
    kept, aside = parted(rows)
    own = own_examples(folder)
    soft = folder / "teacher-en.csv.gz"
    card: dict[str, object] = {"name": "tingfeng", "version": config("model")["version"]}
    # How sure the model may be shows on texts that it has not seen; then it learns from these, too.
    card["temperatures"] = temperatures(aside, packed(fit(task([*kept, *own], soft), SEED), card))
    packed(fit(task([*rows, *own], soft), SEED), card).write(out)
    if out == MODEL:
        target.main(folder)


def task(rows: list[Example], soft: Path) -> Task:
    """What is to be learned from `rows`."""
    settings = config("model")
    labels = np.array([CLASSES.index(row.label) for row in rows])
    names = sorted({row.source for row in rows})
    source = np.array([names.index(row.source) for row in rows])
    # Sources without a neutral row know two classes.
    polar = {name for name in names if NEUTRAL not in labels[source == names.index(name)]}
    weight_of = np.array([settings["source_weights"].get(name, 1.0) for name in names], np.float32)
    counts = balanced(labels, source, weight_of, settings["class_power"])
    counts *= np.array([row.weight for row in rows], np.float32)
    return Task(
        rows=matrix(heads(rows)),
        wanted=_wanted(labels, rows, soft),
        counts=counts,
        source=source,
        polar=np.array([row.source in polar for row in rows]),
        biased=np.array([name not in settings["unbiased_sources"] for name in names]),
    )


def _wanted(labels: npt.NDArray[np.int64], rows: list[Example], soft: Path) -> Floats:
    """The labels as probabilities, mixed with the teacher's where it read the text."""
    shares = config("model")["teacher_shares"]
    wanted = np.eye(len(CLASSES), dtype=np.float32)[labels]
    for number, probabilities in (teacher(soft, rows) if soft.exists() else {}).items():
        share = shares.get(rows[number].source, shares["other"])
        wanted[number] = (1 - share) * wanted[number] + share * np.array(probabilities, np.float32)
    return wanted


def packed(learned: Floats, card: dict[str, object]) -> Weights:
    """The poles' weights against neutral's, as small integers; what is next to nothing becomes nothing."""
    poles = learned[:, [0, 2]] - learned[:, [NEUTRAL]]
    grams, leans = poles[: 1 << BITS], poles[1 << BITS :] * LEAN_SCALE
    unit = min(float(np.abs(grams).max()), _MOST) / _LARGEST
    small = np.where(np.abs(grams) < _LEAST, 0, np.rint(grams / unit).clip(-_LARGEST, _LARGEST)).astype(np.int8)
    return Weights(np.ascontiguousarray(small), unit, leans, card)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else MODEL, *sys.argv[3:])
