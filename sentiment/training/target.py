"""Trains the model toward a subject, on texts whose labels are meant for one of the names in them.

Its features hold what the document model says, so it is trained after that, with the file that ships:
`python -m sentiment.training.target FOLDER [OUT]`, about a minute.
"""

import csv
import gzip
import hashlib
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from scipy import sparse

from sentiment.model.normal import normal
from sentiment.model.weights import Weights
from sentiment.target.features import BITS, grams
from sentiment.target.places import SUBJECT, Names, marked
from sentiment.target.reading import BATCH, numbers_of, trained_logits
from sentiment.target.weights import MODEL, TargetWeights
from sentiment.training.calibration import best
from sentiment.training.fitting import NEUTRAL, Floats, Task, balanced, fit
from sentiment.training.texts import CLASSES

DEVELOPING: Final = Path(__file__).with_name("targets-dev.csv")
CHALLENGE: Final = Path(__file__).with_name("targets-challenge.csv")

_SEED: Final = 7
_EPOCHS: Final = 6
_STEP: Final = 0.25
_CLASS_POWER: Final = 0.8
#: What features are multiplied by: smaller ones make smaller steps.
_WORDS: Final = 0.42
_NUMBERS: Final = 0.6
_LARGEST: Final = 127
#: One text in so many is held out.
_HELD_OUT: Final = 10


class Labelled(NamedTuple):
    """A text with a label toward `subject`; `kind` is its source, or what it is an example of."""

    text: str
    subject: str
    aliases: tuple[str, ...]
    label: str
    kind: str
    lang: str


def labelled(path: Path) -> list[Labelled]:
    """The rows of a gzip CSV with the columns text, target, label, lang, source."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return [
            Labelled(row["text"], row["target"], (), row["label"], row["source"], row["lang"])
            for row in csv.DictReader(file)
        ]


def written(path: Path) -> list[Labelled]:
    """The rows of a CSV with the columns text, subject, aliases (parted by |), label, kind, lang."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Labelled(
                row["text"], row["subject"], tuple(filter(None, row["aliases"].split("|"))), row["label"],
                row["kind"], row["lang"],
            )
            for row in csv.DictReader(file)
        ]  # fmt: skip


def is_held_out(text: str) -> bool:
    """Whether a text is kept from the weights, one in ten by the hash of its normal form."""
    return int(hashlib.sha1(normal([text]).encode(), usedforsecurity=False).hexdigest()[:8], 16) % _HELD_OUT == 0


def main(folder: Path, out: Path = MODEL) -> None:
    """Train on the texts in `folder` and write the model to `out`."""
    train(labelled(folder / "target-train.csv.gz"), Weights.read()).write(out)


def train(rows: Sequence[Labelled], document: Weights) -> TargetWeights:
    """Weights learned from the rows that are not held out, and how sure they may be by those that are."""
    texts = marked([row.text for row in rows], [Names((row.subject,)) for row in rows])
    named = [i for i, text in enumerate(texts) if SUBJECT in text]
    held_out = np.array([is_held_out(rows[i].text) for i in named])
    kept = [i for i, out in zip(named, held_out, strict=True) if not out]
    aside = [i for i, out in zip(named, held_out, strict=True) if out]
    learned = fit(_task([texts[i] for i in kept], [rows[i] for i in kept], document), _SEED, _EPOCHS, _STEP)
    found = _packed(learned, {"name": "target", "document": document.mark})
    poles = trained_logits([texts[i] for i in aside], document, found)
    three = np.column_stack([poles[:, 0], np.zeros(len(poles)), poles[:, 1]]).astype(np.float32)
    found.card["temperature"] = best(three, _labels([rows[i] for i in aside]))
    return found


def _labels(rows: Iterable[Labelled]) -> np.ndarray:
    return np.array([CLASSES.index(row.label) for row in rows])


def _task(texts: list[str], rows: list[Labelled], document: Weights) -> Task:
    labels = _labels(rows)
    names = sorted({row.kind for row in rows})
    source = np.array([names.index(row.kind) for row in rows])
    return Task(
        rows=sparse.vstack([_matrix(texts[at : at + BATCH], document) for at in range(0, len(texts), BATCH)], "csr"),
        wanted=np.eye(len(CLASSES), dtype=np.float32)[labels],
        counts=balanced(labels, source, np.ones(len(names), np.float32), _CLASS_POWER),
        source=source,
        polar=np.zeros(len(rows), bool),
        biased=np.ones(len(names), bool),
    )


def _matrix(texts: list[str], document: Weights) -> sparse.csr_matrix:
    words = grams(texts)
    shape = (len(texts), 1 << BITS)
    hashed = sparse.csr_matrix((words.values * np.float32(_WORDS), (words.rows, words.buckets)), shape)
    return sparse.hstack(
        [hashed, sparse.csr_matrix(numbers_of(texts, document) * np.float32(_NUMBERS))], format="csr", dtype=np.float32
    )


def _packed(learned: Floats, card: dict[str, object]) -> TargetWeights:
    """The poles' weights against neutral's, those of words as small integers."""
    poles = learned[:, [0, 2]] - learned[:, [NEUTRAL]]
    words = poles[: 1 << BITS] * _WORDS
    unit = float(np.abs(words).max()) / _LARGEST
    return TargetWeights(np.rint(words / unit).astype(np.int8), unit, poles[1 << BITS :] * np.float32(_NUMBERS), card)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
