"""From an analyst's labels to an adaptation that is kept only where it is better than the engine as it ships."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

import numpy as np

from sentiment.learning.adaptation import PLAIN, Adaptation, WordRule
from sentiment.learning.examples import Examples, Integers
from sentiment.learning.fitting import Fitted, fit
from sentiment.learning.judging import Comparison, compared
from sentiment.model.weights import Weights
from sentiment.result import Label
from tingfeng.mentions.text import fold

#: Fewer corrections teach nothing that could be told from luck.
FEWEST: Final = 20
#: Only so many are read, the last ones: what was meant long ago may no longer hold.
MOST: Final = 2000
#: Texts without a correction that are worth asking for.
OTHERS: Final = 3 * MOST
#: Where the engine is right in less than half of the corrections, people corrected what was wrong and left the rest.
_PICKED: Final = 0.5

#: Why nothing was learned.
Reason = Literal["too_few", "one_label", "only_wrong_ones", "not_better"]


class Corrected(NamedTuple):
    """A text and the label that an analyst gave it."""

    text: str
    label: Label


@dataclass(frozen=True)
class OfLanguage:
    """Agreement with the corrections in one language (null: a text without letters), as in `Report`."""

    language: str | None
    corrections: int
    plain: float
    before: float
    after: float


@dataclass(frozen=True)
class Report:
    """What came of learning. Agreement is the share of corrections that the engine meets: the `plain` one as it ships,
    `before` learning with the word rules alone, and `after` it with both, each text being judged by what was learned
    from others (cross-validation); null where there was too little to compare.

    `presumed` mentions that nobody corrected stood for labels that are right as they are.
    """

    corrections: int
    plain: float | None = None
    before: float | None = None
    after: float | None = None
    gain_at_least: float | None = None
    presumed: int = 0
    languages: tuple[OfLanguage, ...] = ()
    terms: tuple[str, ...] = ()
    reason: Reason | None = None


class Learned(NamedTuple):
    """An adaptation, or none where it would not be better, and why."""

    adaptation: Adaptation | None
    report: Report


def learn(
    corrected: Sequence[Corrected],
    others: Sequence[str] = (),
    rules: Sequence[WordRule] = (),
    *,
    names: Sequence[str] = (),
    weights: Weights | None = None,
) -> Learned:
    """What `corrected` (the oldest first) teaches an engine that has these word rules.

    `others` are texts that nobody corrected, a random sample. `names` (of subjects) learn nothing: a brand must not
    become an opinion because what was corrected about it was mostly good. `weights` are those of the model that ships
    unless told. The same input always gives the same result; three hundred corrections take about two seconds.
    """
    weights = weights or Weights.read()
    named = Adaptation(rules=tuple(rules))
    last = {fold(one.text): one for one in corrected}
    given = list(last.values())[-MOST:]
    texts, labels = [one.text for one in given], [one.label for one in given]
    examples = Examples.read(texts, labels, weights, named, names)
    count = len(examples)
    if count < FEWEST:
        return Learned(None, Report(count, reason="too_few"))
    if len(np.unique(examples.labels)) < 2:
        return Learned(None, Report(count, reason="one_label"))
    unseen = [text for text in dict.fromkeys(others) if fold(text) not in last]
    every = _with_presumed(examples, Examples.read(unseen, [None] * len(unseen), weights, named, names))
    if every is None:
        return Learned(None, Report(count, before=_agreement(examples), reason="only_wrong_ones"))
    found = compared(every)
    fitted = fit(every)
    plain = Examples.read(texts, labels, weights, PLAIN) if rules else examples
    report = _report(found, plain, len(every) - count, fitted)
    if report.reason:
        return Learned(None, report)
    learned_on = f"{weights.card['name']} {weights.card['version']}"
    return Learned(Adaptation(learned_on, fitted.offsets, fitted.terms, fitted.grams(), named.rules), report)


def _with_presumed(examples: Examples, others: Examples) -> Examples | None:
    """`examples`, and where people picked what was wrong, as many `others` with the engine's own label as make the
    engine right as often as it believes to be. None where there are not enough."""
    agreement = _agreement(examples)
    if agreement >= _PICKED:
        return examples
    if not len(others):
        return None
    sure = max(float(others.probabilities().max(axis=1).mean()), _PICKED)
    wanted = round(len(examples) * (sure - agreement) / (1 - sure))
    if wanted > len(others):
        return None
    return examples.and_more(others.some(np.arange(wanted)).as_the_engine_says())


def _agreement(examples: Examples) -> float:
    return float((examples.probabilities().argmax(axis=1) == examples.labels).mean())


def _report(found: Comparison, plain: Examples, presumed: int, fitted: Fitted) -> Report:
    """What `found` says of the corrected texts, which come first in it; `plain` are these without word rules."""
    shipped = plain.probabilities()
    spoken = np.array(plain.languages)
    by_language = {tongue: np.flatnonzero(spoken == tongue) for tongue in sorted(set(plain.languages))}
    return Report(
        len(plain),
        *_agreements(found, shipped, np.arange(len(plain))),
        gain_at_least=round(found.gain_at_least, 4),
        presumed=presumed,
        languages=tuple(
            OfLanguage(tongue or None, len(rows), *_agreements(found, shipped, rows))
            for tongue, rows in by_language.items()
        ),
        terms=tuple(fitted.terms),
        reason=None if found.is_better else "not_better",
    )


def _agreements(found: Comparison, shipped: np.ndarray, rows: Integers) -> tuple[float, float, float]:
    """Agreement of the engine as it is shipped, with the word rules, and with what was learned."""
    plain, before, after = (round(found.agreement(which, rows), 4) for which in (shipped, found.engine, found.learned))
    return plain, before, after
