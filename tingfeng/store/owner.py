"""One process owns the store's file; it answers the others over a local socket in the home folder.

Who holds the lock file's lock is the owner; the kernel releases it however a process ends. A conversation is lines of
JSON: the owner greets with `{"tingfeng": 1}`, is asked `{"op", "params"}`, and says `{"alive": true}` at once and every
second, `{"progress": ...}` whenever there is some, and in the end `{"result": ...}` or `{"error": ...}`.
"""

import contextlib
import fcntl
import json
import os
import select
import shutil
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, Thread, current_thread
from typing import IO, Any, Final, Self

from tingfeng.errors import TingfengError, UsageError

Progress = Callable[[Any], None]
Handler = Callable[[str, dict[str, Any], Progress], Any]

PROTOCOL: Final = 1
BEAT_SECONDS: Final = 1.0
PATIENCE_SECONDS: Final = 10.0
STALLED_SECONDS: Final = 60.0  # after which the owner takes one who neither asks nor listens for gone

LOCK: Final = "owner.lock"
_SOCKET: Final = "owner.sock"
_LONGEST_PATH: Final = 100  # of a Unix socket: 104 bytes on macOS, 108 on Linux


class OwnerGone(TingfengError):  # noqa: N818 - it says what happened, and nothing may be wrong
    """Nobody owns the store any more: claim it, then do the work here."""


class OwnerLost(TingfengError):  # noqa: N818 - it says what happened
    """The owner hung up while it worked: what was asked may be done, in part or whole, so nobody does it again."""


class OwnerSilent(TingfengError):  # noqa: N818 - it says what happened, and nothing may be wrong
    """The owner is there but does not answer."""


