"""The formats that are recognised: no store needed."""

import json
from functools import cache
from typing import Any

import listeners
from tingfeng.home import CHECKOUT


def formats() -> list[dict[str, Any]]:
    """`[{"name", "platform", "kind", "how_recognised"}]`."""
    return [
        {
            "name": known.name,
            "platform": known.platform,
            "kind": known.kind,
            "how_recognised": known.how_recognised,
        }
        for known in listeners.formats()
    ]


@cache
def described() -> list[dict[str, Any]]:
    """The same, each with `columns` and `guide`, and `sample`: `{"record", "mention", "platforms"}` or None.

    `platforms` are those of the tables of several platforms that were tried.
    """
    text = (CHECKOUT / "config" / "listeners" / "samples.json").read_text(encoding="utf-8")
    samples: dict[str, Any] = json.loads(text)
    return [
        row | {"columns": known.columns, "guide": known.guide, "sample": samples.get(known.name)}
        for row, known in zip(formats(), listeners.formats(), strict=True)
    ]
