"""Owning the store: for the time of one command, or for as long as the dashboard runs.

Whoever owns the store answers the other processes meanwhile; the dashboard also takes in what lies in the inbox, and
reads mentions again that an earlier engine scored.
"""

import atexit
import errno
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock, Thread
from typing import Any, Final

from tingfeng.errors import TingfengError, is_disk_full
from tingfeng.home import store_path
from tingfeng.operations.context import Workspace
from tingfeng.operations.log import LOG, log_file
from tingfeng.operations.perform import ingest_inbox, perform
from tingfeng.operations.rescoring import keep_up
from tingfeng.operations.sweeping import sweep
from tingfeng.store import Store, owner

#: How long the dashboard waits for a command that owns the store to end.
PATIENCE: Final = 60.0
_LOOK_SECONDS: Final = 1.0
_SWEEP_SECONDS: Final = 60.0 * 60.0
_BESIDE: Final = ".owner"
_UNWRITABLE: Final = (errno.EACCES, errno.EPERM, errno.EROFS)

_opening = RLock()
_here: "Ownership | None" = None


class UnwritableError(TingfengError):
    """The home folder cannot be written, so nobody can own the store."""


@dataclass
class Ownership:
    """This process owns the store until `close`."""

    claim: owner.Claim
    workspace: Workspace
    server: owner.Server
    _threads: list[Thread] = field(default_factory=list)

    def stay(self) -> None:
        """From now on take in what is left in the inbox, read again what an earlier engine scored, and sweep."""
        works = {
            "tingfeng-inbox": self._watch_inbox,
            "tingfeng-sweeping": self._sweep,
            "tingfeng-rescoring": lambda: keep_up(self.workspace, self.claim.stands),
        }
        self._threads = [Thread(target=work, name=name, daemon=True) for name, work in works.items()]
        for thread in self._threads:
            thread.start()

    def standing(self) -> Workspace:
        """The workspace; TingfengError when its folder was removed: what is written then reaches nobody."""
        if not self.claim.stands():
            raise TingfengError(
                "The home folder was removed while it was in use",
                where=str(self.claim.home),
                hint="end tingfeng serve and start it again",
            )
        return self.workspace

    def close(self) -> None:
        """End the work under way, then let another process own the store."""
        self.workspace.closing.set()
        self.server.close()
        for thread in self._threads:
            thread.join()
        self.workspace.close()
        self.claim.release()

    def _watch_inbox(self) -> None:
        while not self.workspace.closing.wait(_LOOK_SECONDS) and self.claim.stands():
            try:
                ingest_inbox(self.workspace)
            except Exception as error:  # noqa: BLE001 - the inbox is looked at again, whatever happened this time
                LOG.error("the inbox could not be read: %s", type(error).__name__)

    def _sweep(self) -> None:
        while not self.workspace.closing.wait(_SWEEP_SECONDS) and self.claim.stands():
            sweep(self.claim.home)


def place() -> Path:
    """Where the owner's lock, socket and inbox lie: the folder of the usual store, else one beside the store."""
    path = store_path()
    return path.parent if path.name == "tingfeng.duckdb" else path.with_name(f"{path.name}{_BESIDE}")


def take(role: str = "command") -> Ownership | None:
    """Own the store; None when another process does. UnwritableError where the lock cannot be written."""
    folder = place()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        claim = owner.claim(folder)
    except OSError as error:
        if is_disk_full(error):
            raise
        raise _unclaimed(folder, error) from error
    if claim is None:
        return None
    log_file()
    with ExitStack() as undoing:
        undoing.callback(claim.release)
        undoing.callback(_tidy, folder)
        workspace = Workspace(folder, Store.open(store_path()))
        undoing.callback(workspace.close)
        sweep(folder)
        taken = Ownership(claim, workspace, owner.serve(claim, answering(workspace, role)))
        undoing.pop_all()
    return taken


def _unclaimed(folder: Path, error: OSError) -> TingfengError:
    if error.errno in _UNWRITABLE:
        return UnwritableError(
            f"The home folder cannot be written: {error.strerror}",
            where=str(folder),
            hint="see its permissions, or set TINGFENG_HOME to a folder that you can write to",
        )
    return TingfengError(
        f"The store cannot be kept there: {error.strerror}",
        where=str(folder),
        hint="choose another path with TINGFENG_STORE or TINGFENG_HOME",
    )


def _tidy(folder: Path) -> None:
    """Remove the folder beside a store that could not be opened, when nothing but the lock lies in it."""
    if folder.suffix == _BESIDE and [path.name for path in folder.iterdir()] == [owner.LOCK]:
        shutil.rmtree(folder)


@contextmanager
def reading() -> Iterator[Workspace]:
    """The store without owning it, for questions only."""
    workspace = Workspace(place(), Store.open(store_path(), read_only=True))
    try:
        yield workspace
    finally:
        workspace.close()


def answering(workspace: Workspace, role: str) -> owner.Handler:
    """What other processes are answered."""

    def answer(op: str, params: dict[str, Any], on_progress: Callable[[Any], None]) -> Any:
        return role if op == "role" else perform(workspace, op, params, on_progress)

    return answer


def here() -> Workspace | None:
    """The workspace of this process, when it owns the store for good."""
    return _here.standing() if _here else None


def workspace() -> Workspace:
    """The workspace of this process; `own` comes before."""
    if _here is None:
        raise TingfengError("This process does not own the store", hint="start the dashboard with tingfeng serve")
    return _here.standing()


def own(patience: float = PATIENCE) -> Workspace:
    """Own the store in this process until it ends; asking again changes nothing."""
    global _here  # noqa: PLW0603 - one owner a process, whoever asks
    with _opening:
        if _here is None:
            _here = _patiently(patience)
            _here.stay()
            atexit.register(disown)
        return _here.standing()


def disown() -> None:
    """Let another process own the store, if this one does."""
    global _here
    with _opening:
        standing, _here = _here, None
        if standing:
            standing.close()


def _patiently(patience: float) -> Ownership:
    """Wait for commands that own the store to end; another dashboard will not."""
    deadline = time.monotonic() + patience
    while (taken := take("dashboard")) is None:
        if _asked_role() == "dashboard" or time.monotonic() > deadline:
            raise TingfengError(
                "Another process serves this store already", where=str(place()), hint="use its dashboard, or end it"
            )
        time.sleep(0.2)
    return taken


def _asked_role() -> Any:
    try:
        return owner.ask(place(), "role", {})
    except (owner.OwnerGone, owner.OwnerLost, owner.OwnerSilent):
        return None
