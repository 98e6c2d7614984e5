"""The formats that are recognised: no store needed."""

import json
from functools import cache
from typing import Any

import listeners
from listeners import Format
from listeners.apis.registry import apis
from tingfeng.home import CHECKOUT


def formats() -> list[dict[str, Any]]:
    """`[{"name", "platform", "kind", "how_recognised"}]`, then what can only be pulled."""
    known = {one.name: one for one in listeners.formats()}
    only_pulled = [
        Format(api.name, api.platform, None, f"tingfeng pull {api.name}: no files")
        for api in apis().values()
        if api.name not in known
    ]
    return [_row(one) for one in (*known.values(), *only_pulled)]


@cache
def described() -> list[dict[str, Any]]:
    """Those of files, each with `columns` and `guide`, and `sample`: `{"record", "mention", "platforms"}` or None.

    `platforms` are those of the tables of several platforms that were tried.
    """
    text = (CHECKOUT / "config" / "listeners" / "samples.json").read_text(encoding="utf-8")
    samples: dict[str, Any] = json.loads(text)
    return [
        _row(one) | {"columns": one.columns, "guide": one.guide, "sample": samples.get(one.name)}
        for one in listeners.formats()
    ]


def _row(one: Format) -> dict[str, Any]:
    return {"name": one.name, "platform": one.platform, "kind": one.kind, "how_recognised": one.how_recognised}
