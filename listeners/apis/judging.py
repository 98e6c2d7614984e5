"""What the status and the headers of an answer mean, where an API follows the usual ways."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

import httpx

from listeners.apis.contract import Fail, Fine, Skip, Stop, Verdict, Wait

#: What a page is that nobody asked for: its form is not that of any answer to the question.
OTHER: Final = Fail("the API answered another question than it was asked")
#: Above this a number says when, below how many seconds.
_EPOCH: Final = 1_000_000_000
_MILLISECONDS: Final = 100_000_000_000
_RESETS: Final = ("retry-after", "x-ratelimit-reset", "x-rate-limit-reset", "ratelimit-reset")
#: The server is at fault or in a hurry: the same request may succeed.
_PASSING: Final = (408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529)


def judged(response: httpx.Response) -> Verdict:
    """The verdict on an answer by its status."""
    status = response.status_code
    if response.is_success or status == httpx.codes.NOT_MODIFIED:
        return Fine()
    said = f"the server answered {status} {response.reason_phrase}".rstrip()
    if status in _PASSING:
        return Wait(said, seconds_to_wait(response.headers))
    if status == httpx.codes.UNAUTHORIZED:
        return Stop("the credential was not accepted", hint="check it, or make a new one")
    if status == httpx.codes.FORBIDDEN:
        return Stop("access was refused", hint="check what the credential is allowed to read")
    if status in {httpx.codes.NOT_FOUND, httpx.codes.GONE}:
        return Skip("not found")
    return Fail(said)


def seconds_to_wait(headers: Mapping[str, str]) -> float | None:
    """How long the server asks to wait; None where it does not say.

    Times are counted from the `Date` of the answer, so that no clock needs to be right.
    """
    here = sent_at(headers)
    for name in _RESETS:
        waits = _seconds(headers.get(name, "").strip(), here)
        if waits is not None:
            return max(0.0, waits)
    return None


def sent_at(headers: Mapping[str, str]) -> datetime:
    """When an answer was sent, by the server's own clock."""
    return _time(headers.get("date", "")) or datetime.now(UTC)


def _seconds(written: str, here: datetime) -> float | None:
    """Seconds from `here`: of a number of seconds, an epoch, an ISO time or an HTTP date."""
    try:
        number = float(written)
    except ValueError:
        when = _time(written)
        return (when - here).total_seconds() if when else None
    if number < _EPOCH:
        return number
    return (number / 1000 if number > _MILLISECONDS else number) - here.timestamp()


def _time(written: str) -> datetime | None:
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            when = read(written)
        except (ValueError, TypeError):
            continue
        return when if when.tzinfo else when.replace(tzinfo=UTC)
    return None
