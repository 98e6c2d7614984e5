"""The method page: what a file holds, how it was selected and counted, and what is missing."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import polars as pl

from tingfeng import __version__
from tingfeng.home import config
from tingfeng.insights import coverage
from tingfeng.mentions.record import DEMO
from tingfeng.reports.columns import EDITED
from tingfeng.store import Filters, Store

#: A line: what it says in English, in Chinese, and the values.
Line = tuple[str, str, list[str | int]]

_LISTS: Final = ("subject", "platform", "language", "kind", "region", "label", "target_sentiment")


@dataclass
class Tally:
    """What is counted while mentions are written."""

    rows: int = 0
    undated: int = 0
    corrected: int = 0
    unlabelled: int = 0
    cut: int = 0
    invented: int = 0
    engines: Counter[str] = field(default_factory=Counter)

    def add(self, batch: pl.DataFrame) -> None:
        """Count the mentions of a batch."""
        self.rows += batch.height
        self.undated += batch["published_at"].null_count()
        self.corrected += int(batch["corrected"].sum())
        self.unlabelled += batch["label"].null_count()
        self.invented += int((batch["source"] == DEMO).sum())
        self.engines.update(engine for engine in batch["engine"] if engine is not None)


def method(store: Store, filters: Filters, tally: Tally) -> list[Line]:
    """The lines of the page, in order."""
    return [*_selection(store, filters), *_counts(store, tally), *_coverage(store, filters), *_formulas()]


def _selection(store: Store, filters: Filters) -> list[Line]:
    asked = filters.to_params()
    lines = [_line("written", _now()), _line("version", __version__)]
    if filters.watchlist is not None:
        lines.append(_line("watchlist", filters.watchlist))
        for subject in store.watchlist(filters.watchlist).subjects:
            query = subject.query.text if subject.query else ""
            lines.append(_line("subject", subject.name, subject.kind, query, " ".join(map(str, subject.accounts))))
    if filters.about is not None and "label" in asked:
        asked["target_sentiment"] = asked.pop("label")
    lines += [_line("filter", name, ", ".join(asked[name])) for name in _LISTS if name in asked]
    lines += [_line(name, asked[name][0]) for name in ("query", "since", "until") if name in asked]
    return [*lines, _line("time_zone", filters.zone)]


def _counts(store: Store, tally: Tally) -> list[Line]:
    standing = [each["total"] for each in store.imports() if each["status"] != "undone"]
    totals = {name: sum(total[name] for total in standing) for name in ("read", "rejected", "updated", "unchanged")}
    return [
        _line("rows", tally.rows),
        *([_line("invented", tally.invented)] if tally.invented else []),
        _line("undated", tally.undated),
        _line("read", totals["read"]),
        _line("rejected", totals["rejected"]),
        _line("repeated", totals["updated"] + totals["unchanged"]),
        _line("stored", store.count()),
        *(_line("engine", engine, count) for engine, count in sorted(tally.engines.items())),
        *_learned(store, tally),
        _line("corrected", tally.corrected),
        _line("unlabelled", tally.unlabelled),
        *([_line("cut", tally.cut)] if tally.cut else []),
        _line("edited", *(f"{name} / {name}_exported" for name in EDITED)),
    ]


def _learned(store: Store, tally: Tally) -> list[Line]:
    """What the engine of the file's mentions learned from corrections, and what people told it about words."""
    rules = [_line("word_rule", row["term"], row["label"], row["note"]) for row in store.word_rules()]
    learned = store.learned()
    if not learned.mark or not any(engine.startswith(f"{learned.learned_on} + ") for engine in tally.engines):
        return rules
    report = store.learning_history()[0]["report"]
    agreement = [f"{report[name]:.0%}" for name in ("before", "after")]
    return [_line("learned", report["corrections"], *agreement), *rules]


def _coverage(store: Store, filters: Filters) -> list[Line]:
    return [
        _line("coverage", each.platform, each.first, each.last, spans(each.silent)) for each in coverage(store, filters)
    ]


def _formulas() -> list[Line]:
    words = config("method")["formula"]
    return [
        (f"{words['en']}: {each['en']}", f"{words['zh']}：{each['zh']}", [each["formula"]])
        for each in config("method")["formulas"]
    ]


def spans(days: tuple[str, ...]) -> str:
    """Sorted ISO dates as text, days in a row as `first..last`."""
    runs: list[list[str]] = []
    for day in days:
        if runs and date.fromisoformat(day) - date.fromisoformat(runs[-1][-1]) == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]}..{run[-1]}" for run in runs)


def _line(name: str, *values: Any) -> Line:
    words = config("method")[name]
    return words["en"], words["zh"], list(values)


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
