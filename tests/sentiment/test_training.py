"""How the model is made: what is left out, what counts, and that it is learned."""

import os
from pathlib import Path

import numpy as np
import pytest

from sentiment.learning.judging import macro_f1
from sentiment.training.card.figures import Answers, calibration_error, interval, quality
from sentiment.training.phrases import own_examples, phrases
from sentiment.training.texts import (
    CHALLENGE,
    REHEARSAL,
    Example,
    Overlap,
    examples,
    normal_forms,
    own_texts,
    parted,
    shingles,
    training_examples,
    unlike,
    written,
)
from tingfeng.mentions.text import fold

SHARED = Path(os.environ.get("TINGFENG_SHARED", Path(__file__).parents[3] / "shared"))


def test_retweets_cuts_and_other_names_are_the_same_text():
    held_out = Overlap(["I'm going to Threshold at Celebr8 in Kingston, @user", "这家店的奶茶真的很好喝"])
    assert held_out.holds("RT: i'm going to Threshold at Celebr8 in Kingston http://t.co/McuoWN5c")
    assert held_out.holds("这家店的奶茶真的很好喝！！")
    assert not held_out.holds("I'm going to the cinema tonight with you")
    assert not held_out.holds("")
    assert shingles("😭") == set()


def test_a_short_text_inside_another_is_found_whatever_else_shares_as_much():
    short, long = "one two three four five six seven", "four five six seven eight nine ten " + "and so on it went " * 3
    text = "one two three four five six seven eight nine ten"
    assert len(shingles(text) & shingles(short)) == len(shingles(text) & shingles(long)) == 3
    assert Overlap([long, short]).holds(text)
    assert Overlap([short, long]).holds(text)
    assert not Overlap([long]).holds(text)


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


def test_nothing_that_looks_like_a_judged_text_is_learned_from():
    judged = ["So GOOD!! @kova", "😭😭😭", "https://x.example"]
    rows = [Example(text, "positive", "en", "made") for text in ("so good!", "😭😭😭😭", "so bad", "😭", "www.x.cn/a")]
    assert [row.text for row in unlike(rows, judged)] == ["so bad", "😭", "www.x.cn/a"]


@pytest.fixture(scope="module")
def folder() -> Path:
    found = SHARED / "sentiment"
    if not found.exists():
        pytest.skip("the labelled texts are not there")
    return found


@pytest.fixture(scope="module")
def judged_forms(folder: Path) -> set[str]:
    """The normal forms of all texts that the model is judged by; a text of links alone has none."""
    texts = [row.text for row in examples(folder / "valid.csv.gz")]
    texts += [row.text for path in (CHALLENGE, REHEARSAL) for row, _ in own_texts(path)]
    return set(normal_forms(texts)) - {""}


def judged_among(texts: list[str], judged_forms: set[str]) -> int:
    """How many of `texts` are judged ones. A number, so that a failure shows none of them."""
    return sum(form in judged_forms for form in normal_forms(texts))


@pytest.mark.samples
def test_no_judged_text_is_among_our_own_examples(folder: Path, judged_forms: set[str]):
    assert judged_among([row.text for row in own_examples(folder)], judged_forms) == 0


@pytest.mark.samples
def test_no_judged_text_is_learned_from_toward_a_subject(folder: Path, judged_forms: set[str]):
    target = pytest.importorskip("sentiment.training.target", reason="needs the extra `training`")
    rows = target.labelled(folder / "target-train.csv.gz")
    assert judged_among([row.text for row in rows], judged_forms) == 0


@pytest.mark.slow
@pytest.mark.samples
def test_no_judged_text_is_learned_from_or_set_aside(folder: Path, judged_forms: set[str]):
    rows = training_examples(folder)
    kept, aside = parted(rows)
    assert len(kept) + len(aside) == len(rows)
    assert len(aside) > 10_000
    assert judged_among([row.text for row in rows], judged_forms) == 0
    shingled = {" ".join(sorted(shingles(row.text))) for row in examples(folder / "valid.csv.gz")} - {""}
    assert sum(" ".join(sorted(shingles(row.text))) in shingled for row in rows) == 0
