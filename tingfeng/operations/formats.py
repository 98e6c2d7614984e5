"""The formats that are recognised: no store needed."""

import json
from functools import cache
from typing import Any

import listeners
from listeners.apis.registry import apis
from tingfeng.home import CHECKOUT


def formats() -> list[dict[str, Any]]:
    """`[{"name", "platform", "kind", "how_recognised"}]`, then what can only be pulled."""
    known = listeners.formats()
    only_pulled = [api for api in apis().values() if api.name not in {one.name for one in known}]
    return [
        {
            "name": one.name,
            "platform": one.platform,
            "kind": one.kind,
            "how_recognised": one.how_recognised,
        }
        for one in known
    ] + [
        {
            "name": api.name,
            "platform": api.platform,
            "kind": None,
            "how_recognised": f"tingfeng pull {api.name}: no files",
        }
        for api in only_pulled
    ]


@cache
def described() -> list[dict[str, Any]]:
    """Those of files, each with `columns` and `guide`, and `sample`: `{"record", "mention", "platforms"}` or None.

    `platforms` are those of the tables of several platforms that were tried.
    """
    text = (CHECKOUT / "config" / "listeners" / "samples.json").read_text(encoding="utf-8")
    samples: dict[str, Any] = json.loads(text)
    return [
        row | {"columns": known.columns, "guide": known.guide, "sample": samples.get(known.name)}
        for row, known in zip(formats(), listeners.formats(), strict=False)
    ]
