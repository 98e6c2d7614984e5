"""The real samples read a second time, with the standard library and openpyxl alone: what an import must say of them.

Nothing here comes from the listeners. What a format means is written down anew, so that a mistake has to be made twice
to go unseen. `TRUTHS` has an entry for each file: what its records are, which are none, and when each was published.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl

Record = dict[str, Any]
#: The key of a record and when it was published; None for a record that is no mention.
Told = tuple[str, datetime | None] | None


@dataclass(frozen=True)
class Truth:
    """How a file is told, and what an import says of it as a whole. `refused`: a word of the reason why it is."""

    platform: str | None
    records: Callable[[Path], Iterable[Record]] = lambda _: ()
    told: Callable[[Record], Told] = lambda _: None
    zone: str | None = None
    refused: str | None = None

    def tell(self, path: Path) -> list[Told]:
        """What each record is."""
        return [self.told(record) for record in self.records(path)]


# Times ----------------------------------------------------------------------------------------------------------------


def epoch(value: Any) -> datetime:
    """Seconds, or milliseconds where there are too many of them."""
    number = float(value)
    return datetime.fromtimestamp(number / 1000 if number > 1e11 else number, UTC).replace(tzinfo=None)


def iso(value: str) -> datetime:
    """ISO with any offset; `+0000` too."""
    moment = datetime.fromisoformat(re.sub(r"([+-]\d\d)(\d\d)$", r"\1:\2", value.replace("Z", "+00:00")))
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def local(value: Any, hours: int, *forms: str) -> datetime:
    """A clock `hours` ahead of UTC."""
    if isinstance(value, datetime):
        return value - timedelta(hours=hours)
    for form in forms or ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"):
        try:
            return datetime.strptime(value, form) - timedelta(hours=hours)
        except ValueError:
            continue
    raise ValueError(value)


def hexadecimal(identity: str) -> datetime:
    """The second in which a Xiaohongshu id was made."""
    return epoch(int(identity[:8], 16))


# Files ----------------------------------------------------------------------------------------------------------------


def table(encoding: str = "utf-8-sig") -> Callable[[Path], Iterator[Record]]:
    """The records of a CSV file; what is empty or the header again has no `ok`."""

    def read(path: Path) -> Iterator[Record]:
        rows = csv.reader(io.StringIO(path.read_text(encoding=encoding), newline=""))
        header = next(rows)
        for row in rows:
            record: Record = dict(zip(header, row, strict=False))
            yield record | {"ok": any(cell.strip() for cell in row) and row[0] != header[0]}

    return read


def sheet(path: Path) -> Iterator[Record]:
    """The records of the first sheet of a workbook."""
    rows = openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
    header = next(rows)
    yield from (dict(zip(map(str, header), row, strict=True)) for row in rows)


def tree(*keys: str) -> Callable[[Path], list[Record]]:
    """The list at `keys` of a JSON document; an empty one where it is missing."""

    def read(path: Path) -> list[Record]:
        found = json.loads(path.read_text(encoding="utf-8"))
        for key in keys:
            found = found.get(key, [])
        return found if isinstance(found, list) else [found]

    return read


def lines(path: Path) -> Iterator[Any]:
    """The lines of a file as JSON; None where a line is none."""
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            yield json.loads(line)
        except ValueError:
            yield None


def x_posts(path: Path) -> Iterator[Record]:
    """Posts of pages, of streams and of flat lines."""
    for line in lines(path):
        found = (line or {}).get("data", line)
        yield from found if isinstance(found, list) else [found or {}]


def threads(path: Path) -> Iterator[Record]:
    """YouTube's top comments, and replies that come with them."""
    for thread in tree("items")(path):
        yield thread["snippet"]["topLevelComment"]
        yield from thread.get("replies", {}).get("comments", [])


def posts_and_comments(path: Path) -> Iterator[Record]:
    """Posts of a page, and the comments that came with them."""
    for post in tree("data")(path):
        yield post
        yield from post.get("comments", {}).get("data", [])


