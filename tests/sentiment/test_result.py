import pytest
from hypothesis import given
from hypothesis import strategies as st

from sentiment.result import Probabilities


@given(st.floats(-1, 1), st.sampled_from([0.05, 0.2]))
def test_a_single_score_is_kept_and_the_band_is_neutral(score: float, band: float):
    answer = Probabilities.from_score(score, band)
    assert sum(answer) == pytest.approx(1)
    assert min(answer) >= -1e-12
    assert answer.score == pytest.approx(score)
    assert answer.label == ("neutral" if abs(score) < band else "positive" if score > 0 else "negative")
    assert answer.confidence == max(answer)


def test_between_equals_a_polar_label_goes_first():
    assert Probabilities(0.4, 0.4, 0.2).label == "positive"
    assert Probabilities(0.2, 0.4, 0.4).label == "negative"
    assert Probabilities(0.3, 0.4, 0.3).label == "neutral"
