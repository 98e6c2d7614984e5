"""What the errors of the YouTube Data API mean; the same reason comes with different statuses."""

from typing import Final
from zoneinfo import ZoneInfo

import httpx

from listeners.apis.bodies import said
from listeners.apis.contract import Skip, Stop, Verdict, Wait
from listeners.apis.judging import judged, seconds_to_wait, sent_at
from listeners.apis.times import until_midnight
from listeners.nested import items

#: Where the day of the quota begins.
_PACIFIC: Final = ZoneInfo("America/Los_Angeles")
_USED_UP: Final = frozenset(("quotaExceeded", "dailyLimitExceeded"))
_HURRIED: Final = frozenset(("rateLimitExceeded", "userRateLimitExceeded", "processingFailure", "backendError"))
NO_CHANNEL: Final = Skip("there is no such channel")
_PLAIN: Final[dict[str, Verdict]] = {
    "commentsDisabled": Skip("comments are switched off"),
    "videoNotFound": Skip("the video is gone"),
    "commentNotFound": Skip("the comment is gone"),
    "channelNotFound": NO_CHANNEL,
    "playlistNotFound": Skip("the channel shows no videos"),
    "forbidden": Skip("it is not public"),
    "accessNotConfigured": Stop(
        "the API is not switched on", hint='switch on "YouTube Data API v3" in the project of the key'
    ),
}


def verdict(response: httpx.Response) -> Verdict:
    """The verdict on an answer, by the reason that it gives."""
    reason, message = _said(response)
    if reason in _USED_UP or "per day" in message:
        return Stop("the quota of the day is used up", until_midnight(sent_at(response.headers), _PACIFIC))
    if reason in _HURRIED:
        return Wait("too many requests in a short time", seconds_to_wait(response.headers))
    if "API key" in message:
        return Stop("the key was not accepted", hint="check it, and what it is restricted to, or make a new one")
    return _PLAIN.get(reason) or judged(response)


def _said(response: httpx.Response) -> tuple[str, str]:
    """The reason and the words of an error."""
    error = {} if response.is_success else said(response).get("error")
    if not error or not isinstance(error, dict):
        return "", ""
    return str(next(iter(items(error, "errors")), {}).get("reason")), str(error.get("message"))
