"""APIs in: what the watchlists want of a source, asked page by page, each page stored with the place where to go on."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Final

from listeners.apis.client import Http
from listeners.apis.contract import Api, Stop, Wanted
from listeners.apis.pulling import Pull, Step
from listeners.apis.times import iso
from sentiment import Scorer
from tingfeng.errors import TingfengError
from tingfeng.intake.importing import count
from tingfeng.intake.progress import Progress, silent, step
from tingfeng.intake.taking import Taker
from tingfeng.intake.verdicts import COUNTS, Verdict, verdict
from tingfeng.store import Store
from tingfeng.store.history import now
from tingfeng.store.pulls import save_pull_state
from tingfeng.store.ranks import save_ranks
from tingfeng.watchlists import Watchlist

_SHOWN_ERRORS: Final = 3


def wanted(api: Api, watchlists: Sequence[Watchlist], since: datetime | None = None) -> Wanted:
    """What `watchlists` want of a source; those that leave its platform out want nothing but what they list."""
    here = [one for one in watchlists if not one.platforms or api.platform in one.platforms]
    subjects = [subject for one in here for subject in one.subjects]
    listed = [source.partition(":") for one in watchlists for source in one.sources]
    accounts = [account.partition(":") for subject in subjects for account in subject.accounts]
    languages = [one.languages for one in here]
    return Wanted(
        queries=tuple(dict.fromkeys(subject.query for subject in subjects if subject.query)),
        follow=tuple(dict.fromkeys(what for source, _, what in listed if what and source in {api.name, api.follows})),
        accounts=tuple(dict.fromkeys(name for platform, _, name in accounts if platform == api.platform)),
        languages=tuple(dict.fromkeys(code for codes in languages for code in codes)) if all(languages) else (),
        since=since,
    )


def forecast(api: Api, wants: Wanted) -> dict[str, Any]:
    """What a pull would ask and cost at least: `{"source", "jobs", "requests", "cost"}`; nothing is asked."""
    jobs = api.jobs(wants)
    shown = [{"job": job.key, "params": dict(job.params), "units": job.units if api.unit else None} for job in jobs]
    cost = {"at_least": sum(job.units for job in jobs), "unit": api.unit} if api.unit else None
    return {"source": api.name, "dry_run": True, "jobs": shown, "requests": len(jobs), "cost": cost}


def pull(
    store: Store,
    scorer: Scorer,
    http: Http,
    wants: Wanted,
    *,
    limit: int | None = None,
    every: datetime | None = None,
    on_progress: Progress = silent,
    clock: Callable[[], datetime] = now,
) -> dict[str, Any]:
    """Pull the API behind `http` into `store`; what is printed, with `error` where something could not be done.

    `every`: when the next pull is planned; a quota may put it off.
    """
    started = time.perf_counter()
    api = http.api
    pulling = Pull(api, http, wants, store.pull_states(api.name), limit, clock)
    judged = verdict(api.name) | {"format": api.name, "platform": api.platform}
    dropped = 0
    http.on_wait = lambda why: on_progress(step(f"{api.name}: {why}", judged["read"], limit))
    with Taker(store, scorer) as taker:
        whole = False
        try:
            for one in pulling:
                taker.begin([api.name])
                ranked: dict[str, int] = dict.fromkeys(("new", "updated", "unchanged"), 0)
                counts = taker.take(one.batch, api.name, partial(_save, api.name, one, taker.number or 0, ranked))
                count(judged, one.batch, {name: counts[name] + ranked[name] for name in ranked})
                judged["read"] += len(one.ranks)
                dropped += one.dropped
                on_progress(step(f"{api.name}: {http.secrets.hide(one.job.key)}", judged["read"], limit))
            whole = True
        finally:
            judged["seconds"] = round(time.perf_counter() - started, 3)
            taker.finish([judged], on_progress, whole=whole)
    error = _error(pulling, api)
    next_run = max((when for when in (every, pulling.resumes) if when), default=None)
    store.save_health(api.name, tried=clock(), error=str(error) if error else None, next_run=next_run)
    return _result(pulling, taker.number, judged, dropped) | (error.as_json() if error else {})


def _save(source: str, done: Step, number: int, ranked: dict[str, int], cursor: Any) -> None:
    save_pull_state(cursor, source, done.job.key, done.state)
    ranked.update(save_ranks(cursor, done.ranks, number))


def _result(pulling: Pull, number: int | None, judged: Verdict, dropped: int) -> dict[str, Any]:
    counts = {name: judged[name] for name in COUNTS}
    units = pulling.units if pulling.api.unit else None
    return {
        "source": pulling.api.name,
        "import": number,
        "requests": pulling.http.requests,
        **counts,
        "dropped": dropped,
        "complete": pulling.complete,
        "cursor": pulling.cursor,
        "ended": pulling.ended,
        "stopped": pulling.stopped.reason if pulling.stopped else None,
        "next_run": iso(pulling.resumes) if pulling.resumes else None,
        "errors": pulling.errors,
        "skipped": pulling.skipped,
        "partial": pulling.partial,
        "cost": {"units": units, "unit": pulling.api.unit} if pulling.api.unit else None,
        "seconds": judged["seconds"],
    }


def _error(pulling: Pull, api: Api) -> TingfengError | None:
    """What a person must know and perhaps do; a quota that comes back by itself is none."""
    stopped = pulling.stopped
    if isinstance(stopped, Stop) and stopped.seconds is None:
        return TingfengError(f"{api.name} could not be pulled: {stopped.reason}", where=api.name, hint=stopped.hint)
    if not pulling.errors:
        return None
    reasons = list(dict.fromkeys(entry["what"] for entry in pulling.errors))
    jobs = ", ".join(entry["job"] for entry in pulling.errors[:_SHOWN_ERRORS])
    more = f" and {len(pulling.errors) - _SHOWN_ERRORS} more" if len(pulling.errors) > _SHOWN_ERRORS else ""
    return TingfengError(f"{api.name} could not be pulled whole: {reasons[0]}", where=jobs + more)
