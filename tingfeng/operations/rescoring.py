"""Reading stored mentions again with the engine of now: when a person asks, and quietly while the dashboard runs."""

import os
import time
from collections.abc import Callable
from typing import Any, Final

from tingfeng.intake.matching import join_replies
from tingfeng.intake.progress import Progress, step
from tingfeng.intake.rescoring import rescore_batch
from tingfeng.operations.context import ENGINE_VARIABLE, Workspace
from tingfeng.operations.log import LOG

_LOOK_SECONDS: Final = 1.0
_BREATH_SECONDS: Final = 0.05
_SORE_SECONDS: Final = 60.0


def rescore(workspace: Workspace, params: dict[str, Any], on_progress: Progress) -> dict[str, Any]:
    """Read again all that waits for the engine: `{"engine", "rescored", "waiting", "seconds"}`.

    With `all` also what other engines scored. `waiting` is 0 unless the owner of the store was ended meanwhile.
    """
    started, done = time.perf_counter(), 0
    store, name, others = workspace.store, params.get("engine"), bool(params.get("all"))
    engine = workspace.engine_version(name)
    of = store.count_waiting(engine, others=others)
    while not workspace.closing.is_set():
        # Somebody may change what the engine has learned meanwhile: from then on that is the engine of now.
        scorer = workspace.scorer(name)
        engine = scorer.version
        count = rescore_batch(store, scorer, others=others)
        if count is None:
            break
        done += count
        workspace.reading_again = max(of - done, 0)
        on_progress(step(f"read again with {engine}", done, max(of, done)))
    if done:
        join_replies(store)
    workspace.reading_again = store.count_waiting(engine, others=others)
    return {
        "engine": engine,
        "rescored": done,
        "waiting": workspace.reading_again,
        "seconds": round(time.perf_counter() - started, 3),
    }


def keep_up(workspace: Workspace, stands: Callable[[], bool]) -> None:
    """Read again whatever waits, batch by batch between the operations that people ask for, until the workspace closes.

    `workspace.reading_again` says meanwhile how many mentions are left.
    """
    settled: tuple[str, int] | None = None
    worked, pause = False, _LOOK_SECONDS
    while not workspace.closing.wait(pause) and stands():
        pause = _LOOK_SECONDS
        try:
            if workspace.busy or not workspace.store.generation:
                continue
            name = os.environ.get(ENGINE_VARIABLE)
            scorer = workspace.scorer(name)
            look = engine, _ = scorer.version, workspace.store.generation
            if look == settled:
                continue
            workspace.reading_again = workspace.store.count_waiting(engine)
            if workspace.reading_again:
                rescore_batch(workspace.store, scorer)
                worked, pause = True, _BREATH_SECONDS
                continue
            if worked:
                join_replies(workspace.store)
            settled, worked = look, False
        except Exception as error:  # noqa: BLE001 - the dashboard goes on; it is tried again later
            LOG.error("mentions could not be read again: %s", type(error).__name__)
            pause = _SORE_SECONDS
