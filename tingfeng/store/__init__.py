"""The store: one DuckDB file, the questions it answers, corrections, import history, quarantine."""

from tingfeng.store.corrections import Correction
from tingfeng.store.errors import StoreError, UnknownNameError
from tingfeng.store.filters import Filters
from tingfeng.store.store import Store
from tingfeng.store.upsert import Staged

__all__ = ["Correction", "Filters", "Staged", "Store", "StoreError", "UnknownNameError"]
