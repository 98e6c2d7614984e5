"""Which language a text is in: its scripts decide, and a detector only about shared alphabets."""

from collections import Counter
from collections.abc import Sequence
from copy import copy
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from sentiment.clean import EMOJI_NAME, blank, head, own_words, without_hashtags
from sentiment.lexicon import lexicon
from tingfeng.home import config

if TYPE_CHECKING:
    from sentiment.units import Units

#: What the rule calls a text in which Chinese and another language's words stand side by side.
MIXED: Final = "mixed"

#: Shares of a text's units (a Han character, a kana, a Hangul syllable, a word of an alphabet) that decide; below
#: them another script is a quotation or a name.
_HAN_SHARE: Final = 0.1
_LATIN_SHARE: Final = 0.05
_KANA_SHARE: Final = 0.2  # of Han and kana: の alone is fashionable in Chinese
_HANGUL_SHARE: Final = 0.2

_SHARED_ALPHABETS: Final = {
    "cyrillic": ("ru", "uk", "bg", "sr", "be", "kk", "mn"),
    "arabic": ("ar", "fa", "ur", "ug"),
}


def language(text: str) -> str | None:
    """The language of one text, as `languages_of` gives it."""
    return languages_of([text])[0]


def languages_of(texts: Sequence[str]) -> list[str | None]:
    """The language of each: zh, en, mixed (Chinese and another language's words), ja, ko, another ISO code, or null.

    Links, @names, emoji and, where there are other words, hashtags do not count. Null where no letters are left.
    Two words or more in Latin letters that make up a twentieth of the text turn Chinese into mixed: a single one is
    mostly a brand ("iPhone 好看"), and in a long Chinese text so are a few.
    """
    return languages_of_words([own_words(head(text)) for text in texts])


def languages_of_words(texts: Sequence[str]) -> list[str | None]:
    """What `languages_of` says of texts whose `head` and `own_words` are these."""
    words = [blank(text, EMOJI_NAME) if "[" in text else text for text in texts]
    found = _read([without_hashtags(text) if "#" in text else text for text in words])
    only_tags = [i for i, text in enumerate(words) if found[i] is None and "#" in text]
    for i, code in zip(only_tags, _read([words[i] for i in only_tags]), strict=True):
        found[i] = code
    return found


@cache
def languages() -> tuple[str, ...]:
    """All that `language` can say."""
    from sentiment.units import SCRIPTS

    alphabets = (code for codes in _SHARED_ALPHABETS.values() for code in codes)
    scripts = (script for script in SCRIPTS if script not in {"han", "latin", "jamo", *_SHARED_ALPHABETS})
    return tuple(dict.fromkeys(["zh", "en", MIXED, *scripts, *_settings()["detected"], *alphabets]))


def _read(texts: Sequence[str]) -> list[str | None]:
    """The languages of texts from which all is blanked that does not count."""
    from sentiment.units import Units

    if not texts:
        return []
    units = Units(texts, lexicon().latin_chinese)
    found = _deciding(units)
    for row, script in enumerate(found):
        if script == "latin":
            found[row] = _latin(units.latin_words(row))
        elif script in _SHARED_ALPHABETS:
            found[row] = _detect(" ".join(units.words(row, script)), _SHARED_ALPHABETS[script])[0]
    return found


def _deciding(units: "Units") -> list[str | None]:
    """The language of each text, or the alphabet, where several languages share it; null where no unit is."""
    import numpy as np

    from sentiment.units import HAN, HANGUL, KANA, LATIN, SCRIPTS

    counts = units.counts
    total = counts.sum(axis=1)
    latin, han, kana, hangul = (counts[:, script] for script in (LATIN, HAN, KANA, HANGUL))
    chinese = (han > 0) & (han >= _HAN_SHARE * total)
    mixed, nothing = len(SCRIPTS), len(SCRIPTS) + 1
    found = np.select(
        [
            total == 0,
            (kana > 0) & (kana >= _KANA_SHARE * (han + kana)),
            (hangul > 0) & (hangul >= _HANGUL_SHARE * total),
            chinese & (latin >= np.maximum(2, _LATIN_SHARE * total)),
            chinese,
        ],
        [nothing, KANA, HANGUL, mixed, HAN],
        counts.argmax(axis=1),
    )
    names = (*({"han": "zh", "jamo": "ko"}.get(script, script) for script in SCRIPTS), MIXED, None)
    return [names[script] for script in found.tolist()]


def _latin(words: Sequence[str]) -> str:
    """The language of words in Latin letters: telltale words first, then the detector; in doubt English."""
    settings = _settings()
    telltale = settings["telltale"]
    english = sum(map(settings["english"].__contains__, words))
    told = Counter([code for word in words if word in telltale for code in telltale[word]])
    other, hits = max(told.items(), key=lambda item: item[1], default=("en", 0))
    if english > hits or (not hits and len(words) == 1 and words[0].isascii()):
        return "en"
    code, probability = _detect(" ".join(words), settings["detected"])
    if hits > english:
        return code if told[code] == hits else other
    return code if probability >= settings["probability"] else "en"


def _detect(text: str, codes: tuple[str, ...]) -> tuple[str, float]:
    found, probability = _detector(codes).classify(text)
    return str(found), float(probability)


@cache
def _settings() -> dict[str, Any]:
    read = config("languages")
    telltale: dict[str, tuple[str, ...]] = {}
    for code, words in read["telltale"].items():
        for word in words:
            telltale[word] = (*telltale.get(word, ()), code)
    return {
        "detected": tuple(read["detected"]),
        "probability": read["probability"],
        "english": frozenset(read["english"]),
        "telltale": telltale,
    }


@cache
def _every_language() -> Any:
    """The detector for all languages that it knows; its tables are large, so there is one."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@cache
def _detector(codes: tuple[str, ...]) -> Any:
    detector = copy(_every_language())
    detector.set_languages(codes)
    return detector