def entries(path: Path) -> Iterator[Record]:
    """Items of a feed, mended where it was cut, with the first text of each of their elements."""
    text = path.read_text(encoding="utf-8").strip()
    if not text.endswith(("</rss>", "</feed>", "</html>")):
        text += "</rss>"
    for item in ET.fromstring(text).iter():  # noqa: S314 - a file that was looked at
        if item.tag.rpartition("}")[2] not in {"item", "entry"}:
            continue
        record: Record = {}
        for child in item:
            record.setdefault(child.tag.rpartition("}")[2], (child.text or "").strip() or child.get("href"))
        yield record


# Formats --------------------------------------------------------------------------------------------------------------


def keyed(key: str, time: str, clock: Callable[[Any], datetime | None]) -> Callable[[Record], Told]:
    """Records with an id and a time."""
    return lambda one: (str(one[key]), clock(one[time])) if one.get("ok", True) and one.get(key) else None


def by_identity(key: str) -> Callable[[Record], Told]:
    """Xiaohongshu's records whose written times were rounded."""
    return lambda one: (one[key], hexadecimal(one[key]))


def shanghai(value: Any) -> datetime:
    """A clock in China."""
    return local(value, 8, "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M", "%m/%d/%Y %H:%M")


def vietnam(value: str) -> datetime:
    """A clock in Vietnam."""
    return local(value, 7)


def feed_time(record: Record) -> datetime | None:
    """When an item of a feed was published."""
    written = record.get("pubDate") or record.get("published") or record.get("updated") or ""
    try:
        return iso(written)
    except ValueError:
        return parsedate_to_datetime(written).astimezone(UTC).replace(tzinfo=None)


def of_feed(record: Record) -> Told:
    """An item of a feed."""
    key = record.get("guid") or record.get("id") or record.get("link")
    return (str(key), feed_time(record)) if key else None


def of_video_feed(record: Record) -> Told:
    """A video of a channel's feed."""
    return record["videoId"], feed_time(record)


def in_link(pattern: str, column: str, time: str, clock: Callable[[Any], datetime]) -> Callable[[Record], Told]:
    """Records whose id stands in a link."""

    def tell(record: Record) -> Told:
        found = re.search(pattern, record[column])
        return (found[1], clock(record[time])) if found else None

    return tell


def of_video_link(record: Record) -> Told:
    """A TikTok video of which only the day is written: its id, in the link, knows the second."""
    found = re.search(r"/video/(\d{19})", record["video_url"])
    return (found[1], epoch(int(found[1]) >> 32)) if found else None


def without_id(*columns: str, time: str) -> Callable[[Record], Told]:
    """Records that only their content tells apart."""
    return lambda one: ("\x1f".join(str(one[column]).strip() for column in columns), shanghai(one[time]))


def of_meltwater(record: Record) -> Told:
    """The epoch at the start of the document's id is exact; the date and time beside it are local."""
    comment = re.search(r"/comment/(\w+)", record["URL"])
    post = re.search(r"/comments/(\w+)", record["URL"])
    key = (comment or post or [""])[1]
    return key, local(f"{record['Date']:%Y-%m-%d} {record['Time']}", -4)


def of_search(record: Record) -> Told:
    """A search result that is a video."""
    found = record["id"].get("videoId")
    return (found, iso(record["snippet"]["publishedAt"])) if found else None


def of_video(record: Record) -> Told:
    """A video or a comment."""
    return record["id"], iso(record["snippet"]["publishedAt"])


def of_post(record: Record) -> Told:
    """A Facebook post with words: its own, or those of what it shares."""
    return (record["id"], iso(record["created_time"])) if record.get("id") else None


def undated(key: Callable[[Record], str]) -> Callable[[Record], Told]:
    """Records without any time."""
    return lambda one: (key(one), None)


