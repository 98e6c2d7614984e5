"""What must not be kept of people who were only listened to."""

import polars as pl


def masked(names: pl.Series) -> pl.Series:
    """Names in which a Chinese mobile number keeps its first three digits only."""
    return names.str.replace_all(r"(^|[^0-9])(1[3-9][0-9])[0-9]{8}($|[^0-9])", "$1$2********$3")
