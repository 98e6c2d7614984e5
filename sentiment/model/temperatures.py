"""How sure the model may be of a text: its logits are divided by the temperature of its language and length.

The temperatures are fitted in `sentiment.training.calibration` and stand in the card of the weights: for each language,
and for all others as "", one for each class of length.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

#: Characters from which on a text is no longer short, and from which on it is long.
BORDERS: Final = (12, 40)

Temperatures = Mapping[str, Sequence[float]]


def length_classes(texts: Sequence[str]) -> npt.NDArray[np.int64]:
    """0 for a short text, 1 for a middling one, 2 for a long one."""
    classes: npt.NDArray[np.int64] = np.digitize([len(text) for text in texts], BORDERS)
    return classes


def temperatures_of(
    texts: Sequence[str], languages: Sequence[str | None], fitted: Temperatures
) -> npt.NDArray[np.float64]:
    """The temperature of each text."""
    table = np.array([fitted[""], *(by_length for language, by_length in fitted.items() if language)])
    rows = {language: row for row, language in enumerate((code for code in fitted if code), 1)}
    chosen: npt.NDArray[np.float64] = table[[rows.get(code or "", 0) for code in languages], length_classes(texts)]
    return chosen
