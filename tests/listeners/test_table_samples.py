"""Real tables, of unknown layout and of vendors and suites: what each of them is, exactly."""

import pytest

from listeners import Refused
from tests.listeners.conftest import hear
from tingfeng.mentions.record import Mark

pytestmark = pytest.mark.samples

TABLES = {
    "xiaohongshu/vendor-notes-1.xlsx": ("xiaohongshu", {"post"}, "Asia/Shanghai", 50, 50),
    "weibo/weibo-search-1.csv": ("weibo", {"post", "repost"}, "Asia/Shanghai", 1973, 831),
    "douyin/vendor-videos-1.xlsx": ("douyin", {"post", "video"}, "Asia/Shanghai", 87, 87),
    "douyin/ids-lost-1.xlsx": ("douyin", {"video"}, "Asia/Shanghai", 83, 83),
    "douyin/comments-gbk-1.csv": ("douyin", {"comment"}, "Asia/Shanghai", 3000, 2979),
    "tiktok/custom-videos-1.csv": ("tiktok", {"video"}, "Asia/Ho_Chi_Minh", 304, 304),
    "tiktok/custom-comments-1.csv": ("tiktok", {"comment"}, "Asia/Ho_Chi_Minh", 1500, 1500),
    "facebook/custom-posts-1.csv": ("facebook", {"post"}, "UTC", 333, 329),
    "reddit/meltwater-export-1.xlsx": ("reddit", {"post", "comment"}, "-04:00", 48, 48),
}

#: Those that have a format of their own.
NAMED = {
    "xiaohongshu/vendor-notes-1.xlsx": "vendor_xiaohongshu",
    "weibo/weibo-search-1.csv": "weibo_search",
    "douyin/vendor-videos-1.xlsx": "vendor_douyin",
    "reddit/meltwater-export-1.xlsx": "meltwater",
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_read_without_help(name, samples):
    platform, kinds, zone, read, keys = TABLES[name]
    heard = hear(samples / name)
    assert heard.reading.format == NAMED.get(name, "table")
    assert heard.reading.platform == (None if heard.reading.format == "meltwater" else platform)
    assert heard.reading.time_zone == zone
    assert (heard.read, heard.mentions.select("platform", "id").n_unique()) == (read, keys)
    assert set(heard.mentions["platform"]) == {platform}
    assert set(heard.mentions["kind"]) == kinds
    assert heard.mentions["published_at"].null_count() == 0


@pytest.mark.parametrize("name", ["tiktok/abbreviated-counts-1.csv", "linkedin/creator-analytics-1.xlsx"])
def test_what_holds_no_mentions_is_refused(name, samples):
    with pytest.raises(Refused):
        hear(samples / name)


def test_estimates_are_no_views(samples):
    notes = hear(samples / "xiaohongshu/vendor-notes-1.xlsx").mentions
    assert notes["views"].null_count() == 50
    assert notes["views_estimated"].null_count() == 0
    assert str(notes["published_at"].min()) == "2024-11-07 22:19:55"


def test_forwards_answer_their_originals(samples):
    posts = hear(samples / "weibo/weibo-search-1.csv").mentions
    forwards = posts.filter(kind="repost")
    assert forwards.height == posts["parent_id"].count() == 192
    assert forwards["own_chars"].count() > 100


def test_lost_ids_come_from_links_and_are_marked(samples):
    videos = hear(samples / "douyin/ids-lost-1.xlsx").mentions
    assert set(videos["marks"]) == {Mark.ID_FROM_LINK}
    assert videos["url"].str.ends_with(videos["id"]).all()


def test_comments_belong_to_their_videos(samples):
    own = hear(samples / "tiktok/custom-comments-1.csv").mentions
    assert own["parent_id"].equals(own["root_id"], null_equal=False)


def test_withheld_texts_are_legal_mentions(samples):
    posts = hear(samples / "reddit/meltwater-export-1.xlsx").mentions
    assert posts["text"].null_count() == posts["title"].null_count() == 48
    assert posts["author_handle"].null_count() == 0
    comments = posts.filter(kind="comment")
    assert (comments["parent_id"] == comments["root_id"]).all()
    assert str(posts.filter(id="otul4bk")["published_at"].item()) == "2026-06-26 02:03:00"
