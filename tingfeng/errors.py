"""Errors that people read.

TingfengError        it could not be done (exit code 1)
└── UsageError       it was asked for in the wrong way (exit code 2)

Rooms derive their own errors from these two. Data is never an exception: a row that cannot be read is a reject.
"""


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


class UsageError(TingfengError):
    """A wrong option, or the name of a measure, engine or format that does not exist."""

    exit_code = 2