@dataclass
class Claim:
    """Being the owner of the store of `home`, until `release`."""

    home: Path
    _file: IO[bytes]

    def stands(self) -> bool:
        """Whether the lock is still in its place: who removes the folder takes it away under the owner."""
        try:
            return os.path.samestat((self.home / LOCK).stat(), os.fstat(self._file.fileno()))
        except OSError:
            return False

    def release(self) -> None:
        """Let another process be the owner. Close the server and the store before."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def claim(home: Path) -> Claim | None:
    """Become the owner of the store of `home`; None when another claim stands."""
    file = (home / LOCK).open("ab")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return Claim(home, file)


def serve(claim: Claim, handler: Handler) -> "Server":
    """Answer other processes from now on, each request in a thread of its own, until `Server.close`.

    `handler(op, params, on_progress)` returns what JSON can hold; a TingfengError reaches the one who asked.
    """
    server = Server(claim.home / _SOCKET, handler)
    server.start()
    return server


@dataclass
class Server:
    """The owner's side of the socket at `path`."""

    path: Path
    handler: Handler
    _closing: Event = field(default_factory=Event)
    _working: set[Thread] = field(default_factory=set)
    _waiting: set[socket.socket] = field(default_factory=set)
    _guard: Lock = field(default_factory=Lock)

    def start(self) -> None:
        """Take the place of a socket that a killed owner left behind, and listen."""
        _remove(self.path)
        self._listener = socket.socket(socket.AF_UNIX)
        address = _short(self.path)
        self._listener.bind(address)
        Path(address).chmod(0o600)
        self._listener.listen(64)
        self._bound = Path(address).stat()
        self._waker, self._woken = socket.socketpair()
        if address != str(self.path):
            self.path.symlink_to(address)
        self._thread = Thread(target=self._accept, name="tingfeng-owner", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Take no more requests, wait for those under way, and remove the socket."""
        self._closing.set()
        self._waker.close()
        self._thread.join()
        with contextlib.suppress(OSError):
            if os.path.samestat(self.path.stat(), self._bound):  # else it is another owner's
                _remove(self.path)
        self._listener.close()
        self._woken.close()
        with self._guard:
            working, waiting = list(self._working), list(self._waiting)
        for connection in waiting:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in working:
            thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _accept(self) -> None:
        while self._woken not in select.select([self._listener, self._woken], [], [])[0]:
            try:
                connection, _ = self._listener.accept()
            except OSError:  # too many open files: some will be closed
                self._closing.wait(0.1)
                continue
            connection.settimeout(STALLED_SECONDS)
            thread = Thread(target=self._answer, args=(connection,), name="tingfeng-request", daemon=True)
            with self._guard:
                self._working.add(thread)
                self._waiting.add(connection)
            thread.start()

    def _answer(self, connection: socket.socket) -> None:
        """One request from greeting to result. Work goes on when the one who asked has gone."""
        line, request = _Line(connection), None
        try:
            line.say({"tingfeng": PROTOCOL})
            with contextlib.suppress(TimeoutError):
                request = line.hear()
            with self._guard:
                self._waiting.discard(connection)
                if self._closing.is_set():
                    return
            if request is not None:
                line.send(self._result(request, line))
        finally:
            line.close()
            with self._guard:
                self._waiting.discard(connection)
                self._working.discard(current_thread())

    def _result(self, request: dict[str, Any], line: "_Line") -> bytes:
        with line.heartbeat():
            try:
                result = self.handler(request["op"], request["params"], lambda news: line.say({"progress": news}))
                return _encoded({"result": result})
            except TingfengError as error:
                return _encoded(error.as_json() | {"usage": isinstance(error, UsageError)})
            except Exception as error:  # noqa: BLE001 - whatever it is, the one who asked must hear that it failed
                return _encoded(TingfengError(f"The owner of the store failed ({type(error).__name__})").as_json())


def ask(
    home: Path,
    op: str,
    params: dict[str, Any],
    on_progress: Progress | None = None,
    *,
    patience: float = PATIENCE_SECONDS,
) -> Any:
    """Let the owner of the store of `home` do `op`; its result.

    Raises the TingfengError that the owner raised, OwnerGone when nobody owns the store and the work was never begun
    (claim it and do the work here), OwnerLost when the owner hung up midway, OwnerSilent when no byte comes for
    `patience` seconds.
    """
    request = {"op": op, "params": params}
    deadline = time.monotonic() + patience
    while (line := _greeted(home / _SOCKET, patience)) is None or (first := _begun(line, request)) is None:
        if not _is_owned(home):
            raise OwnerGone("No process owns the store any more", where=str(home))
        if time.monotonic() > deadline:
            raise _silent(home)
        time.sleep(0.02)
    with contextlib.closing(line):
        try:
            return _outcome(line, first, on_progress)
        except TimeoutError as error:
            raise _silent(home) from error


def _greeted(path: Path, patience: float) -> "_Line | None":
    """A line to the owner after its greeting; None when nobody listens there (yet, or any more)."""
    try:
        line = _Line(_connected(path, patience))
    except OSError:
        return None
    try:
        greeting = line.hear()
    except TimeoutError:
        greeting = None
    if greeting is None:
        line.close()
        return None
    if greeting.get("tingfeng") != PROTOCOL:
        line.close()
        raise TingfengError(
            "The store is owned by another version of Tingfeng",
            where=str(path),
            hint="end that process (tingfeng serve) and start it again",
        )
    return line


def _begun(line: "_Line", request: dict[str, Any]) -> dict[str, Any] | None:
    """The first answer to `request`; None when the owner was closing and did not take it."""
    line.say(request)
    try:
        first = line.hear()
    except TimeoutError:
        first = None
    if first is None:
        line.close()
    return first


def _outcome(line: "_Line", answer: dict[str, Any] | None, on_progress: Progress | None) -> Any:
    """The result that ends the answers, the first of which is `answer`."""
    while answer is not None:
        if "result" in answer:
            return answer["result"]
        if "error" in answer:
            kind = UsageError if answer.get("usage") else TingfengError
            error = answer["error"]
            raise kind(error["what"], where=error["where"], hint=error["hint"])
        if "progress" in answer and on_progress:
            on_progress(answer["progress"])
        answer = line.hear()
    raise OwnerLost("The process that owns the store ended while it worked", hint="see what was done, then try again")


class _Line:
    """Lines of JSON over a socket; several threads may speak."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._reader = connection.makefile("rb")
        self._speaking = Lock()
        self._gone = False

    def say(self, message: dict[str, Any]) -> None:
        """Send a message; one that has gone hears nothing."""
        self.send(_encoded(message))

    def send(self, data: bytes) -> None:
        """Send a line that is encoded already; one that has gone hears nothing."""
        with self._speaking:
            if self._gone:
                return
            try:
                self._connection.sendall(data)
            except OSError:
                self._gone = True

    def hear(self) -> dict[str, Any] | None:
        """The next line; None when the other side has gone or talks nonsense."""
        try:
            heard = json.loads(self._reader.readline())
        except (ConnectionResetError, ValueError):
            return None
        return heard if isinstance(heard, dict) else None

    def close(self) -> None:
        """Hang up."""
        self._reader.close()
        self._connection.close()

    @contextlib.contextmanager
    def heartbeat(self) -> Iterator[None]:
        """Say that we are alive, at once and every second, until the block ends."""
        ended = Event()

        def beat() -> None:
            while not ended.wait(BEAT_SECONDS):
                self.say({"alive": True})

        self.say({"alive": True})
        thread = Thread(target=beat, name="tingfeng-heartbeat", daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()


def _encoded(message: dict[str, Any]) -> bytes:
    """A line; half a character, as a cut emoji has, travels as its escape."""
    return json.dumps(message).encode("ascii") + b"\n"


def _connected(path: Path, timeout: float) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(timeout)
    try:
        connection.connect(str(path.readlink() if path.is_symlink() else path))
    except OSError:
        connection.close()
        raise
    return connection


def _short(path: Path) -> str:
    """An address for the socket at `path`: itself, or where the path is too long one in a private folder."""
    if len(os.fsencode(path)) <= _LONGEST_PATH:
        return str(path)
    return f"{tempfile.mkdtemp(prefix='tingfeng-', dir='/tmp')}/s"


def _remove(path: Path) -> None:
    """Remove the socket at `path`, and the private folder that it may lie in."""
    if path.is_symlink():
        shutil.rmtree(path.readlink().parent, ignore_errors=True)
    path.unlink(missing_ok=True)


def _is_owned(home: Path) -> bool:
    standing = claim(home)
    if standing:
        standing.release()
    return standing is None


def _silent(home: Path) -> OwnerSilent:
    return OwnerSilent(
        "The process that owns the store does not answer", where=str(home), hint="end tingfeng serve, then try again"
    )
