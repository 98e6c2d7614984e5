from math import exp

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sentiment.probabilities import columns, from_scores, labels, scores, softmax
from sentiment.result import LABELS, Columns, Sentiment


@given(st.lists(st.floats(-1, 1)), st.sampled_from([0.05, 0.2]))
def test_single_scores_are_kept_and_the_band_is_neutral(given: list[float], band: float):
    answers = from_scores(given, band)
    assert answers.shape == (len(given), 3)
    assert answers.sum(axis=1) == pytest.approx(1)
    assert answers.min(initial=0) >= -1e-12
    assert scores(answers) == pytest.approx(given)
    said = ["neutral" if abs(score) < band else "positive" if score > 0 else "negative" for score in given]
    assert [LABELS[place] for place in labels(answers)] == said


def test_between_equals_a_polar_label_goes_first():
    answers = np.array([[0.4, 0.4, 0.2], [0.2, 0.4, 0.4], [0.3, 0.4, 0.3]])
    assert [LABELS[place] for place in labels(answers)] == ["positive", "negative", "neutral"]


@given(st.lists(st.tuples(*[st.floats(-700, 700)] * 3), min_size=1))
def test_softmax(logits: list[tuple[float, float, float]]):
    answers = softmax(np.array(logits))
    for row, answer in zip(logits, answers.tolist(), strict=True):
        shares = [exp(value - max(row)) for value in row]
        assert answer == pytest.approx([share / sum(shares) for share in shares], abs=1e-12)


def test_columns_are_null_where_nobody_answered():
    found = columns(np.array([[0.5, 0.25, 0.25]]), [1], [None, "zh", "ja"])
    assert found == Columns([None, "positive", None], [None, 0.25, None], [None, 0.5, None], [None, "zh", "ja"])
    assert found.rows()[1] == Sentiment("positive", 0.25, 0.5, "zh")
    assert columns(np.zeros((0, 3)), [], [None]) == Columns([None], [None], [None], [None])
