"""YouTube by its Data API: videos by words or of channels, their comments, and the replies to these."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, ClassVar, Final

import httpx

from listeners.apis.client import Http, Refusal
from listeners.apis.contract import Api, Job, Page, Verdict, Wanted
from listeners.apis.judging import OTHER
from listeners.apis.terms import alternatives, quoted
from listeners.apis.times import iso
from listeners.apis.youtube_errors import NO_CHANNEL, verdict
from listeners.nested import Document, items
from listeners.registry import unfolded
from tingfeng.queries import Query

_ROOT: Final = "https://www.googleapis.com/youtube/v3/"
_VIDEOS_ON_A_PAGE: Final = 50
_COMMENTS_ON_A_PAGE: Final = 100
_LONGEST: Final = 200


class YouTube(Api):
    """What was published since some time; each page of videos leads to their comments, each comment to its replies.

    A cursor is a page token; of a channel it is `PLAYLIST TOKEN`, so that the channel is looked up once.
    """

    name: ClassVar[str] = "youtube"
    platform: ClassVar[str] = "youtube"
    home: ClassVar[str] = "https://www.googleapis.com"
    credential: ClassVar[str] = "an API key"
    parameter: ClassVar[str] = "key"
    pace: ClassVar[float] = 0.2
    unit: ClassVar[str] = "searches of 100 a day"
    overlap: ClassVar[timedelta] = timedelta(days=14)
    guide: ClassVar[str] = (
        "Videos by words, with their counts, and those comments on them that a query selects; all videos and comments "
        "of the subjects' channels (`youtube:UC...`, `youtube:@HANDLE`). Below `sources`, `youtube:` follows another "
        "channel, or a video by its id. Each pull goes two weeks back, for late comments and counts. "
        "A key may search 100 times a day, words that are joined by OR being one search; 10,000 other lists a day are "
        "far more than is needed. Both are full again at midnight in California. A search shows about 500 videos."
    )

    def jobs(self, wanted: Wanted) -> list[Job]:
        """Followed channels and videos first: they cost no searches."""
        followed = dict.fromkeys((*wanted.accounts, *wanted.follow))
        searches = dict.fromkeys(text for query in wanted.queries for text in _searches(query))
        return [
            *(Job(f"follow {name}", _followed(name), searched=False, units=0) for name in followed),
            *(Job(f"search {text}", {"q": text}) for text in searches),
        ]

    def page(self, job: Job, cursor: str | None, http: Http) -> Page:
        """A page of what the job's parameters name."""
        if "parentId" in job.params:
            return _replies(job, cursor, http)
        if "videoId" in job.params:
            return _comments(job, cursor, http)
        if "q" in job.params:
            since = {"publishedAfter": iso(job.since)} if job.since else {}
            asked = {"part": "snippet", "type": "video", "order": "date", **job.params, **since}
            found = _list(http, "search", asked, _VIDEOS_ON_A_PAGE, cursor)
            return _videos(
                job, (item.get("id", {}).get("videoId") for item in items(found, "items")), _next(found), http
            )
        if "video" in job.params:
            return _videos(job, [job.params["video"]], None, http)
        playlist, _, token = (cursor or f"{_uploads(job, http)} ").partition(" ")
        asked = {"part": "contentDetails", "playlistId": playlist}
        found = _list(http, "playlistItems", asked, _VIDEOS_ON_A_PAGE, token)
        following = f"{playlist} {_next(found)}" if _next(found) else None
        return _videos(
            job, (item.get("contentDetails", {}).get("videoId") for item in items(found, "items")), following, http
        )

    def judge(self, response: httpx.Response) -> Verdict:
        """By the reason that the API gives."""
        return verdict(response)


def _searches(query: Query) -> list[str]:
    """Single words and phrases joined by |, which is OR; several words that belong together by themselves."""
    packed: list[str] = []
    together: list[str] = []
    for words in alternatives(query):
        text = " ".join(map(quoted, words))
        if len(words) > 1:
            together.append(text)
        elif packed and len(packed[-1]) + len(text) < _LONGEST:
            packed[-1] += f"|{text}"
        else:
            packed.append(text)
    return [*packed, *together]


def _followed(name: str) -> dict[str, str]:
    if name.startswith("@"):
        return {"forHandle": name}
    return {"id": name} if name.startswith("UC") and len(name) > len("11 letters.") else {"video": name}


def _list(http: Http, name: str, asked: dict[str, Any], size: int, token: str | None) -> Document:
    """One page of the list of this name; Refusal when the answer is another list."""
    page = {"maxResults": str(size), **({"pageToken": token} if token else {})}
    found = http.json(f"{_ROOT}{name}", {**asked, **page})
    if not isinstance(found, dict) or found.get("kind") != f"youtube#{name.removesuffix('s')}ListResponse":
        raise Refusal(OTHER)
    return found


def _next(found: Document) -> str | None:
    return found.get("nextPageToken")


def _uploads(job: Job, http: Http) -> str:
    """The playlist of a channel's videos."""
    found = _list(http, "channels", {"part": "contentDetails", **job.params}, 1, None)
    for channel in items(found, "items"):
        return str(channel["contentDetails"]["relatedPlaylists"]["uploads"])
    raise Refusal(NO_CHANNEL)


def _videos(job: Job, ids: Iterable[str | None], following: str | None, http: Http) -> Page:
    """Videos with their counts, and the jobs for their comments."""
    named = ",".join(dict.fromkeys(one for one in ids if one))
    if not named:
        return Page([], following)
    found = _list(http, "videos", {"part": "snippet,statistics", "id": named}, _VIDEOS_ON_A_PAGE, None)
    since = iso(job.since) if job.since else ""
    recent = [
        video
        for video in items(found, "items")
        if video.get("snippet", {}).get("publishedAt", "") >= since or "video" in job.params
    ]
    comments = [
        Job(f"comments {video['id']}", {"videoId": video["id"]}, searched=job.searched, units=0)
        for video in recent
        if video.get("statistics", {}).get("commentCount") != "0"
    ]
    return Page(unfolded("youtube", found), following, jobs=tuple(comments))


def _comments(job: Job, cursor: str | None, http: Http) -> Page:
    """Comments with the first of their replies; the newest comments first."""
    asked = {"part": "snippet,replies", "order": "time", **job.params}
    found = _list(http, "commentThreads", asked, _COMMENTS_ON_A_PAGE, cursor)
    replies = [
        Job(
            f"replies {thread['id']}",
            {**job.params, "parentId": thread["id"]},
            job.searched,
            newest_first=False,
            units=0,
        )
        for thread in items(found, "items")
        if int(thread.get("snippet", {}).get("totalReplyCount", 0)) > len(items(thread, "replies", "comments"))
    ]
    return Page(unfolded("youtube", found), _next(found), jobs=tuple(replies))


def _replies(job: Job, cursor: str | None, http: Http) -> Page:
    """All replies to a comment; they do not say below which video."""
    asked = {"part": "snippet", "parentId": job.params["parentId"]}
    found = _list(http, "comments", asked, _COMMENTS_ON_A_PAGE, cursor)
    below = {"videoId": job.params["videoId"]}
    replies = [{**reply, "snippet": {**below, **reply["snippet"]}} for reply in items(found, "items")]
    return Page(unfolded("youtube", {**found, "items": replies}), _next(found))
