"""The trained weights: what each feature adds to the two polar logits, neutral's being 0."""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt

from sentiment.model.features import BITS, VERSION
from sentiment.model.leans import LEANS

#: The order of the logits.
POLES: Final = ("negative", "positive")
MODEL: Final = Path(__file__).with_name("model.npz")


@dataclass(frozen=True)
class Weights:
    """Weights of the n-grams as small integers of size `unit`, and of the columns `LEANS`; one column a pole.

    Both poles of an n-gram lie side by side in memory. `card` says how the weights were made: version of the model, and
    `temperatures` by language and length.
    """

    grams: npt.NDArray[np.int8]
    unit: float
    leans: npt.NDArray[np.float32]
    card: dict[str, Any]

    @classmethod
    def read(cls, path: Path = MODEL) -> Self:
        """The weights of a file; ValueError where they belong to other features."""
        with np.load(path, allow_pickle=False) as file:
            card = json.loads(bytes(file["card"]))
            if (card["features"], card["bits"], tuple(card["leans"])) != (VERSION, BITS, LEANS):
                raise ValueError(f"{path.name} was trained on other features")
            return cls(np.ascontiguousarray(file["grams"]), float(file["unit"]), file["leans"], card)

    @staticmethod
    def read_card(path: Path = MODEL) -> dict[str, Any]:
        """Only the card of a file, which is there at once."""
        with np.load(path, allow_pickle=False) as file:
            card: dict[str, Any] = json.loads(bytes(file["card"]))
            return card

    @cached_property
    def mark(self) -> str:
        """Tells these weights from all others."""
        every = self.grams.tobytes() + self.leans.tobytes() + np.float32(self.unit).tobytes()
        return hashlib.sha256(every).hexdigest()[:12]

    def write(self, path: Path) -> None:
        """Keep them in a file, which `read` gives back exactly."""
        card = self.card | {"features": VERSION, "bits": BITS, "leans": LEANS}
        text = np.frombuffer(json.dumps(card, ensure_ascii=False, sort_keys=True).encode(), np.uint8)
        np.savez_compressed(path, grams=self.grams, unit=np.float32(self.unit), leans=self.leans, card=text)