XHS, VN = "Asia/Shanghai", "Asia/Ho_Chi_Minh"
CRAWLED = keyed("comment_id", "create_time", epoch)
ARRAY = tree()

TRUTHS: dict[str, Truth] = {
    "xiaohongshu/tt-refugee-1.csv": Truth("xiaohongshu", table(), keyed("post_id", "create_time", shanghai), XHS),
    "xiaohongshu/mediacrawler-comments-1.csv": Truth("xiaohongshu", table(), CRAWLED),
    "xiaohongshu/mediacrawler-comments-2.csv": Truth("xiaohongshu", table(), by_identity("comment_id")),
    "xiaohongshu/mediacrawler-comments-3.csv": Truth("xiaohongshu", table("gb18030"), CRAWLED),
    "xiaohongshu/mediacrawler-contents-1.csv": Truth("xiaohongshu", table("gb18030"), keyed("note_id", "time", epoch)),
    "xiaohongshu/mediacrawler-contents-2.csv": Truth("xiaohongshu", table(), by_identity("note_id")),
    "xiaohongshu/mediacrawler-contents-3.csv": Truth("xiaohongshu", table(), keyed("note_id", "time", epoch)),
    "xiaohongshu/vendor-notes-1.xlsx": Truth(
        "xiaohongshu", sheet, in_link("/item/([0-9a-f]{24})", "官方笔记地址", "发布时间", shanghai), XHS
    ),
    "weibo/mediacrawler-contents-1.json": Truth("weibo", ARRAY, keyed("note_id", "create_date_time", iso)),
    "weibo/weibo-search-1.csv": Truth("weibo", table(), keyed("id", "发布时间", shanghai), XHS),
    "bilibili/mediacrawler-contents-1.json": Truth("bilibili", ARRAY, keyed("video_id", "create_time", epoch)),
    "bilibili/mediacrawler-comments-1.json": Truth("bilibili", ARRAY, CRAWLED),
    "douyin/vendor-videos-1.xlsx": Truth("douyin", sheet, keyed("视频ID", "发布时间", shanghai), XHS),
    "douyin/ids-lost-1.xlsx": Truth(
        "douyin", sheet, in_link(r"/video/(\d{19})", "video_link", "release_date", shanghai), XHS
    ),
    "douyin/comments-gbk-1.csv": Truth(
        "douyin", table("gb18030"), without_id("昵称", "时间", "评论", time="时间"), XHS
    ),
    "tiktok/tiktok-api-videos-1.json": Truth("tiktok", ARRAY, keyed("id", "createTime", epoch)),
    "tiktok/ytdlp-videos-1.csv": Truth("tiktok", table(), of_video_link),
    "tiktok/abbreviated-counts-1.csv": Truth(None, refused="link"),
    "tiktok/custom-videos-1.csv": Truth("tiktok", table(), keyed("video_id", "publish_time", vietnam), VN),
    "tiktok/custom-comments-1.csv": Truth("tiktok", table(), keyed("comment_id", "create_time", vietnam), VN),
    "tiktok/apify-comments-1.json": Truth("tiktok", ARRAY, keyed("cid", "createTimeISO", iso)),
    "tiktok/apify-comments-1.csv": Truth("tiktok", table(), keyed("cid", "createTimeISO", iso)),
    "facebook/graph-feed-1.json": Truth("facebook", posts_and_comments, of_post),
    "facebook/graph-comments-1.json": Truth(
        "facebook", tree("data"), in_link(r".*comment_id=(\d+)", "permalink_url", "created_time", iso)
    ),
    "facebook/graph-error-1.json": Truth(None, refused="error"),
    "facebook/custom-posts-1.csv": Truth(
        "facebook",
        table(),
        lambda one: (one["post_id"], local(one["publish_time"], 0)) if one["post_text"].strip() else None,
        "UTC",
    ),
    "instagram/graph-hashtag-1.json": Truth("instagram", tree("data"), undated(lambda one: one["id"])),
    "instagram/graph-tagged-1.json": Truth(
        "instagram", tree("data"), lambda one: (one["id"], iso(one["timestamp"])) if one.get("caption") else None
    ),
    "instagram/zeeschuimer-1.ndjson": Truth(
        "instagram", lines, lambda one: (one["item_id"], epoch(one["data"]["taken_at"]))
    ),
    "youtube/api-commentthreads-1.json": Truth("youtube", threads, of_video),
    "youtube/api-search-1.json": Truth("youtube", tree("items"), of_search),
    "youtube/api-videos-1.json": Truth("youtube", tree("items"), of_video),
    "youtube/api-comments-1.json": Truth("youtube", tree("items"), of_video),
    "youtube/api-error-1.json": Truth(None, refused="error"),
    "x/v2-recent-search-1.jsonl": Truth("x", x_posts, keyed("id", "created_at", iso)),
    "x/v2-flat-1.jsonl": Truth("x", x_posts, keyed("id", "created_at", iso)),
    "x/v2-stream-with-error-1.jsonl": Truth("x", x_posts, keyed("id", "created_at", iso)),
    "x/v2-edited-1.jsonl": Truth("x", x_posts, keyed("id", "created_at", iso)),
    "appstore/rss-cn-1.json": Truth("appstore", tree("feed", "entry"), undated(lambda one: one["id"]["label"])),
    "appstore/rss-fr-1.json": Truth("appstore", tree("feed", "entry"), undated(lambda one: one["id"]["label"])),
    "appstore/rss-empty-1.json": Truth("appstore", tree("feed", "entry")),
    "appstore/rss-too-deep-1.json": Truth(None, refused="10"),
    "googleplay/scraper-reviews-1.csv": Truth(
        "googleplay", table(), keyed("reviewId", "at", lambda at: local(at, 0)), "UTC"
    ),
    "linkedin/creator-analytics-1.xlsx": Truth(None, refused="text"),
    "linkedin/apify-posts-1.json": Truth("linkedin", ARRAY, keyed("urn", "postedAtTimestamp", epoch)),
    "reddit/meltwater-export-1.xlsx": Truth("reddit", sheet, of_meltwater, "-04:00"),
    "reddit/listing-search-1.json": Truth(
        "reddit", tree("data", "children"), lambda one: (one["data"]["name"], epoch(one["data"]["created_utc"]))
    ),
    "reddit/listing-comments-1.json": Truth(
        "reddit", tree("data", "children"), lambda one: (one["data"]["name"], epoch(one["data"]["created_utc"]))
    ),
    "reddit/listing-new-1.json": Truth(
        "reddit", tree("data", "children"), lambda one: (one["data"]["name"], epoch(one["data"]["created_utc"]))
    ),
    "bluesky/thread-view-post-1.json": Truth(
        "bluesky", tree("thread", "post"), lambda one: (one["uri"], iso(one["record"]["createdAt"]))
    ),
    "mastodon/search-1.json": Truth("mastodon", tree("statuses"), keyed("uri", "created_at", iso)),
    "mastodon/timeline-1.json": Truth("mastodon", ARRAY, keyed("uri", "created_at", iso)),
    "mastodon/timeline-2.json": Truth("mastodon", ARRAY, keyed("uri", "created_at", iso)),
    "news/google-alerts-1.xml": Truth("news", entries, of_feed),
    "news/youtube-channel-1.xml": Truth("youtube", entries, of_video_feed),
    "news/techcrunch-1.xml": Truth("news", entries, of_feed),
    "news/huffpost-1.xml": Truth("news", entries, of_feed),
    "news/rss-with-comments-1.xml": Truth("news", entries, of_feed),
    "news/duplicates-1.xml": Truth("news", entries, of_feed),
    "news/bad-date-1.xml": Truth("news", entries, of_feed),
    "news/json-feed-1.json": Truth("news", tree("items"), keyed("id", "date_published", iso)),
}
