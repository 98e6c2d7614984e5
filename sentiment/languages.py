"""Which language a text is in: its scripts decide, and a detector only about shared alphabets."""

import re
from collections import Counter
from functools import cache
from typing import Any, Final

from sentiment.clean import EMOJI_NAME, blank, head, own_words, without_hashtags
from sentiment.lexicon import lexicon
from tingfeng.home import config

#: What the rule calls a text in which Chinese and another language's words stand side by side.
MIXED: Final = "mixed"

#: Shares of a text's units (a Han character, a kana, a Hangul syllable, a word of an alphabet) that decide; below
#: them another script is a quotation or a name.
_HAN_SHARE: Final = 0.1
_LATIN_SHARE: Final = 0.05
_KANA_SHARE: Final = 0.2  # of Han and kana: の alone is fashionable in Chinese
_HANGUL_SHARE: Final = 0.2

_KANA: Final = "[\u3041-\u3096\u30a1-\u30fa]"
#: Unit of each script: one character where words are not parted by spaces, else one word. First come, first served.
_SCRIPTS: Final = {
    "han": "[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]",
    "ja": f"{_KANA}(?={_KANA}|ー|[\u4e00-\u9fff])|(?<=[\u3041-\u30fc\u4e00-\u9fff]){_KANA}",  # one alone is a face
    "ko": "[\uac00-\ud7a3]",
    "latin": "(?<![0-9A-Za-z])[A-Za-z\u00c0-\u024f\u1e00-\u1eff\uff21-\uff3a\uff41-\uff5a]"
    "[0-9A-Za-z'’\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff\uff21-\uff3a\uff41-\uff5a]*",
    "cyrillic": "[\u0400-\u052f]+",
    "arabic": "[\u0620-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]+",
    "el": "[\u0370-\u03ff\u1f00-\u1fff]+",
    "he": "[\u05d0-\u05ea]+",
    "hi": "[\u0900-\u097f]+",
    "bn": "[\u0980-\u09ff]+",
    "ta": "[\u0b80-\u0bff]+",
    "te": "[\u0c00-\u0c7f]+",
    "th": "[\u0e01-\u0e4e]+",
    "lo": "[\u0e81-\u0ecd]+",
    "bo": "[\u0f40-\u0fbc]+",
    "my": "[\u1000-\u109f]+",
    "ka": "[\u10a0-\u10ff]+",
    "am": "[\u1200-\u137f]+",
    "km": "[\u1780-\u17d3]+",
    "hy": "[\u0531-\u0587]+",
    "jamo": "[\u1100-\u11ff\u3131-\u318e]+",
}
_UNIT = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _SCRIPTS.items()))
_SHARED_ALPHABETS: Final = {
    "cyrillic": ("ru", "uk", "bg", "sr", "be", "kk", "mn"),
    "arabic": ("ar", "fa", "ur", "ug"),
}


def language(text: str) -> str | None:
    """The language of `text`: zh, en, mixed (Chinese and another language's words), ja, ko, another ISO code, or null.

    Links, @names, emoji and, where there are other words, hashtags do not count. Null where no letters are left.
    Two words or more in Latin letters that make up a twentieth of the text turn Chinese into mixed: a single one is
    mostly a brand ("iPhone 好看"), and in a long Chinese text so are a few.
    """
    words = own_words(head(text))
    words = blank(words, EMOJI_NAME)
    units = _units(without_hashtags(words)) or _units(words)
    return _decide(units) if units else None


@cache
def languages() -> tuple[str, ...]:
    """All that `language` can say."""
    alphabets = (code for codes in _SHARED_ALPHABETS.values() for code in codes)
    scripts = (script for script in _SCRIPTS if script not in {"han", "latin", "jamo", *_SHARED_ALPHABETS})
    return tuple(dict.fromkeys(["zh", "en", MIXED, *scripts, *_settings()["detected"], *alphabets]))


def _units(text: str) -> list[tuple[str, str]]:
    """The (script, unit) pairs of `text`; Chinese abbreviations in Latin letters (yyds) count as Han characters."""
    spelled = lexicon().latin_chinese
    units = []
    for found in _UNIT.finditer(text):
        script, unit = str(found.lastgroup), found[0].casefold()
        if script == "latin" and unit in spelled:
            units.append(("han", unit))
        elif script != "latin" or len(unit) > 1 or unit == "i":
            units.append((script, unit))
    return units or [("latin", found[0]) for found in _UNIT.finditer(text) if found.lastgroup == "latin"]


def _decide(units: list[tuple[str, str]]) -> str:
    counts = Counter(script for script, _ in units)
    total = len(units)
    if counts["ja"] and counts["ja"] >= _KANA_SHARE * (counts["han"] + counts["ja"]):
        return "ja"
    if counts["ko"] and counts["ko"] >= _HANGUL_SHARE * total:
        return "ko"
    if counts["han"] and counts["han"] >= _HAN_SHARE * total:
        return MIXED if counts["latin"] >= max(2, _LATIN_SHARE * total) else "zh"
    script = max(("latin", *_SCRIPTS), key=counts.__getitem__)
    words = [unit for name, unit in units if name == script]
    if script == "latin":
        return _latin(words)
    if script in _SHARED_ALPHABETS:
        return _detect(" ".join(words), _SHARED_ALPHABETS[script])[0]
    return "ko" if script == "jamo" else script


def _latin(words: list[str]) -> str:
    """The language of words in Latin letters: telltale words first, then the detector; in doubt English."""
    settings = _settings()
    plain = [word.replace("’", "'") for word in words]
    english = sum(word in settings["english"] for word in plain)
    told = Counter(code for word in plain for code in settings["telltale"].get(word, ()))
    other, hits = max(told.items(), key=lambda item: item[1], default=("en", 0))
    if english > hits or (not hits and len(plain) == 1 and plain[0].isascii()):
        return "en"
    code, probability = _detect(" ".join(plain), settings["detected"])
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
def _detector(codes: tuple[str, ...]) -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    detector = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    detector.set_languages(codes)
    return detector
