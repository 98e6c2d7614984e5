"""Pulls on their schedules, each source by itself: one that fails or waits never holds up another."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from typing import Any, Final

from tingfeng.errors import TingfengError
from tingfeng.intake import inbox
from tingfeng.operations.dispatch import run
from tingfeng.operations.ownership import place, take
from tingfeng.operations.perform import ingest_inbox
from tingfeng.operations.schedules import Schedule
from tingfeng.operations.sources import pull_source

_LOOK_SECONDS: Final = 5.0

Report = Callable[[dict[str, Any]], None]


def due(schedule: Schedule) -> datetime:
    """When it is to be pulled next, as the store knows it: at once where it never was."""
    known = {row["source"]: row for row in run("sources", {})}[schedule.source]
    planned, tried = _read(known["next_run"]), _read(known["last_try"])
    return max(planned or datetime.min, tried + schedule.every if tried else datetime.min)


def pull_once(schedule: Schedule) -> dict[str, Any]:
    """Pull it now: the pull's result, or `{"source", "error"}`, which the store remembers too."""
    every = schedule.every.total_seconds()
    try:
        return pull_source({"source": schedule.source, "watchlist": schedule.watchlist, "every": every})
    except TingfengError as error:
        run("pull_failed", {"source": schedule.source, "error": str(error), "every": every})
        return {"source": schedule.source} | error.as_json()


def pull_due(schedules: list[Schedule]) -> list[dict[str, Any]]:
    """Pull those that are due now, all at the same time; their results."""
    found: list[dict[str, Any]] = []
    working = [
        Thread(target=lambda one=one: found.append(pull_once(one)), daemon=True)
        for one in schedules
        if due(one) <= _now()
    ]
    for thread in working:
        thread.start()
    for thread in working:
        thread.join()
    return found


def keep_watch(schedules: list[Schedule], report: Report, ending: Event) -> None:
    """Pull each schedule whenever it is due and take in the inbox, until `ending` is set."""
    for schedule in schedules:
        Thread(target=_keep, args=(schedule, report, ending), name=f"tingfeng-{schedule.source}", daemon=True).start()
    while not ending.wait(_LOOK_SECONDS):
        take_inbox_in()


def _keep(schedule: Schedule, report: Report, ending: Event) -> None:
    while not ending.is_set():
        try:
            waiting = (due(schedule) - _now()).total_seconds()
            if waiting <= 0:
                report(pull_once(schedule))
                waiting = _LOOK_SECONDS
        except TingfengError as error:
            report({"source": schedule.source} | error.as_json())
            waiting = schedule.every.total_seconds()
        ending.wait(min(waiting, timedelta(hours=1).total_seconds()))


def take_inbox_in() -> None:
    """Import what waits in the inbox, if nobody else owns the store, who would do it."""
    if inbox.jobs(place()) and (taken := take()):
        try:
            ingest_inbox(taken.workspace)
        finally:
            taken.close()


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _read(written: str | None) -> datetime | None:
    return datetime.strptime(written, "%Y-%m-%dT%H:%M:%SZ") if written else None
