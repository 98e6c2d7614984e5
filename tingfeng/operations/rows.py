"""Frames of answers as rows of JSON."""

import math
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def rows_of(frame: "pd.DataFrame") -> list[dict[str, Any]]:
    """The rows of `frame` as plain JSON: unknown is null, times are UTC with a `Z`, lists stay lists."""
    return [{str(name): plain(value) for name, value in row.items()} for row in frame.to_dict("records")]


def plain(value: Any) -> Any:
    """`value` as JSON has it."""
    import pandas as pd

    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items()}
    if value is pd.NaT or value is pd.NA or (isinstance(value, float) and not math.isfinite(value)):
        return None
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    return plain(value.tolist()) if hasattr(value, "tolist") else value
