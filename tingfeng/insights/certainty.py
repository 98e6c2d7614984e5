"""How many of the labels in view are not sure."""

from sentiment import unsure_below
from tingfeng.insights import formulas
from tingfeng.store import Filters, Store


def unsure_share(store: Store, filters: Filters) -> float | None:
    """The share of labels below the confidence of `config/unsure.yaml`; None where there is no label."""
    found = store.unsure(filters, unsure_below())
    return formulas.share(found["unsure"], found["labelled"])
