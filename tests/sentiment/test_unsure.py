import pytest

from sentiment import analyze, engines, says_nothing, unsure, unsure_below
from tingfeng.home import config


def test_only_an_engine_whose_confidence_is_calibrated_is_ever_unsure():
    assert unsure_below() == {"tingfeng": 0.5}
    assert [unsure("tingfeng 2 + a1b2c3", sure) for sure in (0.34, 0.499, 0.5, 1.0)] == [True, True, False, False]
    assert not any(unsure(f"{name} 1", 0.34) for name in engines() if name != "tingfeng")
    assert set(config("unsure")) <= set(engines())


@pytest.mark.parametrize(
    ("text", "nothing"),
    [
        ("", True),
        (" \n", True),
        ("https://example.org/a @somebody", True),
        ("转发微博", True),
        ("😍", False),
        ("好", False),
        ("今日は いい天気ですね", False),
    ],
)
def test_there_is_nothing_to_read_where_nobody_wrote_a_word(text, nothing):
    assert says_nothing(text) is nothing
    (found,) = analyze([text])
    assert found.label is None if nothing else (found.label is None) == (found.language == "ja")
