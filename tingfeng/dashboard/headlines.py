"""What changed, in words: one sentence about everything, and one about each subject that moved."""

from collections.abc import Collection, Sequence
from typing import Any, Final

from tingfeng.dashboard import figures
from tingfeng.dashboard.words import Words
from tingfeng.insights import Driver, Fact, Standout

#: A driver is named when it stands for this share of its dimension's contributions at least.
WORTH_NAMING: Final = 0.25

#: How many dimensions are spoken of.
NAMED: Final = 2


def standing_out(day: Standout, words: Words) -> str:
    """The line about the day that stands out: where, how far beyond the usual, and how it was meant."""
    values = {
        "day": words.day(day.day),
        "subject": day.subject,
        "platforms": words("list.and").join(words.platform(each) for each in day.platforms),
        "n": day.n,
    }
    said = [words("headline.standout" if day.counted == "mentions" else "headline.standout_negative", **values)]
    said.append(_times(day, words))
    if day.net is not None:
        said.append(words("headline.standout_net", value=figures.index(day.net)))
    return words("headline.sentence", said=words("list.clauses").join(said))


def _times(day: Standout, words: Words) -> str:
    """How many times the usual number it was; a usual number below one a day says little."""
    if day.usual < 1:
        return words("headline.seldom")
    times = day.n / day.usual
    return words("headline.times", times=figures.exact(times) if times >= 10 else f"{times:.1f}".removesuffix(".0"))


def headline(facts: Sequence[Fact], mentions: int, words: Words, fixed: Collection[str] = ()) -> str:
    """The first line: how many mentions against the period before, and what drove it.

    Drivers of a dimension that is `fixed` to one value explain nothing and stay out, as do those of mere chance.
    """
    whole = next((fact for fact in facts if fact.kind == "mentions" and fact.subject is None), None)
    if whole is None:
        return words("headline.sentence", said=words("headline.only", n=mentions))
    return words("headline.sentence", said=_mentions(whole, words) + _driven(whole, words, fixed))


def further(facts: Sequence[Fact], words: Words, fixed: Collection[str] = ()) -> list[str]:
    """The other facts: net sentiment of everything, then a line a subject."""
    said = [
        _net(fact, words) + _driven(fact, words, fixed) for fact in facts if fact.kind == "net" and fact.subject is None
    ]
    subjects = dict.fromkeys(fact.subject for fact in facts if fact.subject is not None)
    for name in subjects:
        parts = [_of(fact, words) for fact in facts if fact.subject == name]
        said.append(words("headline.of", subject=name, said=words("list.clauses").join(parts)))
    return [words("headline.sentence", said=each) for each in said]


def meant(about: str | None, words: Words) -> str:
    """Of what labels and net sentiment speak: of whole mentions, or of what these say about one subject."""
    return words("meant.whole") if about is None else words("meant.toward", subject=about)


def _mentions(fact: Fact, words: Words) -> str:
    values = {"n": int(fact.value), "previous": words.exact(fact.previous)}
    if fact.change is None:
        return _incomparable(fact, words)
    if not fact.significant:
        return words("headline.same", change=figures.change(fact.change), **values)
    change = figures.percent(abs(fact.change))
    return words("headline.up" if fact.change > 0 else "headline.down", change=change, **values)


def _net(fact: Fact, words: Words) -> str:
    moved = fact.change or 0.0
    values = {"points": figures.exact(abs(moved) * 100), "value": figures.index(fact.value)}
    return words("headline.net_up" if moved > 0 else "headline.net_down", **values)


def _of(fact: Fact, words: Words) -> str:
    """What happened to one subject, in a few words."""
    moved = fact.change or 0.0
    if fact.kind == "net":
        values = {"points": figures.exact(abs(moved) * 100), "value": figures.index(fact.value)}
        return words("headline.of_net_up" if moved > 0 else "headline.of_net_down", **values)
    if fact.change is None:
        return _incomparable(fact, words)
    counted = {"change": figures.percent(abs(moved)), "n": int(fact.value)}
    return words("headline.of_mentions_up" if moved > 0 else "headline.of_mentions_down", **counted)


def _incomparable(fact: Fact, words: Words) -> str:
    """Two counts of which one is too small to say how much it changed."""
    if fact.previous == 0:
        return words("headline.new", n=int(fact.value))
    return words("headline.few", n=int(fact.value), previous=words.exact(fact.previous))


def _driven(fact: Fact, words: Words, fixed: Collection[str]) -> str:
    """Which parts of the whole moved with it most, in two dimensions at most, each part among its like."""
    told = [each for each in fact.drivers if each.dimension not in fixed and each.share >= WORTH_NAMING]
    if fact.change is None or not fact.significant or not told:
        return ""
    dimensions = list(dict.fromkeys(each.dimension for each in told))[:NAMED]
    said = [_named([each for each in told if each.dimension == dimension], words) for dimension in dimensions]
    return words("headline.driven", drivers=words("list.clauses").join(said))


def _named(drivers: Sequence[Driver], words: Words) -> str:
    """Drivers of one dimension with their shares."""
    dimension = drivers[0].dimension
    naming: dict[str, Any] = {"platform": words.platform, "language": words.tongue}
    name = naming.get(dimension, str)
    named = [words("headline.driver", name=name(each.value), share=figures.percent(each.share)) for each in drivers]
    return words(f"headline.driven_{dimension}", names=words("list.and").join(named))
