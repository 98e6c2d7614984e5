"""The card of the engine: its blocks, its tables, its plot."""

import re
from pathlib import Path

import numpy as np
import pytest

from sentiment.training.card import page
from sentiment.training.card.figures import Answers, accuracy, reliability
from sentiment.training.card.plot import reliability_plot
from sentiment.training.card.sizes import speeds

TEXT = """Before

<!-- made by sentiment.training.card: a -->
old
<!-- end -->

Between

<!-- made by x: b-c -->
<!-- end -->
"""


def test_only_named_blocks_are_written_and_writing_again_changes_nothing(tmp_path: Path):
    path = tmp_path / "page.md"
    path.write_text(TEXT, encoding="utf-8")
    page.write({"a": page.table(["x", "y"], [["1", r"\g<0>"]])}, path)
    once = path.read_text(encoding="utf-8")
    assert "-->\n\n| x | y |\n| --- | --- |\n| 1 | \\g<0> |\n\n<!-- end -->" in once
    assert "old" not in once
    assert once.endswith(TEXT[TEXT.index("\n\nBetween") :])
    page.write({"a": page.table(["x", "y"], [["1", r"\g<0>"]])}, path)
    assert path.read_text(encoding="utf-8") == once


def test_a_block_that_the_page_lacks_is_an_error():
    with pytest.raises(KeyError, match="speed"):
        page.filled(TEXT, {"speed": "1"})


def test_the_page_has_every_block_once():
    names = page.names(page.PAGE.read_text(encoding="utf-8"))
    assert len(names) == len(set(names))
    assert set(names) >= {"data", "languages", "sources", "confusion", "calibration", "robustness", "rehearsal"}
    assert set(names) >= {
        "challenge",
        "toward",
        "toward-challenge",
        "size",
        "speed",
        "learning-random",
        "learning-wrong",
    }


def test_bins_and_accuracy():
    truth = np.array([0, 0, 1, 2])
    said = Answers(np.array([0, 1, 1, 2]), np.array([-1.0, 0.0, 0.1, 1.0]), np.array([0.92, 0.5, 0.54, 1.0]))
    assert accuracy(truth, said) == 0.75
    assert accuracy(np.array([0, 0, 2, 2]), said) == 1.0  # no neutral text: by the score's sign
    low, high = reliability(truth, said)
    assert low == pytest.approx((2, 0.52, 0.5))
    assert high == pytest.approx((2, 0.96, 1.0))
    plot = reliability_plot({"Chinese": [low, high]})
    dots = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"', plot)
    assert dots == [("104.0", "100.0"), ("192.0", "0.0")]


def test_speed_stays_as_it_is_where_nothing_was_measured(tmp_path: Path):
    path = tmp_path / "bench-sentiment.json"
    assert speeds(path) == {}
    path.write_text(
        '{"texts": 60000, "characters": 41.6, "source": "texts", "plain_rate": 500.0, "analyze_rate": 20000.0,'
        ' "scorer_rate": 35000.0, "ratio": 70.0, "worker_megabytes": 300}'
    )
    assert "| `analyze`, one process | 20,000 | 40 x |" in speeds(path)["speed"]
    assert "60,000 texts, 42 characters" in speeds(path)["speed"]
