"""Examples of our own: made from the lexicon, for the many terms that no labelled text has, and written ones."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sentiment.lexicon import Entry, lexicon
from sentiment.training.texts import CHALLENGE, REHEARSAL, Example, examples, own_texts, unlike, written

#: Terms only say which pole they belong to: how often they are neutral, the texts know better. Emoji and what stands
#: alone are shown all three classes.
TERMS: Final = "terms"
ALONE: Final = "alone"
#: Frames around a term, by its language; emoji have none.
_FRAMES: Final = {
    "zh": ("{}", "这个{}", "真的{}", "{}啊", "太{}了", "{}！", "姐妹们{}"),
    "en": ("{}", "this is {}", "so {}", "{}!", "honestly {}", "{} tbh"),
    "": ("{}", "{0}{0}", "{0}{0}{0}", "hi {}", "好的{}"),
}
_NEGATED: Final = {"zh": ("不{}", "不是{}", "没{}"), "en": ("not {}", "isn't {}", "never {}"), "": ()}
#: From this weight on a negated term says the opposite; a weaker one says little.
_STRONG: Final = 1.5
#: From this weight on a term decides the label by itself.
_POLAR: Final = {"zh": 0.8, "en": 0.8, "": 0.4}


def own_examples(folder: Path) -> list[Example]:
    """Phrases and our own texts, without what is like a validation text."""
    return unlike([*phrases(), *written()], [example.text for example in examples(folder / "valid.csv.gz")])


def phrases() -> list[Example]:
    """Terms in a few frames, counting by their strength, and alone what means nothing alone."""
    found = [example for entry in lexicon().entries for example in _framed(entry)]
    found += [Example(phrase, "neutral", "", ALONE) for phrase in lexicon().hiding]
    # An emoji alone may well be one of the texts by which the model is judged.
    return unlike(found, [example.text for path in (REHEARSAL, CHALLENGE) for example, _ in own_texts(path)])


def _framed(entry: Entry) -> Iterator[Example]:
    if entry.role or abs(entry.weight) < _POLAR[entry.lang]:
        yield Example(entry.term, "neutral", entry.lang, ALONE)
        return
    label, other = ("positive", "negative") if entry.weight > 0 else ("negative", "positive")
    source = TERMS if entry.lang else ALONE
    for frame in _FRAMES[entry.lang]:
        yield Example(frame.format(entry.term), label, entry.lang, source, min(1.0, abs(entry.weight)))
    if abs(entry.weight) >= _STRONG:
        for frame in _NEGATED[entry.lang]:
            yield Example(frame.format(entry.term), other, entry.lang, source, 0.5)
