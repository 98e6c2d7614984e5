"""Errors that people read.

TingfengError        it could not be done (exit code 1)
├── DiskFullError    there was no room to write
└── UsageError       it was asked for in the wrong way (exit code 2)

Rooms derive their own errors from these. Data is never an exception: a row that cannot be read is a reject.
"""

import errno
import os


class TingfengError(Exception):
    """One sentence: what went wrong, where, and what to do about it."""

    exit_code = 1

    def __init__(self, what: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        place = f" ({self.where})" if self.where else ""
        advice = f": {self.hint}" if self.hint else ""
        return f"{self.what}{place}{advice}"

    def as_json(self) -> dict[str, dict[str, str]]:
        """The shape that `--json` prints."""
        return {"error": {"what": self.what, "where": self.where, "hint": self.hint}}


class DiskFullError(TingfengError):
    """There was no room to write."""

    def __init__(self, where: object) -> None:
        hint = "what could not be written changed nothing; make room, then try again"
        super().__init__("The disk is full", where=str(where), hint=hint)


def is_disk_full(error: BaseException) -> bool:
    """Whether `error`, of the file system or of DuckDB, says that there is no room."""
    return os.strerror(errno.ENOSPC) in str(error)


class UsageError(TingfengError):
    """A wrong option, or the name of a measure, engine or format that does not exist."""

    exit_code = 2
