"""How the model is made: what is left out, what counts, and that it is learned."""

import os
from pathlib import Path

import numpy as np
import pytest

from sentiment.training.card import Answers, calibration_error, interval, macro_f1, quality
from sentiment.training.phrases import phrases
from sentiment.training.texts import CHALLENGE, REHEARSAL, Overlap, own_texts, shingles, written
from tingfeng.mentions.text import fold

SHARED = Path(os.environ.get("TINGFENG_SHARED", Path(__file__).parents[3] / "shared"))


def test_retweets_cuts_and_other_names_are_the_same_text():
    held_out = Overlap(["I'm going to Threshold at Celebr8 in Kingston, @user", "这家店的奶茶真的很好喝"])
    assert held_out.holds("RT: i'm going to Threshold at Celebr8 in Kingston http://t.co/McuoWN5c")
    assert held_out.holds("这家店的奶茶真的很好喝！！")
    assert not held_out.holds("I'm going to the cinema tonight with you")
    assert not held_out.holds("")
    assert shingles("😭") == set()


def test_terms_are_shown_with_their_pole_and_turned_by_a_negation():
    shown = {example.text: example.label for example in phrases()}
    assert (shown["yyds"], shown["不是智商税"], shown["避雷针"]) == ("positive", "positive", "neutral")
    assert shown["❤❤"] == "positive"


@pytest.mark.parametrize("path", [CHALLENGE, REHEARSAL])
def test_what_the_model_is_judged_by_is_nobodys_example(path: Path):
    texts = [example.text for example, _ in own_texts(path)]
    assert len(texts) == len(set(texts)) >= 300
    assert not set(map(fold, texts)) & {fold(example.text) for example in phrases()}
    judged = {" ".join(sorted(shingles(text))) for text in texts} - {""}
    assert not judged & {" ".join(sorted(shingles(example.text))) for example in written()}


def test_figures_of_the_card():
    truth = np.array([0, 0, 1, 2])
    said = Answers(np.array([0, 1, 1, 2]), np.array([-1.0, 0.0, 0.1, 1.0]), np.array([0.9, 0.5, 0.5, 1.0]))
    assert macro_f1(truth, said.labels) == pytest.approx((2 / 3 + 2 / 3 + 1) / 3)
    assert quality(np.array([0, 0, 2, 2]), said) == 1.0
    assert calibration_error(truth, said) == pytest.approx((abs(0.9 - 1) + abs(1.0 - 1) + 0) / 4)
    low, high = interval(truth, said.labels)
    assert low < macro_f1(truth, said.labels) <= high


def test_a_model_learns_what_separates_its_texts():
    sparse = pytest.importorskip("scipy.sparse", reason="training needs the extra `training` (scipy)")
    from sentiment.training.fitting import Task, balanced, fit

    rows = sparse.csr_matrix(np.eye(3, dtype=np.float32).repeat(20, axis=0))
    labels = np.arange(3).repeat(20)
    task = Task(
        rows=rows,
        wanted=np.eye(3, dtype=np.float32)[labels],
        counts=balanced(labels, np.zeros(60, int), np.ones(1, np.float32), 0.5),
        source=np.zeros(60, int),
        polar=np.zeros(60, bool),
        biased=np.ones(1, bool),
    )
    assert (rows @ fit(task, seed=1)).argmax(axis=1).tolist() == labels.tolist()


@pytest.mark.slow
@pytest.mark.samples
def test_no_validation_text_is_learned_from():
    folder = SHARED / "sentiment"
    if not folder.exists():
        pytest.skip("the labelled texts are not there")
    from sentiment.training.texts import examples, training_examples

    normal = {" ".join(sorted(shingles(row.text))) for row in examples(folder / "valid.csv.gz")} - {""}
    assert not normal & {" ".join(sorted(shingles(row.text))) for row in training_examples(folder)}
