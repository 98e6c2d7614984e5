"""The parts behind sentiment toward a subject: names, clauses, comparisons, features and weights."""

import json
from pathlib import Path

import numpy as np
import pytest

from sentiment.model.weights import Weights
from sentiment.target.clauses import parts
from sentiment.target.comparison import asks, verdict
from sentiment.target.features import grams
from sentiment.target.places import RIVAL, SUBJECT, Names, marked
from sentiment.target.reading import trained_logits
from sentiment.target.weights import MODEL, TargetWeights

KOVA = Names(("Kova", "科娃"), ("露茉", "Kova Music"))


def shown(text: str, names: Names = KOVA) -> str:
    return marked([text], [names])[0].replace(SUBJECT, "S").replace(RIVAL, "R")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ＫＯＶＡ's shop, kovas and #kova", "S shop, S and #S"),
        ("novakova kova2 kova", "novakova kova2 S"),
        ("Kova Music on kova", "R on S"),
        ("科娃比露茉好", "S比R好"),
        ("科娃比星巴克好", "S比R好"),
        ("I saw Velno on kova today", "i saw R on S today"),
        ("Kova. It is great", "S. S  is great"),
        ("科娃，他家不错", "S,S 不错"),
        ("kova and Velno. It is great", "S and R. it is great"),
        ("kova https://kova.example/kova", "S"),
        ("kova\nvelno", "S。velno"),
        ("velno only", "velno only"),
    ],
)
def test_names_are_marked(text: str, expected: str):
    assert shown(text) == expected


def test_what_is_read_begins_shortly_before_a_late_name():
    text = shown("天" * 5000 + "科娃好")
    assert text == "天" * 200 + "S好"


@pytest.mark.parametrize(
    ("text", "about", "last"),
    [
        ("科娃包装一般，用起来顺手。露茉难用，很贵", "包装一般,用起来顺手", "包装一般,用起来顺手"),
        ("科娃偶尔抽风，但总体很靠谱", "偶尔抽风,总体很靠谱", "总体很靠谱"),
        ("科娃的杯子好看，云苓的杯子难看", "的杯子好看", "的杯子好看"),
        ("露茉好用。kova costs 12.50, is bad", "costs 12.50, is bad", "costs 12.50, is bad"),
    ],
)
def test_parts_about_the_subject(text: str, about: str, last: str):
    found = parts(marked([text], [KOVA])[0])
    assert (found.about.strip(), found.last.strip()) == (about, last)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("科娃吊打露茉", "good"),
        ("露茉吊打科娃", "bad"),
        ("科娃不输露茉", "good"),
        ("露茉不比科娃差", "even"),
        ("科娃比露茉贵", "bad"),
        ("科娃比露茉早发布", None),
        ("弃了科娃投奔露茉", "bad"),
        ("Kova can't compete with Velno", "bad"),
        ("Nothing comes close to Kova", "good"),
        ("I love Kova < 3", None),
        ("better than dinner at kova", None),
        ("Kova is here", None),
    ],
)
def test_verdicts(text: str, said: str | None):
    assert verdict(marked([text], [KOVA])[0]) == said


def test_questions():
    assert asks("哪个好用")
    assert asks("does anyone know kova")
    assert not asks("kova is good")


def test_what_stands_near_the_subject_counts_more():
    first, second = (f"{word} one two three four five six seven eight {SUBJECT}" for word in ("good", "bad"))
    near, far = grams([f"good {SUBJECT}"]), grams([first])
    assert near.values.max() > far.values.max()
    found = grams([first, second])
    assert np.allclose([np.sum(found.values[found.rows == row] ** 2) for row in (0, 1)], 1)
    assert not np.array_equal(found.buckets[found.rows == 0], found.buckets[found.rows == 1])


def test_each_text_of_a_batch_is_read_alone():
    texts = marked(["Kova is great, truly", "ugh, kova again", "kova"], [KOVA] * 3)
    document = Weights.read()
    target = TargetWeights.read(document)
    alone = [trained_logits([text], document, target)[0] for text in texts]
    assert np.allclose(trained_logits(texts, document, target), alone)


def test_weights_come_back_as_they_were_kept_and_are_small(tmp_path: Path):
    document = Weights.read()
    kept = TargetWeights.read(document)
    kept.write(tmp_path / "kept.npz")
    again = TargetWeights.read(document, tmp_path / "kept.npz")
    assert np.array_equal(kept.grams, again.grams)
    assert np.array_equal(kept.numbers, again.numbers)
    assert (kept.unit, kept.card) == (again.unit, again.card)
    assert MODEL.stat().st_size < 2_000_000


@pytest.mark.parametrize(
    ("change", "said"), [({"numbers": 9}, "other features"), ({"document": "0123456789ab"}, "another document model")]
)
def test_weights_of_other_features_or_another_document_model_are_refused(
    tmp_path: Path, change: dict[str, object], said: str
):
    with np.load(MODEL) as file:
        kept = dict(file)
    card = json.loads(bytes(kept["card"])) | change
    np.savez(tmp_path / "other.npz", **kept | {"card": np.frombuffer(json.dumps(card).encode(), np.uint8)})
    with pytest.raises(ValueError, match=said):
        TargetWeights.read(Weights.read(), tmp_path / "other.npz")
