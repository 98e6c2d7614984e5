"""Sentiment of texts, in this process."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from sentiment.clean import head, own_words
from sentiment.engines import Engine, engine
from sentiment.languages import languages_of_words
from sentiment.result import Columns, Sentiment
from sentiment.toward import part_about

NO_ALIASES: Final[Mapping[str, Sequence[str]]] = MappingProxyType({})

#: Texts that an engine reads at a time.
_BATCH: Final = 2000


def analyze(texts: Sequence[str], *, spans: bool = False, engine: str | None = None) -> list[Sentiment]:
    """The sentiment of each text, in order. Only the first 600 characters of a text are read.

    Label, score and confidence are null where nothing but links and @names is written, and for languages that the
    engine does not support. `engine` is one of `engines()`, null the default; UsageError for any other.
    """
    chosen = _engine(engine)
    results = [
        result for at in range(0, len(texts), _BATCH) for result in _columns(chosen, texts[at : at + _BATCH]).rows()
    ]
    return [_explained(chosen, *pair) for pair in zip(texts, results, strict=True)] if spans else results


def analyze_columns(texts: Sequence[str], engine: str) -> Columns:
    """What `analyze` says of one batch of texts, as columns."""
    return _columns(_engine(engine), texts)


def analyze_toward(
    pairs: Sequence[tuple[str, str]],
    *,
    aliases: Mapping[str, Sequence[str]] = NO_ALIASES,
    engine: str | None = None,
) -> list[Sentiment]:
    """The sentiment of each (text, subject) toward the subject, in order; `aliases` gives the subjects' other names.

    Language is that of the part of the text that is about the subject.
    """
    return analyze([part_about(text, subject, aliases) for text, subject in pairs], engine=engine)


def _engine(name: str | None) -> Engine:
    return engine(name)


def _columns(chosen: Engine, texts: Sequence[str]) -> Columns:
    from sentiment.probabilities import columns

    heads = [head(text) for text in texts]
    words = [own_words(text) for text in heads]
    languages = languages_of_words(words)
    readable = [i for i, own in enumerate(words) if languages[i] in chosen.languages and own and not own.isspace()]
    answers = chosen.probabilities([heads[i] for i in readable], [languages[i] for i in readable])
    return columns(answers, readable, languages)


def _explained(chosen: Engine, text: str, result: Sentiment) -> Sentiment:
    """`result` with what drove it."""
    if result.label is None:
        return result
    found = chosen.why(head(text), result.language)
    before = len(text) - len(text.lstrip())
    spans = tuple((start + before, end + before, weight) for start, end, weight in found.spans)
    return result._replace(spans=spans, rest=found.rest)
