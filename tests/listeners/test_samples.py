"""Real exports of these formats, with the counts that are known of them."""

from collections import Counter
from contextlib import suppress
from datetime import timedelta

import pytest

from listeners import NotRecognised, Refused
from tests.listeners.conftest import hear
from tingfeng.mentions.record import Mark

XHS, WEIBO, BILIBILI = "xiaohongshu/mediacrawler-", "weibo/mediacrawler-", "bilibili/mediacrawler-"

#: path, format, read, distinct ids, rejected, first and last published_at in UTC
KNOWN = [
    (f"{XHS}comments-1.csv", "xiaohongshu_comments", 1396, 1396, 0, "2025-04-11T03:04:24", "2025-07-18T03:15:14"),
    (f"{XHS}comments-2.csv", "xiaohongshu_comments", 1500, 1500, 0, "2025-03-10T02:42:39", "2025-06-27T08:48:44"),
    (f"{XHS}comments-3.csv", "xiaohongshu_comments", 900, 900, 0, "2025-01-26T06:05:44", "2025-05-01T05:32:25"),
    (f"{XHS}contents-1.csv", "xiaohongshu_posts", 34, 7, 4, "2024-12-08T22:04:37", "2025-07-08T04:58:45"),
    (f"{XHS}contents-2.csv", "xiaohongshu_posts", 10, 10, 0, "2025-03-05T02:57:23", "2025-03-14T02:55:07"),
    (f"{XHS}contents-3.csv", "xiaohongshu_posts", 10, 10, 0, "2025-04-11T02:51:11", "2025-04-30T03:46:31"),
    (f"{WEIBO}contents-1.json", "weibo_posts", 400, 327, 0, "2025-01-03T12:30:01", "2025-05-20T14:15:22"),
    (f"{BILIBILI}contents-1.json", "bilibili_posts", 1040, 684, 0, "2021-07-02T01:31:35", "2025-05-20T12:45:16"),
    (f"{BILIBILI}comments-1.json", "bilibili_comments", 1500, 1223, 0, "2025-01-03T12:36:35", "2025-05-20T14:15:15"),
]

#: A list of links, and figures without any post.
UNREAD = {"abbreviated-counts-1.csv", "creator-analytics-1.xlsx"}

pytestmark = pytest.mark.samples


@pytest.mark.parametrize(("path", "name", "read", "ids", "rejected", "first", "last"), KNOWN)
def test_a_real_export_has_what_is_known_of_it(samples, path, name, read, ids, rejected, first, last):
    heard = hear(samples / path)
    published = heard.mentions["published_at"]
    assert heard.reading.format == f"mediacrawler_{name}"
    assert (heard.read, heard.mentions["id"].n_unique(), len(heard.rejects)) == (read, ids, rejected)
    assert (published.min().isoformat(), published.max().isoformat()) == (first, last)
    assert heard.reading.time_zone is None


def test_the_migration_is_read_in_its_own_zone(samples):
    heard = hear(samples / "xiaohongshu/tt-refugee-1.csv")
    mentions = heard.mentions
    days = Counter((time + timedelta(hours=8)).date().isoformat() for time in mentions["published_at"])
    assert (heard.read, mentions["id"].n_unique(), heard.rejects) == (724, 724, [])
    assert heard.reading.time_zone == "Asia/Shanghai"
    assert days.most_common(1)[0][0] == "2025-01-13"
    assert Counter(mentions["kind"]) == {"video": 413, "post": 311}
    assert mentions["text"].null_count() == 139
    assert ((mentions["marks"] & int(Mark.LIKES_AT_LEAST)) > 0).sum() == 34 + 9 + 3
    assert not mentions["url"].str.contains("xsec").any()


REVIEWS = [
    ("appstore/rss-cn-1.json", 50, "497799835", {"CN"}, {1: 30, 2: 5, 3: 8, 4: 1, 5: 6}),
    ("appstore/rss-fr-1.json", 50, "497799835", {"FR"}, {1: 32, 2: 6, 3: 4, 4: 4, 5: 4}),
    ("appstore/rss-empty-1.json", 0, None, set(), {}),
]


@pytest.mark.parametrize(("path", "read", "app", "regions", "stars"), REVIEWS)
def test_reviews_answer_their_app(samples, path, read, app, regions, stars):
    heard = hear(samples / path)
    mentions = heard.mentions
    assert (heard.reading.format, heard.read, heard.rejects) == ("appstore", read, [])
    assert (mentions["id"].n_unique(), set(mentions["region"])) == (read, regions)
    assert set(mentions["parent_id"]) == set(mentions["root_id"]) == ({app} if app else set())
    assert Counter(mentions["rating"]) == stars
    assert mentions["published_at"].null_count() == read


def test_reviews_of_a_scraper_are_in_an_assumed_zone(samples):
    heard = hear(samples / "googleplay/scraper-reviews-1.csv")
    published = heard.mentions["published_at"]
    assert (heard.reading.format, heard.read, heard.mentions["id"].n_unique()) == ("googleplay", 600, 600)
    assert (heard.reading.time_zone, heard.reading.zone_assumed) == ("UTC", True)
    assert (str(published.min()), str(published.max())) == ("2026-01-21 09:05:50", "2026-01-21 12:31:25")
    assert heard.mentions["rating"].null_count() == 0


def test_a_search_has_only_the_beginning_of_long_descriptions(samples):
    videos = hear(samples / "youtube/api-search-1.json").mentions
    cut = (videos["marks"] & int(Mark.TEXT_CUT)) > 0
    assert (videos.height, cut.sum()) == (25, videos["text"].str.ends_with("...").sum())
    assert 0 < cut.sum() < 25


def test_rounded_times_are_all_repaired_from_ids(samples):
    for path in ("comments-2.csv", "contents-2.csv"):
        mentions = hear(samples / f"{XHS}{path}").mentions
        assert ((mentions["marks"] & int(Mark.TIME_FROM_ID)) > 0).all()
        assert mentions["collected_at"].null_count() == mentions.height


def test_cut_texts_are_marked(samples):
    mentions = hear(samples / f"{WEIBO}contents-1.json").mentions
    cut = (mentions["marks"] & int(Mark.TEXT_CUT)) > 0
    assert cut.sum() == 116
    assert mentions.filter(cut)["own_chars"].null_count() == 0


def test_answers_know_what_they_answer(samples):
    comments = hear(samples / f"{BILIBILI}comments-1.json").mentions
    assert (comments["parent_id"] != comments["root_id"]).sum() == 1054


def test_no_real_file_is_a_crash(samples):
    for path in sorted(samples.glob("*/*")):
        read = 0
        with suppress(NotRecognised, Refused):
            read = hear(path).read
        assert read or path.name in UNREAD or path.suffix in {".json", ".jsonl", ".ndjson", ".xml"}, path
