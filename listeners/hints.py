"""Which of several listeners with the same signature: platforms' names in the path, ids and links in the records."""

import re
from collections.abc import Sequence

import polars as pl

from listeners.contract import Listener, Sample
from listeners.links import platforms
from tingfeng.home import config


def likelier(listeners: Sequence[Listener], sample: Sample, platform: str | None) -> list[Listener]:
    """The ones of `listeners` that `platform` as said, the path, the links or the ids speak for; all when none does."""
    if len(listeners) == 1:
        return list(listeners)
    named = [one for one in listeners if one.platform == platform]
    for told in (named, _by_path(listeners, sample), _by_links(listeners, sample), _by_ids(listeners, sample)):
        if len(told) == 1:
            return told
    return list(listeners)


def _by_path(listeners: Sequence[Listener], sample: Sample) -> list[Listener]:
    words = set(re.findall(r"[a-z]+", sample.name.lower()))
    return [one for one in listeners if words & {one.platform, *config("hints")["words"].get(one.platform, ())}]


def _by_links(listeners: Sequence[Listener], sample: Sample) -> list[Listener]:
    texts = sample.records.select(pl.col(pl.String))
    seen = {name for column in texts for name in platforms(column).drop_nulls().unique()}
    return [one for one in listeners if one.platform in seen]


def _by_ids(listeners: Sequence[Listener], sample: Sample) -> list[Listener]:
    """The ones for whose platform all ids look right."""
    rules = config("hints")["ids"]
    return [one for one in listeners if _fits(rules.get(one.platform, {}), sample.records)]


def _fits(rule: dict[str, str], records: pl.DataFrame) -> bool:
    known = {column: pattern for column, pattern in rule.items() if column in records.columns}
    return bool(known) and all(
        bool(records[column].drop_nulls().str.contains(pattern).all()) for column, pattern in known.items()
    )
