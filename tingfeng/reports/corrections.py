"""Labels that people edited in an exported file, beside those that stand in the store."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

import polars as pl

import listeners
from listeners.formats.tingfeng_export import YES
from listeners.reading import tables
from tingfeng.errors import TingfengError
from tingfeng.mentions.guard import unguarded
from tingfeng.mentions.ids import is_damaged
from tingfeng.mentions.record import LABELS
from tingfeng.store import Correction, Store

WITHDRAWN: Final = "none"

#: How people write labels.
_WRITTEN: Final = {label: label for label in (*LABELS, WITHDRAWN)} | {
    "正面": "positive",
    "中性": "neutral",
    "负面": "negative",
    "無": WITHDRAWN,
    "无": WITHDRAWN,
}
_NEEDED: Final = ("platform", "id", "label")
_READ: Final = (*_NEEDED, "corrected", "target_sentiment", "label_exported", "target_sentiment_exported")

#: What stands for a mention: by subject (None: its own), labels and whether people gave them.
_Labels = dict[str | None, set[tuple[str | None, bool]]]

#: What a row says, by subject (None: of the mention itself), as written.
_Said = Mapping[str | None, Any]


class Problem(NamedTuple):
    """A row that could not be taken: its line, what it says it is, and why."""

    line: int | None
    platform: str | None
    id: str | None
    reason: str


@dataclass
class Corrections:
    """What was found in a file: labels that differ from the store's, mentions not in the store, unreadable rows."""

    changed: list[Correction] = field(default_factory=list)
    unknown: list[Problem] = field(default_factory=list)
    invalid: list[Problem] = field(default_factory=list)


class _Edit(NamedTuple):
    line: int
    platform: str
    id: str
    subject: str | None
    label: str


def read_corrections(path: Path, store: Store) -> Corrections:
    """The edited labels of an exported CSV or XLSX, perhaps saved again by Excel; nothing is stored.

    Only what differs from the label as exported is an edit; where the file lacks that, what differs from the label that
    stands. `none` withdraws a correction, and so does an emptied cell where the label was one. A mention whose id a
    spreadsheet damaged is unknown. Labels may be Chinese and in any case. TingfengError when the file has no such
    columns.
    """
    found = Corrections()
    edits: dict[tuple[str, str, str | None], set[str]] = {}
    for edit in _edits(path, store, found):
        labels = edits.setdefault((edit.platform, edit.id, edit.subject), set())
        labels.add(edit.label)
        if len(labels) == 2:
            problem = Problem(edit.line, edit.platform, edit.id, "the file gives it two different labels")
            found.invalid.append(problem)
    found.changed += [
        Correction(platform, identity, labels.pop(), subject)
        for (platform, identity, subject), labels in edits.items()
        if len(labels) == 1
    ]
    return found


def _edits(path: Path, store: Store, found: Corrections) -> Iterator[_Edit]:
    """The labels of the file that differ from those that stand; problems go into `found`."""
    for records in _records(path, found):
        standing = _standing(records, store)
        for row in records.iter_rows(named=True):
            stands = standing.get((row["platform"], row["id"]))
            if stands is None:
                found.unknown.append(_unknown(row))
            else:
                yield from _edits_of(row, stands, found)


def _edits_of(row: Mapping[str, Any], stands: _Labels, found: Corrections) -> Iterator[_Edit]:
    """What a row changes. A label that people give to a mention of one subject is also what it says about that one."""
    edited = list(_read(row, {None: row["label"]}, {None: row["label_exported"]}, found))
    own = [edit for edit in edited if _differs(edit, stands)]
    yield from own
    targets, before = _targets(row, found)
    given = edited if before else own or any(corrected for _, corrected in stands[None])
    if not (given and len(targets) == 1):
        yield from (edit for edit in _read(row, targets, before, found) if _differs(edit, stands))


def _records(path: Path, found: Corrections) -> Iterator[pl.DataFrame]:
    """line and the cells of `_READ`, of all tables that have them; rows that are none go into `found`."""
    recognised = False
    for source in listeners.sources(str(path)):
        for table in tables(source):
            if not set(_NEEDED) <= set(table.header):
                continue
            recognised = True
            for chunk in table.chunks():
                found.invalid += [Problem(reject.line, None, None, reject.reason) for reject in chunk.rejects]
                yield chunk.records.select("line", *(_cell(name, table.header) for name in _READ))
    if not recognised:
        raise TingfengError(
            "The file has no columns platform, id and label",
            where=str(path),
            hint="edit the labels of an exported file",
        )


def _cell(name: str, header: tuple[str, ...]) -> pl.Expr:
    if name not in header:
        return pl.lit(None, dtype=pl.String).alias(name)
    return unguarded(pl.col(name))


def _standing(records: pl.DataFrame, store: Store) -> dict[tuple[str, str], _Labels]:
    known: dict[tuple[str, str], _Labels] = {}
    for platform, identity, subject, label, corrected in store.standing_labels(records).iter_rows():
        known.setdefault((platform, identity), {}).setdefault(subject, set()).add((label, corrected))
    return known


def _unknown(row: Mapping[str, Any]) -> Problem:
    platform, identity = row["platform"], row["id"]
    damaged = platform and identity and is_damaged(platform, pl.Series([identity])).item()
    reason = "the id was damaged by a spreadsheet" if damaged else "there is no such mention in the store"
    return _problem(row, reason)


def _read(row: Mapping[str, Any], written: _Said, before: _Said, found: Corrections) -> Iterator[_Edit]:
    """The labels by subject that a row gives and did not have `before`; what is no label goes into `found`."""
    for subject, text in written.items():
        label = _WRITTEN.get(str(text or "").strip().casefold())
        if not text and subject is None and _is_true(row["corrected"]):
            label = WITHDRAWN
        if label is not None and label != before.get(subject):
            yield _Edit(row["line"], row["platform"], row["id"], subject, label)
        elif text and label is None:
            found.invalid.append(_problem(row, f"{text!r} is no label"))
        elif not text and before.get(subject):
            found.invalid.append(_problem(row, "its label was emptied; 'none' withdraws a correction"))


def _targets(row: Mapping[str, Any], found: Corrections) -> tuple[_Said, _Said]:
    """The labels by subject in a row's target sentiment, and as exported; none where nobody edited the cell."""
    if row["target_sentiment"] == row["target_sentiment_exported"]:
        return {}, {}
    try:
        return _labels(row["target_sentiment"]), _labels(row["target_sentiment_exported"])
    except (ValueError, AttributeError, TypeError, KeyError):
        found.invalid.append(_problem(row, "its target_sentiment cannot be read"))
        return {}, {}


def _labels(written: str | None) -> _Said:
    return {subject: opinion["label"] for subject, opinion in json.loads(written or "{}").items()}


def _is_true(cell: str | None) -> bool:
    return (cell or "").strip().casefold() in YES


def _problem(row: Mapping[str, Any], reason: str) -> Problem:
    return Problem(row["line"], row["platform"], row["id"], reason)


def _differs(edit: _Edit, stands: _Labels) -> bool:
    """Whether the label says something else than what stands; for `none`, whether a correction is there to withdraw."""
    standing = stands.get(edit.subject, set())
    if edit.label == WITHDRAWN:
        return any(corrected for _, corrected in standing)
    return bool(standing) and edit.label not in {label for label, _ in standing}
