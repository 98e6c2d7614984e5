"""Two Mastodon servers: planted statuses, newest first, four on a page, and a search for those who sign in."""

from collections.abc import Sequence
from typing import Any

import httpx

from tests.apis.kit import FakeApi, Router

SIZE = 4
SECRET = "kova-mastodon-5e81c0"
WATCHLIST = """name: Launches
sources: ['mastodon:tea.example']
subjects:
  - {name: Lumora, query: '(lumora OR "velune cream") NOT giveaway'}
  - {name: Ann, kind: kol, accounts: ['mastodon:@ann@rain.example']}
"""


def status(
    number: int, text: str, *, tag: str | None = None, author: str = "mia", server: str = "mastodon.social"
) -> dict[str, Any]:
    account = {
        "id": author,
        "username": author,
        "acct": f"{author}@rain.example",
        "url": f"https://rain.example/@{author}",
    }
    return {
        "id": str(113_824_471_449_600_000 + number),
        "created_at": f"2025-01-{number // 24 + 1:02}T{number % 24:02}:00:00.000Z",
        "in_reply_to_id": None,
        "spoiler_text": "",
        "visibility": "public",
        "uri": f"https://rain.example/users/{author}/statuses/{number}",
        "url": f"https://rain.example/@{author}/{number}",
        "replies_count": 1,
        "reblogs_count": 2,
        "favourites_count": number,
        "content": f"<p>{text}</p>",
        "reblog": None,
        "account": account,
        "tags": [{"name": tag}] if tag else [],
        "server": server,
    }


ITEMS = (
    *(status(number, f"I read {number}", author="ann") for number in range(55, 50, -1)),
    status(42, "tea with #lumora", tag="lumora", server="tea.example"),
    status(41, "#VeluneCream, at last: the velune cream", tag="velunecream"),
    status(40, "#lumora giveaway", tag="lumora"),
    *(status(number, f"#lumora &amp; I, part {number}", tag="lumora") for number in range(6, 0, -1)),
    status(0, "without a tag I like my lumora"),
)


def router(items: Sequence[dict[str, Any]]) -> Router:
    def answer(request: httpx.Request) -> httpx.Response:
        path, asked, host = request.url.path, request.url.params, request.url.host
        signed = request.headers.get("authorization") == f"Bearer {SECRET}"
        assert signed is (host == "mastodon.social")
        if path.endswith("/api/v1/accounts/lookup"):
            return httpx.Response(200, json={"id": asked["acct"].partition("@")[0], "acct": asked["acct"]})
        if path.endswith("/api/v2/search"):
            found = [item for item in items if asked["q"].strip('"') in item["content"].lower()]
            start = int(asked["offset"])
            return httpx.Response(200, json={"statuses": found[start : start + SIZE], "accounts": [], "hashtags": []})
        if "/timelines/tag/" in path:
            tag = {"name": path.rpartition("/")[2]}
            found = [item for item in items if tag in item["tags"] and item["server"] == host]
        else:
            found = [item for item in items if item["account"]["id"] == path.split("/")[-2]]
        shown = [item for item in found if int(item["id"]) < int(asked.get("max_id", 10**20))][:SIZE]
        link = f'<https://{host}{path}?limit=40&max_id={shown[-1]["id"]}>; rel="next"' if shown else ""
        return httpx.Response(200, json=shown, headers={"link": link} if link else {})

    return answer


FAKE = FakeApi(
    watchlist=WATCHLIST,
    items=ITEMS,
    router=router,
    stored=frozenset(
        (
            *(status(number, "", author="ann")["uri"] for number in range(51, 56)),
            *(status(number, "")["uri"] for number in (42, 41, *range(7))),
        )
    ),
    secret=SECRET,
)
