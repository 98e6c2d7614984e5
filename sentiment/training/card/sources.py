"""The block on data: what the model learned from, how much of it, and under which licence it was published."""

from collections import Counter
from pathlib import Path

from sentiment.training.card.page import table
from sentiment.training.phrases import ALONE, TERMS, own_examples
from sentiment.training.target import is_held_out, labelled
from sentiment.training.texts import WRITTEN, Example, training_examples
from tingfeng.home import config


def data(folder: Path, valid: list[Example]) -> str:
    """Every source with the rows that training uses after the overlap with validation texts is left out."""
    used = Counter(row.source for row in training_examples(folder))
    used.update(row.source for row in own_examples(folder))
    judged = Counter(row.source for row in valid)
    toward = labelled(folder / "target-train.csv.gz")
    used.update(row.kind for row in toward if not is_held_out(row.text))
    judged.update(row.kind for row in toward if is_held_out(row.text))
    own = {WRITTEN.stem, TERMS, ALONE}
    known = config("training-data")
    if unknown := set(used) - set(known):
        raise KeyError(f"config/training-data.yaml does not know {', '.join(sorted(unknown))}")
    rows = []
    for name, about in known.items():
        numbers = [f"{used[name]:,}", "" if name in own else f"{judged[name]:,}"]
        rows.append([f"`{name}`", about["what"], str(about["classes"]), *numbers, about["licence"]])
    return table(["source", "what it is", "classes", "trained on", "judged on", "licence"], rows)
