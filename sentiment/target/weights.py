"""The trained weights toward a subject: what each feature adds to the logits of the two poles, neutral's being 0."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt

from sentiment.model.weights import Weights
from sentiment.target.features import BITS, NUMBERS, VERSION

MODEL: Final = Path(__file__).with_name("target.npz")


@dataclass(frozen=True)
class TargetWeights:
    """Weights of the words as small integers of size `unit`, and of the numbers; one column a pole.

    `card` says how they were made: the mark of the `document` model that they build on, and the `temperature` that the
    logits are divided by.
    """

    grams: npt.NDArray[np.int8]
    unit: float
    numbers: npt.NDArray[np.float32]
    card: dict[str, Any]

    @classmethod
    def read(cls, document: Weights, path: Path = MODEL) -> Self:
        """The weights of a file; ValueError where they belong to other features or another `document` model."""
        with np.load(path, allow_pickle=False) as file:
            card = json.loads(bytes(file["card"]))
            if (card["features"], card["bits"], card["numbers"]) != (VERSION, BITS, NUMBERS):
                raise ValueError(f"{path.name} was trained on other features")
            if card["document"] != document.mark:
                raise ValueError(f"{path.name} was trained with another document model: train it again")
            return cls(file["grams"], float(file["unit"]), file["numbers"], card)

    def write(self, path: Path) -> None:
        """Keep them in a file, which `read` gives back exactly."""
        card = self.card | {"features": VERSION, "bits": BITS, "numbers": NUMBERS}
        text = np.frombuffer(json.dumps(card, ensure_ascii=False, sort_keys=True).encode(), np.uint8)
        np.savez_compressed(path, grams=self.grams, unit=np.float32(self.unit), numbers=self.numbers, card=text)
