"""All listeners, in the order in which `tingfeng formats` lists them. A new source is one more line here."""

from listeners.contract import Format, Listener


def listeners() -> list[Listener]:
    """One of each kind."""
    return []


def formats() -> list[Format]:
    """What can be read, and how it is recognised."""
    return [Format(one.name, one.platform, one.kind, one.how_recognised) for one in listeners()]
