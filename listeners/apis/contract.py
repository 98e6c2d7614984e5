"""What a listener for an API is, what it is given, and what it gives back.

It is one small module. It turns what is wanted into jobs, and asks for one page of a job at a time; the records of a
page become mentions through the listener that reads saved dumps of that API. Waiting, repeating, resuming, redaction
and sign-in by a token are shared: a module says only where its API differs.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from listeners.nested import Document, Wrong
from tingfeng.queries import Query

if TYPE_CHECKING:
    import httpx

    from listeners.apis.client import Http


@dataclass(frozen=True)
class Wanted:
    """What a pull is for.

    `queries` of subjects; `follow`: what watchlists list under this source's name (`741292507` of
    `appstore:741292507`); `accounts` of this platform, an id or `@handle` as written; `languages` where all the
    watchlists name some. `since` (naive UTC): as somebody asked; without it each job goes on where it ended.
    `others`: queries of watchlists that are not pulled for now. What is found for them by the way is kept as well:
    where a job stands is one place for all who want it.
    """

    queries: tuple[Query, ...] = ()
    follow: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    since: datetime | None = None
    others: tuple[Query, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The accounts and what is followed, each once, without `@`."""
        return tuple(dict.fromkeys(name.removeprefix("@") for name in (*self.accounts, *self.follow)))


@dataclass(frozen=True)
class Job:
    """One chain of pages.

    `key` names its cursor in the store, so it is the same in every pull. `params` are in the API's own terms. What was
    `searched` for is held against the queries when it comes, what was followed is kept. `format` names the listener
    that maps the records, if that is not called like the source. `newest_first`: pages older than `since` end the
    chain. `units` is what one page costs. `since` and `memo` are given by the loop: from when on mentions are missing,
    and what the last complete chain asked to remember.
    """

    key: str
    params: Mapping[str, Any] = field(default_factory=dict)
    searched: bool = True
    format: str | None = None
    newest_first: bool = True
    units: int = 1
    since: datetime | None = None
    memo: str | None = None


@dataclass(frozen=True)
class Rank:
    """The place of an app (`name` as the store of `country` writes it) in a chart of a day. It is no mention."""

    date: date
    country: str
    chart: str
    app_id: str
    name: str | None
    rank: int


@dataclass(frozen=True)
class Page:
    """One answer: its records as its format unfolds them, and the cursor of the next page (None: this is the last).

    `errors` are what the API could not deliver beside the records, in words. `jobs` are what this page leads to (the
    comments of the posts on it): they are done before the next page. `memo` is to be given back with the job next time
    (an ETag). No secret belongs into a cursor or memo. `ranks` are what charts say, in place of records.
    """

    records: list[Document | Wrong]
    next: str | None = None
    errors: tuple[str, ...] = ()
    jobs: tuple[Job, ...] = ()
    memo: str | None = None
    ranks: tuple[Rank, ...] = ()


@dataclass(frozen=True)
class Fine:
    """The answer can be read."""


@dataclass(frozen=True)
class Wait:
    """Ask the same again after so many seconds (None: as long as usual), a few times."""

    reason: str
    seconds: float | None = None


@dataclass(frozen=True)
class Stop:
    """Nothing more can be had from this source: for so many seconds (a quota), or until a person does something."""

    reason: str
    seconds: float | None = None
    hint: str = ""


@dataclass(frozen=True)
class Skip:
    """This job has nothing to give, and that is in order: comments are switched off, the post is gone."""

    reason: str


@dataclass(frozen=True)
class Fail:
    """This job could not be done; the others may be."""

    reason: str


Verdict = Fine | Wait | Stop | Skip | Fail


@dataclass(frozen=True)
class Signed:
    """What is added to each request to the API's own hosts, so that it knows who asks."""

    headers: Mapping[str, str] = field(default_factory=dict)
    params: Mapping[str, str] = field(default_factory=dict)


class Api(ABC):
    """One source of `tingfeng pull`.

    `home` and `also` are the addresses (scheme and host) that credentials may go to; `also` has the sign-in's, where
    that is another. `credential` says in words what is needed ("a token", "id:secret"; empty: nothing), and
    `credential_optional` that it works without as well. `parameter`: of an address, which carries the credential where
    the API wants no header. `follows`: another source whose followed entries it takes too.
    `pace`: least seconds from one request to the next. `unit`: what a page costs, where the API counts something
    ("units of 10,000 a day"). `overlap`: how far before the newest mention the next pull begins, so that late edits
    and counts arrive. `guide`: what its page says besides (Markdown): what is searched, what a watchlist may list below
    `sources`, where a credential is to be had.
    """

    name: ClassVar[str]
    platform: ClassVar[str]
    home: ClassVar[str]
    guide: ClassVar[str]
    also: ClassVar[tuple[str, ...]] = ()
    credential: ClassVar[str] = ""
    credential_optional: ClassVar[bool] = False
    parameter: ClassVar[str] = ""
    follows: ClassVar[str] = ""
    pace: ClassVar[float] = 1.0
    unit: ClassVar[str] = ""
    overlap: ClassVar[timedelta] = timedelta(days=3)

    @abstractmethod
    def jobs(self, wanted: Wanted) -> list[Job]:
        """The chains of pages to ask for; no request is made yet."""

    @abstractmethod
    def page(self, job: Job, cursor: str | None, http: "Http") -> Page:
        """One page of `job`: the first one without a cursor, else the one that an earlier page called `next`."""

    def sign_in(self, secret: str, http: "Http") -> Signed:
        """What `secret` adds to requests; asked at first, and again when it is not accepted any longer."""
        if self.parameter:
            return Signed(params={self.parameter: secret})
        return Signed(headers={"Authorization": f"Bearer {secret}"})

    def judge(self, response: "httpx.Response") -> Verdict:
        """What an answer means; override where the API says it in its own way, and leave the rest to `judged`."""
        from listeners.apis.judging import judged

        return judged(response)
