"""Short explanations of the slang and emoji in a text."""

from typing import NamedTuple

from sentiment.clean import own_words
from sentiment.lexicon import lexicon


class Gloss(NamedTuple):
    """A term as it is written in the text, where it stands, and what it means in English and Chinese."""

    term: str
    start: int
    end: int
    en: str
    zh: str


def glosses(text: str) -> list[Gloss]:
    """The slang and emoji of `text` that the lexicon explains, each occurrence, from left to right."""
    return [
        Gloss(text[hit.start : hit.end], hit.start, hit.end, hit.entry.en, hit.entry.zh)
        for hit in lexicon().hits(own_words(text))
        if hit.entry.en
    ]
