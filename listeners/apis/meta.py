"""What the Graph APIs of Facebook, Instagram and Threads have in common: pages, cursors and errors."""

import json
from typing import Any, Final

import httpx

from listeners.apis.bodies import number, said
from listeners.apis.contract import Fail, Skip, Stop, Verdict, Wait
from listeners.apis.judging import judged, seconds_to_wait
from listeners.nested import Document, Wrong, items
from listeners.registry import unfolded

GRAPH: Final = "https://graph.facebook.com/v25.0"
#: Calls are counted over a rolling hour.
_HOUR: Final = 3600.0
_USED_UP: Final = frozenset({4, 17, 32, 341, 613})
#: The codes that depend on the product: pages, Instagram, Threads and others.
_USED_UP_BY_PRODUCT: Final = range(80000, 80100)
_TOKEN: Final = frozenset({102, 190, 463, 467})
_PERMISSION: Final = frozenset({3, 10, *range(200, 300)})
_PASSING: Final = frozenset({1, 2})
_GONE: Final = 33


def records(name: str, found: Document) -> list[Document | Wrong]:
    """The records of a page, which may be empty."""
    return unfolded(name, found) if items(found, "data") else []


def after(found: Document) -> str | None:
    """The cursor of the next page, None behind the last. That page's address holds the token, and is left alone."""
    paging = found.get("paging")
    if not isinstance(paging, dict) or not paging.get("next"):
        return None
    return cursor_in(paging)


def cursor_in(paging: Document) -> str | None:
    """The cursor of what follows, as `paging` has it."""
    cursors = paging.get("cursors")
    return str(cursors["after"]) if isinstance(cursors, dict) and cursors.get("after") else None


def judge_graph(response: httpx.Response) -> Verdict:
    """What an answer means, by the code of its error."""
    error = said(response).get("error") if not response.is_success else None
    code = number(error.get("code")) if isinstance(error, dict) else None
    return judged(response) if error is None or code is None else _by_code(code, error, response)


def _by_code(code: int, error: Document, response: httpx.Response) -> Verdict:
    message = f"{error.get('message') or 'no reason given'} (code {code})"
    if code in _USED_UP or code in _USED_UP_BY_PRODUCT:
        seconds = seconds_to_wait(response.headers)
        return Wait("the calls that Meta allows are used up", _until_free(response) if seconds is None else seconds)
    if code in _TOKEN:
        hint = "make a new one on developers.facebook.com; a long-lived one lasts 60 days"
        return Stop("the token has expired or was withdrawn", hint=hint)
    if code in _PERMISSION:
        return Fail(f"a permission is missing: {message}")
    if code in _PASSING:
        return Wait(f"Meta could not answer: {message}")
    if error.get("error_subcode") == _GONE:
        return Skip("it is gone, or the token may not see it")
    return Fail(f"Meta refused this: {message}")


def _until_free(response: httpx.Response) -> float:
    """Seconds until calls are allowed again: minutes in the header on usage, else the hour over which they count."""
    try:
        usage: Any = json.loads(response.headers.get("x-business-use-case-usage", "{}"))
        minutes = [one["estimated_time_to_regain_access"] for uses in usage.values() for one in uses]
        return max(map(float, minutes)) * 60 or _HOUR
    except (ValueError, TypeError, KeyError, AttributeError):
        return _HOUR
