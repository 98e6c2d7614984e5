"""Blocks on the validation texts: all engines by language and source, mistakes, and how sure ours may be."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from sentiment import engines
from sentiment.model.temperatures import BORDERS, length_classes
from sentiment.training.card.figures import (
    NEUTRAL,
    Answers,
    Bin,
    Chosen,
    Labels,
    accuracy,
    answers,
    calibration_error,
    quality,
    reliability,
    truth_of,
)
from sentiment.training.card.page import table
from sentiment.training.texts import CLASSES, Example, heads

LANGUAGES: Final = {"zh": "Chinese", "en": "English", "mix": "mixed"}
LENGTHS: Final = (
    f"under {BORDERS[0]} characters", f"{BORDERS[0]} to {BORDERS[1] - 1}", f"{BORDERS[1]} and more",
)  # fmt: skip

Figure = Callable[[Labels, Answers], float]


class Validation:
    """The validation texts and what every engine says to them."""

    def __init__(self, rows: Sequence[Example]) -> None:
        self.truth = truth_of(rows)
        self.said = {name: answers(name, [row.text for row in rows]) for name in engines()}
        self.own = self.said[engines()[0]]
        self.language = np.array([row.lang for row in rows])
        self.source = np.array([row.source for row in rows])
        self.length = length_classes(heads(rows))
        self.three = np.isin(self.source, np.unique(self.source[self.truth == NEUTRAL]))

    def languages(self) -> str:
        """Every engine by language: over all texts, and the mean over the language's sources."""
        rows = []
        for three in (True, False):
            for code, name in LANGUAGES.items():
                group = (self.language == code) & (self.three == three)
                if not group.any():
                    continue
                title = f"{name}, {'three' if three else 'two'} classes"
                sources = [group & (self.source == source) for source in np.unique(self.source[group])]
                rows.append([title, f"{group.sum():,}", *self._pairs([group])])
                if len(sources) > 1:
                    rows.append([f"- mean of its {len(sources)} sources", "", *self._pairs(sources)])
        return table(["texts", "number", *self.said], rows)

    def sources(self) -> str:
        """Every engine by source."""
        found = {source: self.source == source for source in dict.fromkeys(self.source.tolist())}
        rows = [
            [source, LANGUAGES[str(self.language[group][0])], f"{group.sum():,}", *self._pairs([group])]
            for source, group in found.items()
        ]
        return table(["source", "language", "texts", *self.said], rows)

    def _pairs(self, groups: Sequence[Chosen]) -> list[str]:
        """Macro-F1 and accuracy of each engine, the mean over some groups of texts."""
        return [
            f"{_mean(quality, self.truth, one, groups):.3f} ({_mean(accuracy, self.truth, one, groups):.1%})"
            for one in self.said.values()
        ]

    def confusion(self) -> str:
        """What our engine says to texts of each label, three-class sources only."""
        rows = []
        for code, name in LANGUAGES.items():
            for number, label in enumerate(CLASSES):
                group = self.three & (self.language == code) & (self.truth == number)
                counts = np.bincount(self.own.labels[group], minlength=len(CLASSES))
                rows.append([name, label, *(f"{count:,}" for count in counts), f"{counts[number] / counts.sum():.1%}"])
        return table(["language", "label", *(f"said {label}" for label in CLASSES), "found"], rows)

    def calibration(self) -> str:
        """How far confidence and the share of right labels lie apart, by language and length."""
        rows = []
        for code, name in LANGUAGES.items():
            spoken = self.three & (self.language == code)
            groups = {"all": spoken} | {title: spoken & (self.length == one) for one, title in enumerate(LENGTHS)}
            rows += [[name, title, *self._certainty(group)] for title, group in groups.items() if group.any()]
        return table(["language", "length", "texts", "mean confidence", "right", "calibration error"], rows)

    def _certainty(self, group: Chosen) -> list[str]:
        truth, said = self.truth[group], self.own.of(group)
        return [
            f"{len(truth):,}", f"{said.confidences.mean():.3f}", f"{accuracy(truth, said):.3f}",
            f"{calibration_error(truth, said):.3f}",
        ]  # fmt: skip

    def bins(self) -> dict[str, list[Bin]]:
        """By language what the reliability plot shows."""
        groups = {name: self.three & (self.language == code) for code, name in LANGUAGES.items()}
        return {name: reliability(self.truth[group], self.own.of(group)) for name, group in groups.items()}


def _mean(figure: Figure, truth: Labels, said: Answers, groups: Sequence[Chosen]) -> float:
    return float(np.mean([figure(truth[group], said.of(group)) for group in groups]))
