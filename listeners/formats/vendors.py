"""Tables that Chinese data vendors sell or export (千瓜, 新红, 灰豚, 蝉妈妈, 飞瓜 and others share their columns)."""

from collections.abc import Iterator

from listeners.layout import LayoutListener
from tingfeng.home import config


def vendors() -> Iterator[LayoutListener]:
    """A listener for each platform that vendors' tables are read of."""
    known = config("listeners/vendors")
    for platform, rules in known.items():
        if platform != "guide":
            yield LayoutListener.of(f"vendor_{platform}", rules | {"guide": known["guide"]})
