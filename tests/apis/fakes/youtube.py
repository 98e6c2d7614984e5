"""YouTube's Data API: planted videos, comments and replies, three on a page; a thread carries two of its replies."""

from collections.abc import Callable, Sequence
from typing import Any

import httpx

from tests.apis.kit import FakeApi, Router

SIZE, CARRIED = 3, 2
SECRET = "AIzaKova-7f31c2"
CHANNEL = "UCkova000000000000000000"
WATCHLIST = f"""name: Launches
subjects:
  - {{name: Lumora, query: '(lumora OR "velune cream") NOT giveaway'}}
  - {{name: Kova, accounts: ['youtube:{CHANNEL}']}}
"""
DISABLED = "kovaQuiet00"


def video(
    identity: str, day: int, title: str, *, channel: str = "UCother", comments: str | None = "0"
) -> dict[str, Any]:
    statistics = {"viewCount": "900", "likeCount": "12", **({"commentCount": comments} if comments else {})}
    snippet = {
        "publishedAt": f"2025-01-{day:02}T10:00:00Z",
        "channelId": channel,
        "channelTitle": channel.removeprefix("UC"),
        "title": title,
        "description": "",
    }
    return {"kind": "youtube#video", "id": identity, "snippet": snippet, "statistics": statistics}


def comment(
    identity: str, text: str, day: int, *, below: str | None = None, parent: str | None = None
) -> dict[str, Any]:
    """A comment; the API does not say below which video a reply is, unless its thread carries it."""
    snippet = {
        "textDisplay": text,
        "authorDisplayName": "@mia",
        "authorChannelId": {"value": "UCmia"},
        "likeCount": 1,
        "publishedAt": f"2025-01-{day:02}T12:00:00Z",
        **({"videoId": below} if below else {}),
        **({"parentId": parent} if parent else {}),
    }
    return {"kind": "youtube#comment", "id": identity, "snippet": snippet}


def thread(identity: str, text: str, day: int, below: str, replies: int = 0) -> dict[str, Any]:
    answers = [comment(f"{identity}.r{n}", f"no {n}", day + 1, parent=identity) for n in range(replies)]
    return {
        "kind": "youtube#commentThread",
        "id": identity,
        "snippet": {
            "videoId": below,
            "topLevelComment": comment(identity, text, day, below=below),
            "totalReplyCount": replies,
        },
        "answers": answers,
    }


ITEMS = (
    video("kovaTour004", 24, "Kova opens", channel=CHANNEL, comments="9"),
    video(DISABLED, 23, "Kova is quiet", channel=CHANNEL, comments=None),
    video("kovaTour002", 22, "Kova brews", channel=CHANNEL),
    video("kovaTour001", 21, "Kova roasts a lumora", channel=CHANNEL),
    *(video(f"lumoraTest{n}", 20 - n, f"Lumora &amp; tea {n}", comments="2" if n == 1 else "0") for n in range(4)),
    video("lumoraGift0", 9, "lumora giveaway"),
    video("veluneTest0", 8, "The velune cream"),
    video("nothing0000", 7, "Of no interest"),
    thread("UgA1", "so <b>good</b>", 28, "kovaTour004"),
    thread("UgA2", "meh", 27, "kovaTour004", replies=6),
    thread("UgA3", "first", 26, "kovaTour004", replies=1),
    thread("UgA4", "where is it?", 25, "kovaTour004"),
    thread("UgB1", "I love my lumora", 21, "lumoraTest1"),
    thread("UgB2", "I love it", 20, "lumoraTest1"),
)


def router(items: Sequence[dict[str, Any]]) -> Router:
    videos = [item for item in items if item["kind"] == "youtube#video"]
    threads = [item for item in items if item["kind"] == "youtube#commentThread"]

    def answer(request: httpx.Request) -> httpx.Response:
        asked, name = request.url.params, request.url.path.rpartition("/")[2]
        if asked.get("key") != SECRET:
            return error(400, "badRequest", "API key not valid. Please pass a valid API key.")
        if asked.get("videoId") == DISABLED:
            return error(403, "commentsDisabled", "The video has disabled comments.")
        return page(name, lists[name](asked), asked)

    def uploads(asked: httpx.QueryParams) -> list[dict[str, Any]]:
        named = [one["id"] for one in videos if one["snippet"]["channelId"][2:] == asked["playlistId"][2:]]
        return [{"contentDetails": {"videoId": identity}} for identity in named]

    def search(asked: httpx.QueryParams) -> list[dict[str, Any]]:
        words = [word.strip('"') for word in asked["q"].lower().split("|")]
        found = [one for one in videos if any(word in one["snippet"]["title"].lower() for word in words)]
        found = [one for one in found if one["snippet"]["publishedAt"] >= asked.get("publishedAfter", "")]
        return [{"id": {"kind": "youtube#video", "videoId": one["id"]}} for one in found]

    named = {one["id"]: one for one in videos}
    answers = {one["id"]: one["answers"] for one in threads}
    lists: dict[str, Callable[[httpx.QueryParams], list[dict[str, Any]]]] = {
        "channels": lambda asked: [{"contentDetails": {"relatedPlaylists": {"uploads": f"UU{asked['id'][2:]}"}}}],
        "playlistItems": uploads,
        "search": search,
        "videos": lambda asked: [named[identity] for identity in asked["id"].split(",")],
        "commentThreads": lambda asked: [
            shown(one) for one in threads if one["snippet"]["videoId"] == asked["videoId"]
        ],
        "comments": lambda asked: answers[asked["parentId"]],
    }
    return answer


def shown(one: dict[str, Any]) -> dict[str, Any]:
    """A thread with the first of its replies."""
    carried = one["answers"][:CARRIED]
    below = {"videoId": one["snippet"]["videoId"]}
    replies = [{**reply, "snippet": {**reply["snippet"], **below}} for reply in carried]
    whole = {key: value for key, value in one.items() if key != "answers"}
    return {**whole, **({"replies": {"comments": replies}} if replies else {})}


def page(name: str, found: Sequence[dict[str, Any]], asked: httpx.QueryParams) -> httpx.Response:
    size = len(found) if name == "videos" else SIZE
    start = int(asked.get("pageToken", "CA0")[2:])
    more = {"nextPageToken": f"CA{start + size}"} if start + size < len(found) else {}
    kind = f"youtube#{name.removesuffix('s')}ListResponse"
    return httpx.Response(200, json={"kind": kind, **more, "items": list(found[start : start + size])})


def error(status: int, reason: str, message: str) -> httpx.Response:
    errors = [{"message": message, "domain": "youtube.test", "reason": reason}]
    return httpx.Response(status, json={"error": {"code": status, "message": message, "errors": errors}})


FAKE = FakeApi(
    watchlist=WATCHLIST,
    items=ITEMS,
    router=router,
    stored=frozenset(
        (
            *("kovaTour004", DISABLED, "kovaTour002", "kovaTour001", "veluneTest0"),
            *(f"lumoraTest{n}" for n in range(4)),
            *("UgA1", "UgA2", "UgA3", "UgA4", "UgB1", "UgA3.r0"),
            *(f"UgA2.r{n}" for n in range(6)),
        )
    ),
    secret=SECRET,
)
