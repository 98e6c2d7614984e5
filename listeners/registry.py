"""All listeners, in the order in which `tingfeng formats` lists them. A new source is one more line here."""

from functools import cache

from listeners.contract import Format, Listener
from listeners.hackernews import hackernews
from listeners.mediacrawler import exports
from listeners.table.listener import NAME, TableListener
from listeners.tingfeng_export import TingfengExport
from listeners.tt_refugee import tt_refugee


@cache
def listeners() -> tuple[Listener, ...]:
    """One of each kind."""
    return (*exports(), tt_refugee(), hackernews(), TingfengExport())


def formats() -> list[Format]:
    """What can be read, and how it is recognised; tables of unknown layout last."""
    known = [Format(one.name, one.platform, one.kind, one.how_recognised) for one in listeners()]
    return [*known, Format(NAME, None, None, TableListener.how_recognised)]
