"""The rule of `sentiment.languages` once more, a text at a time with regular expressions: slow, and plain to check."""

import re
from collections import Counter

from sentiment.clean import _NOT_WORDS, EMOJI_NAME, blank, head, without_hashtags
from sentiment.languages import _SHARED_ALPHABETS, _detect, _latin
from sentiment.lexicon import lexicon

KANA = "[\u3041-\u3096\u30a1-\u30fa]"
SCRIPTS = {
    "latin": "(?<![0-9A-Za-z])[A-Za-z\u00c0-\u024f\u1e00-\u1eff\uff21-\uff3a\uff41-\uff5a]"
    "[0-9A-Za-z'’\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff\uff21-\uff3a\uff41-\uff5a]*",
    "han": "[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]",
    "ja": f"{KANA}(?={KANA}|ー|[\u4e00-\u9fff])|(?<=[\u3041-\u30fc\u4e00-\u9fff]){KANA}",
    "ko": "[\uac00-\ud7a3]",
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
UNIT = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in SCRIPTS.items()))


def naive_language(text: str) -> str | None:
    words = blank(blank(head(text), _NOT_WORDS), EMOJI_NAME)
    units = naive_units(without_hashtags(words)) or naive_units(words)
    return decided(units) if units else None


def naive_units(text: str) -> list[tuple[str, str]]:
    units, letters = [], []
    for found in UNIT.finditer(text):
        script, unit = str(found.lastgroup), found[0].casefold().replace("’", "'")
        if script == "latin" and unit in lexicon().latin_chinese:
            units.append(("han", unit))
        elif script != "latin" or len(unit) > 1 or unit == "i":
            units.append((script, unit))
        else:
            letters.append((script, unit))
    return units or letters


def decided(units: list[tuple[str, str]]) -> str:
    counts, total = Counter(script for script, _ in units), len(units)
    if counts["ja"] and counts["ja"] >= 0.2 * (counts["han"] + counts["ja"]):
        return "ja"
    if counts["ko"] and counts["ko"] >= 0.2 * total:
        return "ko"
    if counts["han"] and counts["han"] >= 0.1 * total:
        return "mixed" if counts["latin"] >= max(2, 0.05 * total) else "zh"
    script = max(SCRIPTS, key=counts.__getitem__)
    words = [unit for name, unit in units if name == script]
    if script == "latin":
        return _latin(words)
    if script in _SHARED_ALPHABETS:
        return _detect(" ".join(words), _SHARED_ALPHABETS[script])[0]
    return "ko" if script == "jamo" else script
