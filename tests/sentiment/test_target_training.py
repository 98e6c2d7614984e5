"""How the model toward a subject is made, and the lists that judge it."""

import csv
import gzip
import os
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from sentiment.model.weights import Weights
from sentiment.target.places import Names, marked
from sentiment.target.reading import trained_logits

target = pytest.importorskip("sentiment.training.target", reason="needs the extra `training`")
SHARED = Path(os.environ.get("TINGFENG_SHARED", Path(__file__).parents[3] / "shared"))


def test_the_lists_are_large_mixed_and_have_no_text_in_common():
    developing, challenge = target.written(target.DEVELOPING), target.written(target.CHALLENGE)
    assert (len(developing), len(challenge)) == (244, 215)
    for rows in (developing, challenge):
        assert set(Counter(row.label for row in rows)) == {"positive", "neutral", "negative"}
        assert set(Counter(row.lang for row in rows)) == {"zh", "en", "mix"}
        assert all(name in row.text for row in rows for name in (row.subject, *row.aliases))
    assert not {row.text for row in developing} & {row.text for row in challenge}


def test_rows_of_one_text_are_held_out_together():
    texts = [f"The food at number {number} was fine" for number in range(3000)]
    held_out = [target.is_held_out(text) for text in texts]
    assert held_out == [target.is_held_out(f"{text.upper()} https://x.example/1 ") for text in texts]


def test_weights_learn_whom_praise_is_for_and_training_repeats_itself():
    rows = [
        target.Labelled(f"{good} is lovely , {bad} is horrid {end}", name, (), label, "made", "en")
        for end in ("today", "again", "here", "now", "still", "really", "ok", "there", "always", "once")
        for good, bad in (("kova", "velno"), ("velno", "kova"), ("lumo", "kova"), ("kova", "lumo"))
        for name, label in ((good, "positive"), (bad, "negative"))
    ]
    document = Weights.read()
    weights, again = target.train(rows, document), target.train(rows, document)
    assert np.array_equal(weights.grams, again.grams)
    assert weights.card == again.card
    text = "tavi is lovely , orbo is horrid"
    (negative, positive), (worse, better) = trained_logits(
        marked([text, text], [Names(("tavi",)), Names(("orbo",))]), document, weights
    )
    assert positive > negative
    assert worse > better


@pytest.mark.samples
def test_no_challenge_text_stands_in_the_training_file():
    with gzip.open(SHARED / "sentiment" / "target-train.csv.gz", "rt", encoding="utf-8", newline="") as file:
        texts = {row["text"] for row in csv.DictReader(file)}
    assert not texts & {row.text for row in target.written(target.CHALLENGE)}
