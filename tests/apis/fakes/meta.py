"""What the fakes of Meta's Graph APIs have in common: a token, cursors, and a next address that holds the token."""

from collections.abc import Sequence
from typing import Any

import httpx

TOKEN = "EAAcanary5f3a9cMetaToken0123456789"


def error(code: int, message: str, status: int = 400, **more: Any) -> httpx.Response:
    """An error as Meta writes it."""
    body = {"message": f"(#{code}) {message}", "type": "OAuthException", "code": code, "fbtrace_id": "A1", **more}
    return httpx.Response(status, json={"error": body})


def refused(request: httpx.Request) -> httpx.Response | None:
    """The refusal of a request without the right token."""
    if request.url.params.get("access_token") == TOKEN:
        return None
    return error(190, f"Error validating access token {request.url.params.get('access_token')}")


def page(request: httpx.Request, items: Sequence[dict[str, Any]], size: int) -> httpx.Response:
    """The page of `items` that is asked for; `_...` is what a fake keeps for itself. A cursor is good for its list."""
    here = f"{request.url.path} {request.url.params.get('q', '')}"
    place, _, start = request.url.params.get("after", f"{here}+0").rpartition("+")
    if place != here:
        return error(100, "Invalid parameter", error_subcode=1349125)
    first = int(start)
    data = [{k: v for k, v in one.items() if not k.startswith("_")} for one in items[first : first + size]]
    body: dict[str, Any] = {"data": data}
    if data:
        body["paging"] = {"cursors": {"before": f"{here}+{first}", "after": f"{here}+{first + size}"}}
    if first + size < len(items):
        body["paging"]["next"] = f"{request.url}&after={here}+{first + size}"
    return httpx.Response(200, json=body)
