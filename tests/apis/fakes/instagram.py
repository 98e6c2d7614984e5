"""Instagram's Graph API: two hashtags, an own account with tags and comments, and another account."""

import re
from collections.abc import Sequence
from typing import Any

import httpx

from tests.apis.fakes.meta import TOKEN, error, page, refused
from tests.apis.kit import FakeApi, Router

SIZE = 5
OWN = "17841405309211844"
#: The hashtags that Instagram knows.
HASHTAGS = {"lumora": "17843857450040591", "lumoraskin": "17843857450040592"}
WATCHLIST = f"""name: Skin care
subjects:
  - {{name: Lumora, query: '(lumora OR "lumora skin" OR unheard) NOT giveaway', accounts: ['instagram:{OWN}']}}
  - {{name: Kova, kind: competitor, accounts: ['instagram:@kova']}}
"""


def medium(number: int, caption: str, *, where: str, comments: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    return {
        "id": str(17880000000000000 + number),
        "caption": caption,
        "media_type": "IMAGE",
        "permalink": f"https://www.instagram.com/p/C{number}/",
        "timestamp": f"2025-01-{number % 20 + 1:02}T10:00:00+0000",
        "like_count": number,
        "comments_count": len(comments),
        "_where": where,
        "_comments": comments,
    }


def comment(number: int, text: str, media: int, **more: Any) -> dict[str, Any]:
    return {
        "id": str(number),
        "text": text,
        "timestamp": "2025-01-19T08:00:00+0000",
        "username": "mei",
        "like_count": 1,
        "media": {"id": str(17880000000000000 + media)},
        **more,
    }


REPLY = {**comment(73, "不好用", 56), "parent_id": "72"}
ITEMS = (
    *(medium(number, f"morning with #lumora {number}", where="lumora") for number in range(12, 6, -1)),
    medium(6, "#lumora giveaway", where="lumora"),
    medium(5, "#lumoraskin, lumora skin for you", where="lumoraskin"),
    *(medium(number, "I love @lumora", where="tags") for number in range(51, 40, -1)),
    medium(56, "Out now", where="media", comments=[comment(71, "nice", 56), comment(72, "hm", 56, replies=[REPLY])]),
    medium(55, "Soon", where="media"),
    *(medium(number, "Kova for men", where="kova") for number in range(66, 60, -1)),
)


def router(items: Sequence[dict[str, Any]]) -> Router:
    def answer(request: httpx.Request) -> httpx.Response:
        if wrong := refused(request):
            return wrong
        _, _, of, *edge = request.url.path.split("/")
        asked = request.url.params
        if of == "ig_hashtag_search":
            assert asked["user_id"] == OWN
            known = {"data": [{"id": HASHTAGS.get(asked["q"])}]}
            unknown = error(24, "The requested resource does not exist", error_subcode=2207024)
            return httpx.Response(200, json=known) if asked["q"] in HASHTAGS else unknown
        if not edge:
            return _discovered(request, items)
        if edge == ["comments"]:
            below = next(one["_comments"] for one in items if one["id"] == of)
            return page(request, below, 1)
        assert "timestamp" in asked["fields"]
        place = next((name for name, number in HASHTAGS.items() if number == of), edge[0])
        found = [one for one in items if one["_where"] == place]
        return page(request, found, SIZE) if found else error(100, "Unsupported get request", error_subcode=33)

    return answer


def _discovered(request: httpx.Request, items: Sequence[dict[str, Any]]) -> httpx.Response:
    """An account that is asked for by its name; the cursor stands among the fields."""
    asked = re.fullmatch(
        r"business_discovery\.username\((.*?)\)\{.*media\.limit\(50\)(?:\.after\((\d+)\))?\{.*\}\}",
        request.url.params["fields"],
    )
    assert asked
    start = int(asked[2] or 0)
    media = [one for one in items if one["_where"] == asked[1]]
    shown = [{k: v for k, v in one.items() if not k.startswith("_")} for one in media[start : start + SIZE]]
    cursors = {"after": str(start + SIZE)} if start + SIZE < len(media) else {}
    account = {"id": "1", "username": asked[1], "followers_count": 9, "media": {"data": shown, "paging": {}}}
    account["media"]["paging"]["cursors"] = cursors
    return httpx.Response(200, json={"business_discovery": account, "id": OWN})


FAKE = FakeApi(
    watchlist=WATCHLIST,
    items=ITEMS,
    router=router,
    stored=frozenset(
        [
            *(str(17880000000000000 + n) for n in (*range(7, 13), 5, *range(41, 52), 55, 56, *range(61, 67))),
            "71",
            "72",
            "73",
        ]
    ),
    secret=f"{OWN}:{TOKEN}",
)
