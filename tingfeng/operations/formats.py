"""The formats that are recognised: no store needed."""

from typing import Any

import listeners


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
