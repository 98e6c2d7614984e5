"""Google Play's reviews of one app for those who got a token for a signed one, five on a page."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qs

import httpx
import jwt

from tests.apis.fakes.keys import OF_GOOGLE, google_file
from tests.apis.kit import FakeApi, Router

SIZE = 5
APP = "com.example.app"
TOKEN = "ya29.session-token"
WATCHLIST = f"""name: Apps
sources: ["googleplay:{APP}"]
subjects:
  - {{name: Lumora, query: lumora}}
"""


def review(number: int) -> dict[str, Any]:
    said = {
        "text": f"So\tFine and quick {number}",
        "lastModified": {"seconds": str(1_736_726_400 + number * 3600), "nanos": 1},
        "starRating": 4,
        "reviewerLanguage": "en",
        "thumbsUpCount": number,
    }
    return {"reviewId": f"gp:{number}", "authorName": "Ann", "comments": [{"userComment": said}]}


ITEMS = tuple(review(number) for number in range(27, 14, -1))


def router(items: Sequence[dict[str, Any]]) -> Router:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/token"):
            return _token(parse_qs(request.content.decode()))
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return httpx.Response(401, json={"error": {"code": 401, "status": "UNAUTHENTICATED"}})
        if f"/androidpublisher/v3/applications/{APP}/reviews" not in request.url.path:
            return httpx.Response(404, json={"error": {"code": 404, "errors": [{"reason": "applicationNotFound"}]}})
        start = int(request.url.params.get("token", 0))
        body: dict[str, Any] = {"reviews": items[start : start + SIZE]}
        if start + SIZE < len(items):
            body["tokenPagination"] = {"nextPageToken": str(start + SIZE)}
        return httpx.Response(200, json=body)

    return answer


def _token(asked: dict[str, list[str]]) -> httpx.Response:
    assert asked["grant_type"] == ["urn:ietf:params:oauth:grant-type:jwt-bearer"]
    try:
        claims = jwt.decode(
            asked["assertion"][0],
            OF_GOOGLE.public_key(),
            algorithms=["RS256"],
            audience="https://oauth2.googleapis.com/token",
        )
    except jwt.PyJWTError:
        return httpx.Response(400, json={"error": "invalid_grant", "error_description": "Invalid JWT Signature."})
    assert claims["scope"] == "https://www.googleapis.com/auth/androidpublisher"
    return httpx.Response(200, json={"access_token": TOKEN, "expires_in": 3599, "token_type": "Bearer"})


FAKE = FakeApi(
    watchlist=WATCHLIST,
    items=ITEMS,
    router=router,
    stored=frozenset(item["reviewId"] for item in ITEMS),
    secret=str(google_file()),
)
