"""Sentiment of texts, in this process."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from sentiment.clean import head, own_words
from sentiment.engines import Engine, TargetReader, engine
from sentiment.languages import languages_of_words
from sentiment.learning import PLAIN, Adaptation
from sentiment.result import Columns, Sentiment
from sentiment.toward import About, about, part_about

if TYPE_CHECKING:
    from sentiment.probabilities import Probabilities

NO_ALIASES: Final[Mapping[str, Sequence[str]]] = MappingProxyType({})

#: Texts that an engine reads at a time.
_BATCH: Final = 2000


def analyze(
    texts: Sequence[str], *, spans: bool = False, engine: str | None = None, adaptation: Adaptation = PLAIN
) -> list[Sentiment]:
    """The sentiment of each text, in order. Only the first 600 characters of a text are read.

    Label, score and confidence are null where nothing but links and @names is written, and for languages that the
    engine does not support. `engine` is one of `engines()`, null the default; UsageError for any other. `adaptation`
    is what a workspace's corrections and word rules make of the default one.
    """
    chosen = _engine(engine, adaptation)
    results = [
        result for at in range(0, len(texts), _BATCH) for result in _columns(chosen, texts[at : at + _BATCH]).rows()
    ]
    return [_explained(chosen, *pair) for pair in zip(texts, results, strict=True)] if spans else results


def analyze_toward(
    pairs: Sequence[tuple[str, str]],
    *,
    aliases: Mapping[str, Sequence[str]] = NO_ALIASES,
    engine: str | None = None,
    adaptation: Adaptation = PLAIN,
) -> list[Sentiment]:
    """The sentiment of each (text, subject) toward the subject, in order; `aliases` gives the subjects' other names.

    The other subjects of `aliases` are somebody else. A text that does not name its subject is read whole. Language
    and what is read at all are as in `analyze`; an engine without a way of its own reads the clauses that name the
    subject.
    """
    asked = about(pairs, aliases)
    batches = (asked[at : at + _BATCH] for at in range(0, len(asked), _BATCH))
    return [one for batch in batches for one in answers(batch, engine, adaptation).rows()]


def answers(asked: Sequence[str | About], engine: str | None, adaptation: Adaptation = PLAIN) -> Columns:
    """The sentiments of one batch of texts, or of one batch of texts toward their subjects."""
    chosen = _engine(engine, adaptation)
    toward = [one for one in asked if isinstance(one, About)]
    if toward and isinstance(chosen, TargetReader):
        return _toward(chosen, toward)
    return _columns(chosen, [one if isinstance(one, str) else part_about(one) for one in asked])


def _engine(name: str | None, adaptation: Adaptation) -> Engine:
    return engine(name, adaptation)


class _Read(NamedTuple):
    """The answers to those texts `at` the given places that an engine can read, and the languages of all."""

    answers: "Probabilities"
    at: list[int]
    languages: list[str | None]

    def columns(self) -> Columns:
        from sentiment.probabilities import columns

        return columns(self.answers, self.at, self.languages)


def _read(chosen: Engine, texts: Sequence[str]) -> _Read:
    heads = [head(text) for text in texts]
    words = [own_words(text) for text in heads]
    languages = languages_of_words(words)
    readable = [i for i, own in enumerate(words) if languages[i] in chosen.languages and own and not own.isspace()]
    found = chosen.probabilities([heads[i] for i in readable], [languages[i] for i in readable])
    return _Read(found, readable, languages)


def _columns(chosen: Engine, texts: Sequence[str]) -> Columns:
    return _read(chosen, texts).columns()


def _toward(chosen: TargetReader, asked: Sequence[About]) -> Columns:
    """Toward the subject where a text names it; of the whole text where it does not."""
    read = _read(chosen, [one.text for one in asked])
    naming, found = chosen.toward([asked[i] for i in read.at], [read.languages[i] for i in read.at])
    read.answers[naming] = found
    return read.columns()


def _explained(chosen: Engine, text: str, result: Sentiment) -> Sentiment:
    """`result` with what drove it."""
    if result.label is None:
        return result
    found = chosen.why(head(text), result.language)
    before = len(text) - len(text.lstrip())
    spans = tuple((start + before, end + before, weight) for start, end, weight in found.spans)
    return result._replace(spans=spans, rest=found.rest)
