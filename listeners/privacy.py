"""What must not be kept of people who were only listened to."""

from typing import Final

import polars as pl

#: Columns that are not even kept of rejected records.
PERSONAL: Final = frozenset(
    {"avatar", "user_avatar", "avatarThumbnail", "user_signature", "sign", "xsec_token", "联系方式", "达人简介"}
)


def masked(names: pl.Series) -> pl.Series:
    """Names in which a Chinese mobile number keeps its first three digits only."""
    return names.str.replace_all(r"(^|[^0-9])(1[3-9][0-9])[0-9]{8}($|[^0-9])", "$1$2********$3")
