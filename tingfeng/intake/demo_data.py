"""Demo data in an empty store, and out again."""

import time
from typing import Any

from listeners import Batch
from sentiment import Scorer
from tingfeng.errors import TingfengError
from tingfeng.intake.demo import demo_batches
from tingfeng.intake.progress import Progress, silent, step
from tingfeng.intake.taking import Taker
from tingfeng.intake.verdicts import total, verdict
from tingfeng.mentions.record import DEMO
from tingfeng.store import Store
from tingfeng.watchlists import examples


def load_demo(store: Store, scorer: Scorer, on_progress: Progress = silent) -> dict[str, Any]:
    """Load the demo data and its watchlists, as an import: `{"import", "files", "total"}`."""
    if store.has_own_data() or any(entry["demo"] for entry in standing(store)):
        raise TingfengError(
            "Demo data is loaded into an empty store only",
            where=str(store.path),
            hint="set TINGFENG_HOME to an empty folder, or take the demo data out with tingfeng demo --remove",
        )
    started = time.perf_counter()
    saved = {watchlist.name for watchlist in store.watchlists()}
    for watchlist in examples():
        if watchlist.name not in saved:
            store.save_watchlist(watchlist)
    with Taker(store, scorer, demo=True) as taker:
        taker.begin([DEMO])
        judged = verdict(DEMO) | {"format": DEMO}
        for mentions in demo_batches():
            counts = taker.take(Batch(mentions), DEMO)
            judged |= {name: judged[name] + counts[name] for name in counts}
            judged["read"] += mentions.height
            on_progress(step("demo data", judged["read"]))
        judged["seconds"] = round(time.perf_counter() - started, 3)
        taker.finish([judged], on_progress)
    return {"import": taker.number, "files": [judged], "total": total([judged])}


def remove_demo(store: Store) -> dict[str, Any]:
    """Take the demo data out, with the demo watchlists that nobody edited: `{"import", "removed", "watchlists"}`."""
    undone = [entry["import"] for entry in store.imports() if entry["demo"] and entry["status"] != "undone"]
    removed = sum(store.undo_import(number)["removed"] for number in undone)
    saved = store.watchlists()
    untouched = [watchlist.name for watchlist in examples() if watchlist in saved]
    for name in untouched:
        store.delete_watchlist(name)
    return {"import": undone[0] if undone else None, "removed": removed, "watchlists": untouched}


def standing(store: Store) -> list[dict[str, Any]]:
    """The imports that were finished and not undone; an interrupted one may be done again."""
    return [entry for entry in store.imports() if entry["status"] in ("finished", "running")]
