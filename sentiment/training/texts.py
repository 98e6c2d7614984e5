"""The labelled texts, and which of them may not be trained on."""

import csv
import gzip
import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import compress
from pathlib import Path
from typing import Final, NamedTuple

from sentiment.clean import head
from sentiment.languages import MIXED, languages_of
from sentiment.model.normal import normal
from sentiment.model.reading import BATCH

#: The columns of logits and probabilities here.
CLASSES: Final = ("negative", "neutral", "positive")

_SHINGLE: Final = 5
#: Two texts that share this part of their shingles are one text, retweeted, cut or with other names in it.
_SAME: Final = 0.6
#: One text in so many is set aside; of those few that are read as mixed more, or there would not be enough to judge by.
_ASIDE: Final = 20
_ASIDE_MIXED: Final = 4
_ESCAPE = re.compile(r"\\u[0-9a-f]{4}|https?://\S+|@\w+")
_UNIT = re.compile(r"[a-z]+|[\u3400-\u9fff]")


class Example(NamedTuple):
    """A text with a label of `CLASSES`, and where it comes from."""

    text: str
    label: str
    lang: str
    source: str
    #: How much it counts, beside what its source and label count.
    weight: float = 1.0


def examples(path: Path) -> list[Example]:
    """The rows of a gzip CSV with the columns text, label, lang, source."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return [Example(row["text"], row["label"], row["lang"], row["source"]) for row in csv.DictReader(file)]


#: Texts written for this project: to learn from, to look at while developing, and to be judged by at the end.
WRITTEN: Final = Path(__file__).with_name("written.csv")
REHEARSAL: Final = Path(__file__).with_name("rehearsal.csv")
CHALLENGE: Final = Path(__file__).with_name("challenge.csv")


def own_texts(path: Path) -> list[tuple[Example, str]]:
    """The texts of one of our own files, whose name is their source, and what each is about."""
    with path.open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file))
    return [(Example(row["text"], row["label"], row["lang"], path.stem), row["kind"]) for row in read]


def written() -> list[Example]:
    """Our own texts to learn from, without what is like one of our own texts that the model is judged by."""
    judged = [row.text for path in (REHEARSAL, CHALLENGE) for row, _ in own_texts(path)]
    return unlike([row for row, _ in own_texts(WRITTEN)], judged)


def training_examples(folder: Path) -> list[Example]:
    """The labelled texts of others to learn from: both training files without what is like a validation text."""
    rows = [*examples(folder / "train-clear.csv.gz"), *examples(folder / "train-unclear.csv.gz")]
    return unlike(rows, [row.text for row in examples(folder / "valid.csv.gz")])


def unlike(rows: Sequence[Example], judged: Sequence[str]) -> list[Example]:
    """The rows that neither say the same as one of the texts `judged` nor look the same to the model."""
    overlap, forms = Overlap(judged), set(normal_forms(judged)) - {""}
    own = normal_forms([row.text for row in rows])
    return [row for row, form in zip(rows, own, strict=True) if form not in forms and not overlap.holds(row.text)]


def normal_forms(texts: Sequence[str]) -> list[str]:
    """Each text as the model reads it."""
    batches = (texts[at : at + BATCH] for at in range(0, len(texts), BATCH))
    return [line for batch in batches for line in normal(batch).split("\n")]


class Overlap:
    """Finds texts that say the same as one of many: the same words in the same order, links and names left out."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._shingles = [shingles(text) for text in texts]
        self._places: dict[str, list[int]] = defaultdict(list)
        for number, found in enumerate(self._shingles):
            for shingle in found:
                self._places[shingle].append(number)

    def holds(self, text: str) -> bool:
        """Whether one of the texts says the same."""
        own = shingles(text)
        common = Counter(number for shingle in own for number in self._places.get(shingle, ()))
        return any(count >= _SAME * min(len(own), len(self._shingles[number])) for number, count in common.items())


def shingles(text: str) -> set[str]:
    """Each five words or Han characters that follow one another; of a shorter text all of them."""
    units = _UNIT.findall(_ESCAPE.sub(" ", text.lower()))
    if not units:
        return set()
    return {" ".join(units[at : at + _SHINGLE]) for at in range(max(1, len(units) - _SHINGLE + 1))}


def teacher(path: Path, rows: Sequence[Example]) -> dict[int, tuple[float, ...]]:
    """The teacher's probabilities (as `CLASSES`) by number of the row, where it read the text."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        by_key = {row["key"]: tuple(float(row[name]) for name in CLASSES) for row in csv.DictReader(file)}
    keys = (hashlib.sha1(row.text.encode(), usedforsecurity=False).hexdigest()[:16] for row in rows)
    return {number: by_key[key] for number, key in enumerate(keys) if key in by_key}


def heads(rows: Sequence[Example]) -> list[str]:
    """What the engine reads of each text."""
    return [head(row.text) for row in rows]


def parted(rows: Sequence[Example]) -> tuple[list[Example], list[Example]]:
    """The rows to learn from, and those set aside, by their hashes, to fit how sure the model may be."""
    mixed = [row for row in rows if row.lang == "mix"]
    spoken = languages_of(heads(mixed))
    few = {row.text for row, language in zip(mixed, spoken, strict=True) if language == MIXED}
    aside = [_number(row.text) % (_ASIDE_MIXED if row.text in few else _ASIDE) == 0 for row in rows]
    return list(compress(rows, (not out for out in aside))), list(compress(rows, aside))


def _number(text: str) -> int:
    return int(hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:4], 16)
