"""Corrected texts as the engine reads them: what it says to each, and the features that learning may weigh anew."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from sentiment.clean import head, own_words
from sentiment.languages import languages_of
from sentiment.learning.adaptation import Adaptation, WordRule
from sentiment.learning.adapted import Adapted
from sentiment.model.features import BITS, Lines
from sentiment.model.reading import logits, presence, sizes
from sentiment.model.temperatures import temperatures_of
from sentiment.model.weights import Weights
from sentiment.probabilities import softmax
from sentiment.result import Label
from tingfeng.mentions.text import folded

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

#: The columns of probabilities here.
CLASSES: Final[tuple[Label, ...]] = ("negative", "neutral", "positive")
NEUTRAL: Final = 1
POLES: Final = (0, 2)


@dataclass(frozen=True)
class Examples:
    """Texts that the engine reads, an entry each, folded and without links and @names.

    `logits` (n, 2) are those of the engine with word rules alone, `heat` is the temperature of each. Feature
    `columns[i]` of text `rows[i]` has the value `values[i]`; `labels` are numbers of `CLASSES`, -1 where nobody gave
    one.
    """

    texts: Sequence[str]
    languages: Sequence[str]
    labels: Integers
    logits: Floats
    heat: Floats
    rows: Integers
    columns: Integers
    values: Floats

    @classmethod
    def read(
        cls,
        texts: Sequence[str],
        labels: Sequence[str | None],
        weights: Weights,
        rules: Adaptation,
        names: Sequence[str] = (),
    ) -> Self:
        """Those of `texts` that the engine can read; `names` in them are read by the engine, but have no features."""
        heads = [head(text) for text in texts]
        spoken = languages_of(heads)
        kept = [i for i, text in enumerate(heads) if _is_read(text, spoken[i])]
        tongues, own = [spoken[i] for i in kept], [heads[i] for i in kept]
        read, added = Adapted(weights, rules).ruled(own)
        poles = logits(read, weights) + added
        read = Adapted(weights, Adaptation(rules=[WordRule(name, "neutral") for name in names])).ruled(read)[0]
        lines = Lines(read)
        keys = presence(lines, lines.grams())
        many = sizes(keys, len(read))
        return cls(
            texts=folded([own_words(text) for text in read]),
            languages=[tongue or "" for tongue in tongues],
            labels=np.array([-1 if (label := labels[i]) is None else CLASSES.index(label) for i in kept], np.int64),
            logits=poles,
            heat=temperatures_of(own, tongues, weights.card["temperatures"]),
            rows=keys >> BITS,
            columns=keys & ((1 << BITS) - 1),
            values=np.repeat(1 / np.sqrt(np.maximum(many, 1)), many),
        )

    def __len__(self) -> int:
        return len(self.texts)

    def some(self, chosen: Integers) -> "Examples":
        """The examples with these numbers, in that order."""
        place = np.full(len(self), -1)
        place[chosen] = np.arange(len(chosen))
        inside = place[self.rows] >= 0
        return Examples(
            [self.texts[i] for i in chosen],
            [self.languages[i] for i in chosen],
            self.labels[chosen],
            self.logits[chosen],
            self.heat[chosen],
            place[self.rows[inside]],
            self.columns[inside],
            self.values[inside],
        )

    def and_more(self, others: "Examples") -> "Examples":
        """These and behind them `others`."""
        return Examples(
            [*self.texts, *others.texts],
            [*self.languages, *others.languages],
            np.concatenate([self.labels, others.labels]),
            np.concatenate([self.logits, others.logits]),
            np.concatenate([self.heat, others.heat]),
            np.concatenate([self.rows, others.rows + len(self)]),
            np.concatenate([self.columns, others.columns]),
            np.concatenate([self.values, others.values]),
        )

    def as_the_engine_says(self) -> "Examples":
        """The same with the engine's labels."""
        return replace(self, labels=self.probabilities().argmax(axis=1))

    def probabilities(self, added: Floats | float = 0.0) -> Floats:
        """Probabilities (n, 3) when `added` (n, 2) is added to the logits."""
        poles = (self.logits + added) / self.heat[:, None]
        return softmax(np.column_stack([poles[:, 0], np.zeros(len(self)), poles[:, 1]]))


def _is_read(text: str, spoken: str | None) -> bool:
    return spoken in {"zh", "en", "mixed", None} and bool(own_words(text).strip())
