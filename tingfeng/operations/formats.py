"""The formats that are recognised: no store needed."""

from typing import Any

import listeners
from listeners.apis.registry import apis


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
