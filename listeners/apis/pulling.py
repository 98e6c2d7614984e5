"""Page after page: what was got, and where to go on should it end here."""

import logging
import traceback
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import httpx
import polars as pl

from listeners.apis.client import Ended, Http, Refusal, Unreachable
from listeners.apis.contract import Api, Fail, Job, Page, Rank, Skip, Stop, Wanted
from listeners.apis.state import State
from listeners.apis.terms import Wished
from listeners.contract import LINE, Batch, Context, Listener, Reject
from listeners.nested import Document, Wrong
from listeners.reading.documents import chunk
from listeners.registry import listeners, nested
from tingfeng.mentions.record import SCHEMA

LOG: Final = logging.getLogger("tingfeng")

Entry = dict[str, str]

#: A chain that was broken off longer ago is followed by a new one in the same pull: much was published since.
_STALE: Final = timedelta(hours=1)
#: A chain ends after so many pages in a row that bring nothing new. Some APIs give a few empty ones in between.
_BARREN: Final = 100
#: What reading an answer raises that has another shape than the API has documented.
_MISSHAPEN: Final = (
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    httpx.InvalidURL,
)


@dataclass(frozen=True)
class Step:
    """One page of a job: what is to be stored, together with the state after it. `dropped`: what nobody wished for.

    `here` is the state in which the page is stored but not left behind.
    """

    job: Job
    batch: Batch
    dropped: int
    state: State
    here: State
    ranks: tuple[Rank, ...] = ()


