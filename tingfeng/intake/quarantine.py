"""Reading rejected rows again, once they or the listeners are better."""

import json
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from tempfile import NamedTemporaryFile
from types import MappingProxyType
from typing import Any, Final

import polars as pl

import listeners
from listeners import Batch, NotRecognised, Options, Refused, Source
from sentiment import Scorer
from tingfeng.intake.importing import count, describe
from tingfeng.intake.progress import Progress, silent, step
from tingfeng.intake.taking import Taker
from tingfeng.intake.verdicts import Verdict, total, verdict
from tingfeng.store import Store

NAME: Final = "quarantine"


def retry_rejects(
    store: Store, scorer: Scorer, mended: Mapping[int, str] = MappingProxyType({}), on_progress: Progress = silent
) -> dict[str, Any]:
    """Read the quarantine again, each row with the listener that rejected it; a row that now reads leaves it.

    `mended` is what people made of some rows, by number; then only these are read.
    `{"import", "files", "total", "rows", "refused"}`: `rows` is what remains, `refused` why (`[{"number", "reason"}]`).
    """
    readers = {entry["file"]: entry for past in reversed(store.imports()) for entry in past["files"]}
    kept = [row | {"raw": mended.get(row["number"], row["raw"])} for row in store.rejects()]
    verdicts = []
    reasons: dict[int, str] = {}
    with Taker(store, scorer) as taker:
        for file, rows in groupby(kept, key=lambda row: str(row["file"])):
            judged = verdict(file)
            chosen = [row for row in rows if not mended or row["number"] in mended]
            try:
                reasons |= _retry(taker, judged, chosen, options_of(readers.get(file, judged)))
            except (NotRecognised, Refused) as error:
                reasons |= {row["number"]: error.what for row in chosen}
                continue  # the rows stay where they are
            verdicts.append(judged)
            on_progress(step("retry", len(verdicts)))
        taker.finish(verdicts, on_progress)
    refused = [{"number": number, "reason": reason} for number, reason in reasons.items()]
    counted = {"import": taker.number, "files": verdicts, "total": total(verdicts)}
    return counted | {"rows": store.rejects(), "refused": refused}


def options_of(judged: Verdict) -> Options:
    """How the file of a verdict was read."""
    mapping = json.dumps(judged["mapping"]) if judged["mapping"] else None
    return Options(judged["format"], judged["platform"], judged["time_zone"], mapping)


def one_line(raw: str) -> str:
    """A row as one line of NDJSON; what is no JSON object becomes one that no listener takes."""
    try:
        record = json.loads(raw)
    except ValueError:
        record = {}
    return json.dumps(record if isinstance(record, dict) else {}, ensure_ascii=False)


def _retry(taker: Taker, judged: Verdict, rows: Sequence[dict[str, Any]], options: Options) -> dict[int, str]:
    """Read `rows` of one file again, written down as the NDJSON that every listener reads; why some stay, by number."""
    reasons: dict[int, str] = {}
    with NamedTemporaryFile(prefix="retry-", suffix=".ndjson") as file:
        file.write("".join(f"{one_line(row['raw'])}\n" for row in rows).encode())
        file.flush()
        opened = listeners.open(Source(judged["file"], Path(file.name), file.tell()), options)
        judged["format"] = opened.format
        platforms: set[str] = set()
        for batch in opened:
            read = batch.mentions
            count(judged, batch, _take(taker, read, judged["file"]))
            if taker.number is not None:
                taker.store.take_rejects([rows[line - 1]["number"] for line in read["line"]], taker.number)
            reasons |= {rows[reject.line - 1]["number"]: reject.reason for reject in batch.rejects if reject.line}
            platforms.update(read["platform"].unique())
        describe(judged, opened, platforms)
    return reasons


def _take(taker: Taker, mentions: pl.DataFrame, file: str) -> dict[str, int]:
    """Store what reads now; a retry in which nothing does is no import."""
    if mentions.is_empty():
        return dict.fromkeys(("new", "updated", "unchanged"), 0)
    taker.begin([NAME])
    return taker.take(Batch(mentions), file)
