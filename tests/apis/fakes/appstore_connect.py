"""App Store Connect: reviews of one app for those whose token is signed with the key, five on a page."""

from collections.abc import Sequence
from typing import Any

import httpx
import jwt

from tests.apis.fakes.keys import OF_APPLE, apple_file
from tests.apis.kit import FakeApi, Router

SIZE = 5
APP = "741292507"
WATCHLIST = f"""name: Apps
sources: ["appstore_connect:{APP}"]
subjects:
  - {{name: Lumora, query: lumora}}
"""


def review(number: int) -> dict[str, Any]:
    attributes = {
        "rating": 4,
        "title": "So",
        "body": f"Fine and quick {number}",
        "reviewerNickname": "Ann",
        "createdDate": f"2025-01-{number:02}T10:00:00-07:00",
        "territory": "CHN",
    }
    return {"type": "customerReviews", "id": f"00000{number}-aa", "attributes": attributes}


ITEMS = tuple(review(number) for number in range(27, 14, -1))


def error(status: int, code: str) -> httpx.Response:
    said = {"id": "1", "status": str(status), "code": code, "title": "No", "detail": "Not so."}
    return httpx.Response(status, json={"errors": [said]})


def router(items: Sequence[dict[str, Any]]) -> Router:
    def answer(request: httpx.Request) -> httpx.Response:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        try:
            claims = jwt.decode(token, OF_APPLE.public_key(), algorithms=["ES256"], audience="appstoreconnect-v1")
        except jwt.PyJWTError:
            return error(401, "NOT_AUTHORIZED")
        assert (claims["iss"], jwt.get_unverified_header(token)["kid"]) == ("issuer-1", "ABC123")
        assert claims["exp"] - claims["iat"] <= 1200
        if f"/v1/apps/{APP}/customerReviews" not in request.url.path:
            return error(404, "NOT_FOUND")
        assert request.url.params["sort"] == "-createdDate"
        start = int(request.url.params.get("cursor", 0))
        links = {"self": str(request.url)}
        if start + SIZE < len(items):
            links["next"] = str(request.url.copy_set_param("cursor", str(start + SIZE)))
        return httpx.Response(200, json={"data": items[start : start + SIZE], "links": links})

    return answer


FAKE = FakeApi(
    watchlist=WATCHLIST,
    items=ITEMS,
    router=router,
    stored=frozenset(item["id"] for item in ITEMS),
    secret=f"issuer-1:ABC123:{apple_file()}",
)
