"""The log file of the home folder: what happened and where, never texts and never secrets."""

import logging
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path

from tingfeng.errors import DiskFullError, TingfengError, is_disk_full
from tingfeng.home import home

LOG = logging.getLogger("tingfeng")


class _LogFile(RotatingFileHandler):
    """A log that gets in nobody's way when it cannot be written."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name that logging calls
        """Leave the entry out."""


def log_file() -> Path:
    """Where the log is written; the file is made with the first entry."""
    path = home() / "tingfeng.log"
    if not any(getattr(handler, "baseFilename", None) == str(path) for handler in LOG.handlers):
        handler = _LogFile(path, maxBytes=1_000_000, backupCount=3, encoding="utf-8", delay=True)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        LOG.addHandler(handler)
        LOG.setLevel(logging.INFO)
        LOG.propagate = False
    return path


def unexpected(error: BaseException) -> TingfengError:
    """The sentence that people see of `error`; where it arose is written down, unless it is a full disk.

    The error's own message stays out of the log, because it may quote a mention.
    """
    if is_disk_full(error):
        return DiskFullError(getattr(error, "filename", None) or "")
    path = log_file()
    LOG.error("%s\n%s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
    return TingfengError(
        f"Something went wrong inside Tingfeng ({type(error).__name__})",
        where=str(path),
        hint="the log file says where; nothing was left half done",
    )
