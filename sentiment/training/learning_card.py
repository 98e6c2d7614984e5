"""What learning from corrections brings to workspaces that are played with labelled texts.

`python -m sentiment.training.learning_card FOLDER MODELS` writes the tables of docs/sentiment.md. FOLDER holds
valid.csv.gz. MODELS holds SOURCE.npz for each source that is played: a model trained without that source
(`python -m sentiment.training FOLDER MODELS/SOURCE.npz SOURCE`), because a workspace's texts are new to the engine too.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from sentiment.learning.adaptation import PLAIN
from sentiment.learning.adapted import Adapted
from sentiment.learning.examples import CLASSES, Examples, Integers
from sentiment.learning.judging import macro_f1
from sentiment.learning.learn import Corrected, learn
from sentiment.model.weights import Weights
from sentiment.training.card import page
from sentiment.training.texts import Example, examples

#: How many corrections, and how many times they are drawn.
_RANDOM: Final = {20: 12, 50: 12, 100: 12, 300: 6}
_WRONG: Final = {50: 6, 100: 6, 200: 6}
#: Texts of a source that are looked at, and texts beside the corrected ones on which the outcome is judged.
_MOST: Final = 4000
_JUDGED: Final = 1500
#: Three parts in eight are judged where corrections are picked: the rest is what the analyst has seen.
_SEEN: Final = 5 / 8

#: Draws `count` texts to correct among some: their numbers.
Draw = Callable[[Integers, int], Integers]


class Outcome(NamedTuple):
    """Of one played workspace: was the adaptation kept, and what the engine in force comes to on other texts."""

    kept: bool
    agreement: tuple[float, float]
    f1: tuple[float, float]


class Source:
    """The labelled texts of a source, and a model that has not seen them."""

    def __init__(self, rows: Sequence[Example], weights: Weights) -> None:
        self.weights = weights
        self.read = Examples.read([row.text for row in rows], [row.label for row in rows], weights, PLAIN)
        self.said = self.read.probabilities().argmax(axis=1)

    def outcome(self, corrected: Integers, others: Integers, judged: Integers) -> Outcome:
        """Correct some texts, learn, and judge on others."""
        given = [Corrected(self.read.texts[i], CLASSES[self.read.labels[i]]) for i in corrected]
        learned = learn(given, [self.read.texts[i] for i in others], weights=self.weights).adaptation
        chosen = self.read.some(judged)
        after = chosen
        if learned:
            logits = Adapted(self.weights, learned).logits(
                chosen.texts, [tongue or None for tongue in chosen.languages]
            )
            after = replace(chosen, logits=logits)
        said = [each.probabilities().argmax(axis=1) for each in (chosen, after)]
        right = [float((each == chosen.labels).mean()) for each in said]
        f1 = [macro_f1(chosen.labels, each) for each in said]
        return Outcome(learned is not None, (right[0], right[1]), (f1[0], f1[1]))


def at_random(source: Source, count: int, seed: int) -> Outcome:
    """The analyst labels whatever comes, right or wrong."""
    order = np.random.default_rng(seed).permutation(len(source.read))
    return source.outcome(order[:count], order[:0], order[count:][:_JUDGED])


def wrong_ones(source: Source, count: int, seed: int) -> Outcome:
    """The analyst corrects only what is wrong and leaves the rest."""
    order = np.random.default_rng(seed).permutation(len(source.read))
    seen, judged = np.split(order, [int(len(order) * _SEEN)])
    wrong = seen[source.said[seen] != source.read.labels[seen]][:count]
    return source.outcome(wrong, seen[~np.isin(seen, wrong)], judged[:_JUDGED])


def table(
    sources: dict[str, Source], play: Callable[[Source, int, int], Outcome], draws: dict[int, int]
) -> Iterator[str]:
    """A Markdown table: a row a source and number of corrections."""
    yield "| source | corrections | kept | agreement | macro-F1 | worst change of agreement | of macro-F1 |"
    yield "|---|---|---|---|---|---|---|"
    for name, source in sources.items():
        for count, times in draws.items():
            if count > len(source.read) / 2:
                continue
            found = [play(source, count, 100 + seed) for seed in range(times)]
            kept = sum(one.kept for one in found)
            shown = [np.array([getattr(one, what) for one in found]) for what in ("agreement", "f1")]
            means = [f"{pairs[:, 0].mean():.3f} -> {pairs[:, 1].mean():.3f}" for pairs in shown]
            worst = [f"{(pairs[:, 1] - pairs[:, 0]).min():+.3f}" for pairs in shown]
            yield f"| {name} | {count} | {kept} of {times} | {' | '.join(means)} | {' | '.join(worst)} |"


def main(folder: Path, models: Path) -> None:
    """Write the tables."""
    rows = examples(folder / "valid.csv.gz")
    sources = {}
    for model in sorted(models.glob("*.npz")):
        own = [row for row in rows if row.source == model.stem][:_MOST]
        sources[model.stem] = Source(own, Weights.read(model))
    page.write(
        {
            "learning-random": "\n".join(table(sources, at_random, _RANDOM)),
            "learning-wrong": "\n".join(table(sources, wrong_ones, _WRONG)),
        }
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
