"""Texts that scoring is measured on: Chinese, English and mixed ones, about 45 : 45 : 10, as long as people write."""

import random
from itertools import chain
from pathlib import Path
from typing import Final

import polars as pl

from tingfeng.intake.demo import demo_batches
from tingfeng.mentions.text import scored_text

#: Where the texts lie that the model was trained and validated on; they are no part of the repository.
COLLECTED: Final = Path(__file__).parents[2] / "shared" / "sentiment"
_SHARES: Final = {"zh": 0.45, "en": 0.45, "mix": 0.1}


def mixed_texts(count: int, seed: int) -> tuple[list[str], str]:
    """Up to `count` different texts in any order, and where they come from."""
    if COLLECTED.is_dir():
        texts, source = _collected(count, seed), "validation and training texts"
    else:
        texts, source = _told(count, seed), "texts of the demo"
    random.Random(seed).shuffle(texts)  # noqa: S311 - an order, not a secret
    return texts, source


def _collected(count: int, seed: int) -> list[str]:
    files = [COLLECTED / f"{name}.csv.gz" for name in ("valid", "train-clear", "train-unclear")]
    frame = pl.concat(pl.read_csv(file, columns=["text", "lang"]) for file in files).unique("text", maintain_order=True)
    parts = (frame.filter(lang=lang)["text"] for lang in _SHARES)
    wanted = (round(count * share) for share in _SHARES.values())
    picked = [part.sample(min(many, len(part)), seed=seed) for part, many in zip(parts, wanted, strict=True)]
    return [text for part in picked for text in part]


def _told(count: int, seed: int) -> list[str]:
    frames = demo_batches(2 * count, seed)
    rows = chain.from_iterable(frame.select("title", "text").iter_rows() for frame in frames)
    return list(dict.fromkeys(scored_text(title, text, None) for title, text in rows))[:count]
