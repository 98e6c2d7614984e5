"""Sentiment of texts, in this process."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from sentiment.clean import head, own_words
from sentiment.engines import Engine, TargetReader, engine
from sentiment.languages import language
from sentiment.result import Probabilities, Sentiment, Span
from sentiment.toward import About, about, part_about

NO_ALIASES: Final[Mapping[str, Sequence[str]]] = MappingProxyType({})

#: Texts that an engine reads at a time.
_BATCH: Final = 2000


def analyze(texts: Sequence[str], *, spans: bool = False, engine: str | None = None) -> list[Sentiment]:
    """The sentiment of each text, in order. Only the first 600 characters of a text are read.

    Label, score and confidence are null where nothing but links and @names is written, and for languages that the
    engine does not support. `engine` is one of `engines()`, null the default; UsageError for any other.
    """
    chosen = _engine(engine)
    return [result for at in range(0, len(texts), _BATCH) for result in _batch(chosen, texts[at : at + _BATCH], spans)]


def analyze_toward(
    pairs: Sequence[tuple[str, str]],
    *,
    aliases: Mapping[str, Sequence[str]] = NO_ALIASES,
    engine: str | None = None,
) -> list[Sentiment]:
    """The sentiment of each (text, subject) toward the subject, in order; `aliases` gives the subjects' other names.

    The other subjects of `aliases` are somebody else. A text that does not name its subject is read whole. Language
    and what is read at all are as in `analyze`; an engine without a way of its own reads the clauses that name the
    subject.
    """
    return answers(about(pairs, aliases), _engine(engine).name)


def answers(asked: Sequence[str | About], engine: str) -> list[Sentiment]:
    """The sentiments of texts, or all toward subjects: what a `Scorer` asks of its workers."""
    toward = [one for one in asked if isinstance(one, About)]
    chosen = _engine(engine)
    if not toward:
        return analyze([one for one in asked if isinstance(one, str)], engine=engine)
    if not isinstance(chosen, TargetReader):
        return analyze([part_about(one) for one in toward], engine=engine)
    return [one for at in range(0, len(toward), _BATCH) for one in _toward(chosen, toward[at : at + _BATCH])]


def _engine(name: str | None) -> Engine:
    return engine(name)


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


def _toward(chosen: TargetReader, asked: Sequence[About]) -> list[Sentiment]:
    results = _batch(chosen, [one.text for one in asked], spans=False)
    readable = [i for i, result in enumerate(results) if result.label]
    found = chosen.toward([asked[i] for i in readable], [results[i].language for i in readable])
    for i, answer in zip(readable, found, strict=True):
        if answer:
            results[i] = _result(answer, results[i].language, ())
    return results


def _result(answer: Probabilities, language: str | None, spans: Sequence[Span]) -> Sentiment:
    return Sentiment(answer.label, round(answer.score, 6), round(answer.confidence, 6), language, tuple(spans))


def _shifted(spans: Sequence[Span], by: int) -> list[Span]:
    """Spans of a head as spans of its text."""
    return [(start + by, end + by, weight) for start, end, weight in spans]
