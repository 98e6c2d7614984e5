"""Fake APIs: each is a plain function from a request to a response, in this process or behind a loopback server.

A fake lies in `tests/apis/fakes/<source>.py` as `FAKE`. Faults wrap the function of any of them; waiting moves a clock
that nobody looks at, so no test waits.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from threading import Thread
from typing import Any

import httpx

from listeners.apis.client import Http
from listeners.apis.contract import Api
from listeners.apis.registry import apis

Router = Callable[[httpx.Request], httpx.Response]


@dataclass(frozen=True)
class FakeApi:
    """An API with planted items.

    `router` serves items in their order, some on a page, to those who name `secret` (empty: to everybody). `stored` are
    the ids of the mentions that must be in the store after a whole pull for `watchlist` (YAML), and no others.
    """

    watchlist: str
    items: tuple[Any, ...]
    router: Callable[[Sequence[Any]], Router]
    stored: frozenset[str]
    secret: str = ""

    def route(self) -> Router:
        """The API as it should be."""
        return self.router(self.items)

    def route_with_a_page_twice(self, size: int) -> Router:
        """The API where new posts moved what was on the first page to the second one too."""
        return self.router((*self.items[:size], *self.items))


def fakes() -> dict[str, FakeApi]:
    """The fake of each source that is registered."""
    return {name: import_module(f"tests.apis.fakes.{name}").FAKE for name in apis()}


class Clock:
    """Time that passes only when somebody waits."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.waited: list[float] = []

    def __call__(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.seconds += seconds


class Killed(BaseException):
    """The process ends here."""


class Cut(httpx.SyncByteStream):
    """A body that breaks off, or dawdles."""

    def __init__(self, body: bytes, *, error: Exception | None = None, each: Callable[[], None] = lambda: None) -> None:
        self.body, self.error, self.each = body, error, each

    def __iter__(self) -> Iterator[bytes]:
        for start in range(0, len(self.body), 64):
            self.each()
            yield self.body[start : start + 64]
        if self.error:
            raise self.error


@dataclass(frozen=True)
class Fault:
    """What goes wrong at some requests: `answer` says what comes instead of the right response (None: that one).

    `heals`: the pull in which it happens gets everything all the same.
    """

    name: str
    answer: Callable[[httpx.Request, Router, Clock], httpx.Response]
    at: frozenset[int] = frozenset({2})
    heals: bool = True

    def wrap(self, router: Router, clock: Clock) -> Router:
        """`router` with this fault."""
        seen = 0

        def faulty(request: httpx.Request) -> httpx.Response:
            nonlocal seen
            seen += 1
            return self.answer(request, router, clock) if seen in self.at else router(request)

        return faulty


def _status(code: int, headers: Callable[[], dict[str, str]] = dict) -> Callable[..., httpx.Response]:
    return lambda *_: httpx.Response(code, headers=headers(), json={"error": {"message": "not now"}})


def _in(seconds: float, *, ahead: float = 0.0) -> datetime:
    return datetime.now(UTC) + timedelta(seconds=seconds + ahead)


def _skewed() -> dict[str, str]:
    """A server whose clock is three hours ahead asks for seven seconds."""
    here = timedelta(hours=3).total_seconds()
    return {
        "date": format_datetime(_in(0, ahead=here), usegmt=True),
        "retry-after": format_datetime(_in(7, ahead=here), usegmt=True),
    }


def _raised(error: Exception) -> Callable[..., httpx.Response]:
    def answer(request: httpx.Request, *_: Any) -> httpx.Response:
        raise type(error)(str(error), request=request)  # type: ignore[call-arg]

    return answer


def _cut(request: httpx.Request, router: Router, _clock: Clock) -> httpx.Response:
    body = router(request).content
    stream = Cut(body[: len(body) // 2], error=httpx.RemoteProtocolError("peer closed connection"))
    return httpx.Response(200, headers={"content-length": str(len(body))}, stream=stream)


def _slow(request: httpx.Request, router: Router, clock: Clock) -> httpx.Response:
    return httpx.Response(200, stream=Cut(router(request).content, each=partial(clock.sleep, 60.0)))


def _broken(request: httpx.Request, router: Router, _clock: Clock) -> httpx.Response:
    whole = router(request)
    return httpx.Response(200, headers={"content-type": "application/json"}, content=whole.content[:-9])


def _page(*_: Any) -> httpx.Response:
    return httpx.Response(200, html="<!doctype html><title>Checking your browser</title>")


FAULTS: tuple[Fault, ...] = (
    Fault("429 with Retry-After", _status(429, lambda: {"retry-after": "7"})),
    Fault("429 with Retry-After as a date, the clock skewed", _status(429, _skewed)),
    Fault("429 with a reset in seconds", _status(429, lambda: {"x-ratelimit-reset": "7"})),
    Fault("429 with a reset as an epoch", _status(429, lambda: {"x-rate-limit-reset": f"{_in(7).timestamp():.0f}"})),
    Fault("429 with a reset as ISO time", _status(429, lambda: {"x-ratelimit-reset": _in(7).isoformat()})),
    Fault("500 once", _status(500)),
    Fault("503 several times", _status(503), frozenset({2, 3, 4})),
    Fault("502 at first", _status(502), frozenset({1})),
    Fault("503 for good", _status(503), frozenset(range(2, 500)), heals=False),
    Fault("a cut body", _cut),
    Fault("slow bytes", _slow),
    Fault("a web page instead of JSON", _page),
    Fault("a web page for good", _page, frozenset(range(2, 500)), heals=False),
    Fault("broken JSON", _broken),
    Fault("a reset connection", _raised(httpx.ReadError("connection reset by peer")), frozenset({1, 2})),
    Fault("a time-out", _raised(httpx.ReadTimeout("timed out"))),
)


def looping(router: Router) -> Router:
    """`router` that gives its second answer again and again."""
    answers: list[httpx.Response] = []

    def replay(request: httpx.Request) -> httpx.Response:
        if len(answers) < 2:
            answers.append(router(request))
            return answers[-1]
        return httpx.Response(200, headers=answers[-1].headers, content=answers[-1].content)

    return replay


def killing(router: Router, at: int) -> Router:
    """`router` at whose request number `at` the process ends."""
    seen = 0

    def deadly(request: httpx.Request) -> httpx.Response:
        nonlocal seen
        seen += 1
        if seen == at:
            raise Killed
        return router(request)

    return deadly


def http(api: Api, router: Router, clock: Clock | None = None, secret: str | None = None) -> Http:
    """The client of `api` in front of a router."""
    clock = clock or Clock()
    transport = httpx.MockTransport(router)
    return Http(api, secret=secret or None, transport=transport, sleep=clock.sleep, clock=clock)


@dataclass
class Served:
    """A router behind a loopback server: its address, and the requests that it got."""

    address: str
    requests: list[httpx.Request] = field(default_factory=list)


@contextmanager
def served(router: Router) -> Iterator[Served]:
    """Serve `router` until the block ends; an exception in it cuts the connection."""
    found = Served("")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            request = httpx.Request(
                self.command,
                f"{found.address}{self.path}",
                headers=list(self.headers.items()),
                content=self.rfile.read(length),
            )
            found.requests.append(request)
            try:
                response = router(request)
                response.read()
            except (httpx.TransportError, Killed):
                self.close_connection = True
                return
            self.send_response_only(response.status_code)
            for name, value in response.headers.multi_items():
                if name not in {"content-length", "transfer-encoding"}:
                    self.send_header(name, value)
            self.send_header("content-length", str(len(response.content)))
            self.end_headers()
            self.wfile.write(response.content)

        do_POST = do_GET  # noqa: N815 - the name that the library calls

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
