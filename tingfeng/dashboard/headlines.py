"""What changed, in words: one sentence a fact."""

from collections.abc import Sequence
from typing import Final

from tingfeng.dashboard import figures
from tingfeng.dashboard.words import Words
from tingfeng.insights.changes import Driver, Fact

#: A driver is named when it stands for this share of the change at least.
WORTH_NAMING: Final = 0.25


def headline(facts: Sequence[Fact], mentions: int, words: Words) -> str:
    """The first line: how many mentions against the period before, and what drove it."""
    whole = next((fact for fact in facts if fact.kind == "mentions" and fact.subject is None), None)
    if whole is None:
        return words("headline.only", n=mentions)
    return _mentions(whole, words) + _driven(whole.drivers, words)


def further(facts: Sequence[Fact], words: Words) -> list[str]:
    """The other facts, one sentence each."""
    return [told(fact, words) for fact in facts if fact.kind == "net" or fact.subject is not None]


def told(fact: Fact, words: Words) -> str:
    """One fact as a sentence."""
    said = _mentions(fact, words) if fact.kind == "mentions" else _net(fact, words)
    subject = words("headline.of", subject=fact.subject, said=said) if fact.subject else said
    return subject + _driven(fact.drivers, words)


def _mentions(fact: Fact, words: Words) -> str:
    values = {"n": int(fact.value), "previous": words.exact(fact.previous)}
    if fact.change is None:
        return words("headline.new", **values)
    if not fact.significant:
        return words("headline.same", change=figures.change(fact.change), **values)
    way = "up" if fact.change > 0 else "down"
    return words(f"headline.{way}", change=figures.percent(abs(fact.change)), **values)


def _net(fact: Fact, words: Words) -> str:
    moved = fact.change or 0.0
    way = "net_up" if moved > 0 else "net_down"
    return words(f"headline.{way}", points=figures.exact(abs(moved) * 100), value=figures.index(fact.value))


def _driven(drivers: Sequence[Driver], words: Words) -> str:
    """Which parts of the whole moved with it most."""
    names = [_name(driver, words) for driver in drivers if driver.share is None or driver.share >= WORTH_NAMING]
    return words("headline.driven", drivers=words("list.comma").join(names)) if names else words("headline.end")


def _name(driver: Driver, words: Words) -> str:
    naming = {"platform": words.platform, "language": words.tongue}
    name = naming[driver.dimension](driver.value) if driver.dimension in naming else driver.value
    if driver.share is None:
        return name
    # Parts may move more than the whole where others move against it.
    return words("headline.driver", name=name, share=figures.percent(min(driver.share, 1.0)))
