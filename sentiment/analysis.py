"""Sentiment of texts, in this process."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from sentiment.clean import head, own_words
from sentiment.engines import Engine, TargetReader, engine
from sentiment.languages import languages_of_words
from sentiment.learning import PLAIN, Adaptation
from sentiment.result import Columns, Sentiment
from sentiment.toward import About, about, part_about

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


class _Readable(NamedTuple):
    """What an engine can read of some texts: the places of these texts, their heads, and the languages of all."""

    at: list[int]
    heads: list[str]
    languages: list[str | None]

    @property
    def spoken(self) -> list[str | None]:
        """The languages of those that can be read."""
        return [self.languages[i] for i in self.at]


def _readable(chosen: Engine, texts: Sequence[str]) -> _Readable:
    heads = [head(text) for text in texts]
    words = [own_words(text) for text in heads]
    languages = languages_of_words(words)
    at = [i for i, own in enumerate(words) if languages[i] in chosen.languages and own and not own.isspace()]
    return _Readable(at, [heads[i] for i in at], languages)


def _columns(chosen: Engine, texts: Sequence[str]) -> Columns:
    from sentiment.probabilities import columns

    read = _readable(chosen, texts)
    return columns(chosen.probabilities(read.heads, read.spoken), read.at, read.languages)


def _toward(chosen: TargetReader, asked: Sequence[About]) -> Columns:
    """Toward the subject where a text names it; of the whole text where it does not."""
    import numpy as np

    from sentiment.probabilities import columns

    read = _readable(chosen, [one.text for one in asked])
    naming, found = chosen.toward([asked[i] for i in read.at], read.spoken)
    others = sorted(set(range(len(read.at))).difference(naming))
    whole = chosen.probabilities([read.heads[i] for i in others], [read.spoken[i] for i in others])
    answers = np.concatenate([found, whole])
    answers[[*naming, *others]] = answers.copy()
    return columns(answers, read.at, read.languages)


def _explained(chosen: Engine, text: str, result: Sentiment) -> Sentiment:
    """`result` with what drove it."""
    if result.label is None:
        return result
    found = chosen.why(head(text), result.language)
    before = len(text) - len(text.lstrip())
    spans = tuple((start + before, end + before, weight) for start, end, weight in found.spans)
    return result._replace(spans=spans, rest=found.rest)
