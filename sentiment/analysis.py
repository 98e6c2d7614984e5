"""Sentiment of texts, in this process."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from sentiment.clean import head, own_words
from sentiment.engines import Engine, engine
from sentiment.languages import language
from sentiment.learning import PLAIN, Adaptation
from sentiment.result import Probabilities, Sentiment, Span
from sentiment.toward import part_about

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
    return [result for at in range(0, len(texts), _BATCH) for result in _batch(chosen, texts[at : at + _BATCH], spans)]


def analyze_toward(
    pairs: Sequence[tuple[str, str]],
    *,
    aliases: Mapping[str, Sequence[str]] = NO_ALIASES,
    engine: str | None = None,
    adaptation: Adaptation = PLAIN,
) -> list[Sentiment]:
    """The sentiment of each (text, subject) toward the subject, in order; `aliases` gives the subjects' other names.

    Language is that of the part of the text that is about the subject.
    """
    return analyze(
        [part_about(text, subject, aliases) for text, subject in pairs], engine=engine, adaptation=adaptation
    )


def _engine(name: str | None, adaptation: Adaptation) -> Engine:
    return engine(name, adaptation)


def _batch(chosen: Engine, texts: Sequence[str], spans: bool) -> list[Sentiment]:
    heads = [head(text) for text in texts]
    languages = [language(text) for text in heads]
    readable = [
        i for i, text in enumerate(heads) if languages[i] in chosen.languages and not own_words(text).isspace() and text
    ]
    answers = chosen.probabilities([heads[i] for i in readable], [languages[i] for i in readable])
    results = [Sentiment(None, None, None, language) for language in languages]
    for i, answer in zip(readable, answers, strict=True):
        drove = chosen.spans(heads[i], languages[i], answer) if spans else ()
        results[i] = _result(answer, languages[i], _shifted(drove, len(texts[i]) - len(texts[i].lstrip())))
    return results


def _result(answer: Probabilities, language: str | None, spans: Sequence[Span]) -> Sentiment:
    return Sentiment(answer.label, round(answer.score, 6), round(answer.confidence, 6), language, tuple(spans))


def _shifted(spans: Sequence[Span], by: int) -> list[Span]:
    """Spans of a head as spans of its text."""
    return [(start + by, end + by, weight) for start, end, weight in spans]