@dataclass
class Pull:
    """One pull of a source: iterate it for its steps, and store each with its state at once.

    `states` has where the jobs stand, by their keys. `limit`: records at most. Each `{"job", "what"}`: `errors` are
    jobs that could not be done, `skipped` those that had nothing to give, `partial` what was missing beside records.
    `stopped` says why nothing more was asked, and `resumes` when there may be more; `ended`: the work had to end here.
    """

    api: Api
    http: Http
    wanted: Wanted
    states: Mapping[str, State]
    limit: int | None = None
    clock: Callable[[], datetime] = lambda: datetime.now(UTC).replace(tzinfo=None)
    errors: list[Entry] = field(default_factory=list)
    skipped: list[Entry] = field(default_factory=list)
    partial: list[Entry] = field(default_factory=list)
    stopped: Stop | None = None
    resumes: datetime | None = None
    read: int = 0
    units: int = 0
    cursor: str | None = None
    limited: bool = False
    ended: bool = False

    @property
    def complete(self) -> bool:
        """Whether each job came to its end."""
        return not (self.errors or self.stopped or self.limited or self.ended)

    def __post_init__(self) -> None:
        self._wished = Wished((*self.wanted.queries, *self.wanted.others))
        self._readers: dict[str, Listener] = {one.name: one for one in listeners()}
        self._begun: set[str] = set()
        self._unanswered = 0

    def __iter__(self) -> Iterator[Step]:
        yield from self._jobs(self.api.jobs(self.wanted))

    @property
    def _halted(self) -> bool:
        return bool(self.stopped or self.limited or self.ended)

    def _jobs(self, jobs: Iterable[Job], since: datetime | None = None) -> Iterator[Step]:
        """The steps of jobs, each done once in a pull; one that fails does not stop the others.

        Those that came to their end after `since`, when the chain that leads to them began, are not begun again.
        """
        for job in jobs:
            if self._halted:
                return
            state = self.states.get(job.key, State())
            done = since and state.ended and state.ended >= since
            if job.key not in self._begun and not done:
                self._begun.add(job.key)
                yield from self._job(job, state)

    def _job(self, job: Job, state: State) -> Iterator[Step]:
        try:
            for step in self._chains(job, state):
                state = step.state if step.job.key == job.key else state
                yield step
        except Ended:
            self.ended = True
        except Unreachable as error:
            self._unanswered += 1
            self.errors.append(self._entry(job, str(error)))
        except Refusal as refusal:
            self._note(job, refusal)
        if not self.complete:
            self.cursor = self.cursor or state.place

    def _chains(self, job: Job, state: State) -> Iterator[Step]:
        """The rest of a chain that was broken off, and what was published since."""
        now = self.clock()
        if state.began and self.wanted.since in {None, state.since}:
            try:
                newest = yield from self._chain(job, state)
            except Refusal as refusal:
                if state.cursor is None or isinstance(refusal.verdict, Stop):
                    raise
                # The API does not know its own cursor any more: from the start, then.
                newest = yield from self._chain(job, replace(state, cursor=None, taken=0))
            if self._halted or now - state.began < _STALE:
                return
            state = replace(state, newest=newest)
        since = self.wanted.since or (state.newest and state.newest - self.api.overlap)
        yield from self._chain(job, State(now, since, newest=state.newest, memo=state.memo))

    def _chain(self, job: Job, state: State) -> Generator[Step, None, datetime | None]:
        """The pages of one chain from `state` on; the newest mention of all."""
        job = replace(job, since=state.since, memo=state.memo)
        seen = {state.cursor}
        records: set[int] = set()
        barren = 0
        while True:
            if self.limit is not None and self.read >= self.limit:
                self.limited = True
                return state.newest
            page = self._page(job, state.cursor)
            self.units += job.units
            self.partial += [self._entry(job, error) for error in page.errors]
            step = self._step(job, page, state)
            if page.jobs and step.state != step.here:
                # The page is left behind only when what it leads to is done: who is killed meanwhile meets it again,
                # and so does the next pull where the server gave no usable answer.
                yield replace(step, state=step.here)
                before = self._unanswered
                yield from self._jobs(page.jobs, state.began)
                if self._halted or self._unanswered > before:
                    return state.newest
                step = replace(step, batch=self._mapped(job, []), dropped=0)
            yield step
            state = step.state
            if state.began is None:
                return state.newest
            if not state.taken:
                fresh = set(map(hash, map(repr, page.records))) - records
                records |= fresh
                barren = 0 if fresh else barren + 1
                if state.cursor in seen or barren >= _BARREN:
                    self._unanswered += 1
                    # Who knows what the pages were that came: the next pull asks from the start.
                    yield replace(step, batch=self._mapped(job, []), dropped=0, state=replace(state, cursor=None))
                    raise Refusal(Fail("the API answers the same page again and again"))
                seen.add(state.cursor)

    def _page(self, job: Job, cursor: str | None) -> Page:
        """One page; an answer that nobody expected fails this job, and not the others."""
        try:
            page = self.api.page(job, cursor, self.http)
        except _MISSHAPEN as error:
            # What the error says may quote the answer, or an address with a key; where it arose does not.
            where = "".join(traceback.format_tb(error.__traceback__))
            LOG.warning("pull %s: %s\n%s", self.api.name, type(error).__name__, where)
            raise Refusal(Fail(f"the answer has a shape that is not known ({type(error).__name__})")) from None
        if not isinstance(page.next, str | None):
            raise Refusal(Fail("the API names its next page by what is no text"))
        return page

    def _step(self, job: Job, page: Page, state: State) -> Step:
        """What becomes of a page, and where its job stands then."""
        room = len(page.records) if self.limit is None else self.limit - self.read
        records = page.records[state.taken :]
        taken = records[:room]
        self.read += len(taken) + len(page.ranks)
        batch = self._mapped(job, taken)
        published = batch.mentions["published_at"]
        # A time that has not come yet is some clock's mistake, and hides no other.
        reached = _newer(state.reached, published.filter(published <= self.clock()).max())
        here = replace(state, taken=state.taken + len(taken), reached=reached)
        kept = batch.mentions.filter(self._kept(job, batch.mentions))
        following = page.next and self.http.secrets.hide(page.next)
        if len(taken) < len(records):
            after = here
        elif following is None or (job.newest_first and _all_older(batch.mentions, job.since)):
            after = State(newest=_newest(state, reached), memo=page.memo or state.memo, ended=self.clock())
        else:
            after = replace(here, cursor=following, taken=0)
        return Step(job, Batch(kept, batch.rejects), batch.mentions.height - kept.height, after, here, page.ranks)

    def _mapped(self, job: Job, records: list[Document | Wrong]) -> Batch:
        """Mentions and rejects of records, by the listener that reads saved dumps of this API."""
        if not records:
            return Batch(pl.DataFrame(schema={**SCHEMA, LINE: pl.Int64}))
        reader = self._readers[job.format or self.api.name]
        read = chunk(records, nested()[reader.name].paths)
        batch = reader.map(read.records, Context(self.api.name, self.api.platform, medium="json"))
        # A record has no line: in another pull it stands elsewhere, and is the same reject.
        rejects = [Reject(None, one.reason, one.raw) for one in (*read.rejects, *batch.rejects)]
        return Batch(batch.mentions, rejects)

    def _kept(self, job: Job, mentions: pl.DataFrame) -> pl.Series:
        """Which mentions were wished for: some query may select them, and they are not older than was asked for."""
        kept = self._wished.keeps(mentions) if job.searched else pl.repeat(value=True, n=mentions.height, eager=True)
        if self.wanted.since:
            kept &= (mentions["published_at"] >= self.wanted.since).fill_null(value=True)
        return kept

    def _entry(self, job: Job, what: str) -> Entry:
        return {"job": self.http.secrets.hide(job.key), "what": self.http.secrets.hide(what)}

    def _note(self, job: Job, refusal: Refusal) -> None:
        verdict = refusal.verdict
        if isinstance(verdict, Skip):
            self.skipped.append(self._entry(job, verdict.reason))
        elif isinstance(verdict, Stop):
            self.stopped = verdict
            if verdict.seconds is not None:
                self.resumes = self.clock() + timedelta(seconds=verdict.seconds)
        else:
            self.errors.append(self._entry(job, verdict.reason))


def _newer(known: datetime | None, seen: Any) -> datetime | None:
    """The later of the two."""
    return max((time for time in (known, seen) if time), default=None)


def _newest(state: State, reached: datetime | None) -> datetime | None:
    """Up to when nothing is missing after a whole chain: one that somebody let begin later leaves a gap before it."""
    gap = state.newest and state.since and state.since > state.newest
    return state.newest if gap else _newer(state.newest, reached)


def _all_older(mentions: pl.DataFrame, since: datetime | None) -> bool:
    """Whether all of a page was published before `since`."""
    published = mentions["published_at"]
    return since is not None and len(published) > 0 and bool((published < since).fill_null(value=False).all())
