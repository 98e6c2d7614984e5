"""What a table of unknown layout is taken for, by the names of its columns and by what they hold."""

import pytest

from tests.listeners.conftest import FIXTURES, Heard, hear

LAYOUTS = {
    "notes.csv": (
        ("xiaohongshu", "post", "Asia/Shanghai"),
        {
            "url": "笔记链接",
            "title": "笔记标题",
            "text": "笔记内容",
            "views_estimated": "预估阅读量",
            "likes": "点赞数",
            "saves": "收藏数",
            "comments": "评论数",
            "shares": "分享数",
            "published_at": "发布时间",
            "kind": "笔记类型",
            "author_name": "博主昵称",
            "author_handle": "小红书号",
            "author_followers": "粉丝数",
        },
    ),
    "tiktok/comments.csv": (
        ("tiktok", "comment", "Asia/Ho_Chi_Minh"),
        {
            "id": "comment_id",
            "parent_id": "video_id",
            "root_id": "video_id",
            "text": "comment_text",
            "likes": "like_count",
            "comments": "reply_count",
            "published_at": "create_time",
            "author_name": "user_nickname",
            "collected_at": "crawl_time",
        },
    ),
    "suite.csv": (
        ("reddit", "post", "-04:00"),
        {
            "published_at": "Date",
            "time_of_day": "Time",
            "url": "URL",
            "keywords": "Keywords",
            "platform": "Source Domain",
            "kind": "Content Type",
            "author_name": "Author Name",
            "author_handle": "Author Handle",
            "title": "Title",
            "text": "Hit Sentence",
            "likes": "Likes",
        },
    ),
    "reviews.csv": (
        ("googleplay", "review", "UTC"),
        {
            "id": "reviewId",
            "author_name": "userName",
            "text": "content",
            "rating": "score",
            "likes": "thumbsUpCount",
            "published_at": "at",
        },
    ),
    "mixed.csv": (
        (None, None, "UTC"),
        {"platform": "Platform", "published_at": "Date", "author_name": "Author", "text": "Content", "likes": "Likes"},
    ),
    "forwards.csv": (
        ("weibo", "post", "Asia/Shanghai"),
        {
            "id": "id",
            "author_id": "user_id",
            "author_name": "用户昵称",
            "text": "微博正文",
            "hashtags": "话题",
            "shares": "转发数",
            "comments": "评论数",
            "likes": "点赞数",
            "published_at": "发布时间",
            "reposted_id": "retweet_id",
        },
    ),
    "抖音/nameless.csv": (("douyin", "video", "UTC"), {"published_at": "b", "text": "c"}),
    "captions.csv": (
        ("tiktok", "video", "UTC"),
        {
            "text": "title",
            "published_at": "upload_date",
            "likes": "like_count",
            "shares": "repost_count",
            "views": "view_count",
            "author_name": "uploader",
            "url": "webpage_url",
        },
    ),
}


def table(folder, name: str, text: str, **options: str) -> Heard:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return hear(path, **options)


@pytest.mark.parametrize("name", LAYOUTS)
def test_names_and_content_tell_the_columns(name):
    (platform, kind, zone), columns = LAYOUTS[name]
    heard = hear(FIXTURES / "table" / name, as_format="table")
    mapping = heard.reading.mapping
    assert mapping is not None
    assert mapping["columns"] == columns
    assert (mapping["platform"], mapping["kind"], heard.reading.time_zone) == (platform, kind, zone)
    assert heard.reading.format == "table"
    assert heard.rejects == []


def test_what_spoke_for_a_column_is_said():
    nameless = hear(FIXTURES / "table" / "抖音" / "nameless.csv").reading.mapping
    suite = hear(FIXTURES / "table" / "suite.csv").reading.mapping
    assert nameless is not None
    assert suite is not None
    assert nameless["chosen_by"] == {"published_at": "content", "text": "content"}
    assert (suite["chosen_by"]["text"], suite["chosen_by"]["url"]) == ("name", "name and content")


@pytest.mark.parametrize(
    ("header", "cells", "field"),
    [
        ("评论", "1.2万", "comments"),
        ("score", "812", "likes"),
        ("num_comments", "12", "comments"),
        ("number of likes", "53.3M", "likes"),
        ("总播放量", "10万+", "views"),
        ("点赞数（次）", "3,204", "likes"),
        ("ＬＩＫＥＳ", "１２", "likes"),
        ("authorMeta.name", "jo", "author_name"),
        ("Impressions", "120", "views"),
        ("转发", "7", "shares"),
        ("评分", "4.5", "rating"),
        ("stars", "★★★★", "rating"),
        ("IP属地", "广东", "region"),
        ("ip", "192.168.0.1", None),
        ("作者", "13800138000", None),
        ("简介", "爱喝茶的人", None),
        ("互动量", "1200", None),
        ("sentiment", "positive", None),
        ("link", "https://weibo.com/1246229612/JbDLjvdko", "url"),
        ("主页链接", "https://weibo.com/u/1246229612", None),
    ],
)
def test_one_column_beside_a_text(header, cells, field, tmp_path):
    heard = table(tmp_path, "one.csv", f'正文,{header}\n今天的咖啡,"{cells}"\n昨天的茶,"{cells}"\n', platform="weibo")
    mapping = heard.reading.mapping
    assert mapping is not None
    assert mapping["columns"] == ({"text": "正文", field: header} if field else {"text": "正文"})


def test_a_column_called_comment_may_be_the_text(tmp_path):
    heard = table(tmp_path, "weibo.csv", "昵称,评论\n小林,真的很好喝\n")
    assert heard.mentions.select("kind", "text", "comments").rows() == [("comment", "真的很好喝", None)]


@pytest.mark.parametrize(
    ("name", "platform"),
    [
        ("weibo/a.csv", "weibo"),
        ("douyin评论0105.csv", "douyin"),
        ("export_xhs_2025.csv", "xiaohongshu"),
        ("小红书导出.csv", "xiaohongshu"),
        ("x/a.csv", "x"),
        ("yt/a.csv", "youtube"),
        ("reddit/tiktok-talk.csv", "tiktok"),
        ("GooglePlay_reviews.csv", "googleplay"),
    ],
)
def test_the_file_name_and_its_folders_tell_the_platform(name, platform, tmp_path):
    heard = table(tmp_path, name, "作者,正文\n小林,好喝\n")
    assert heard.mentions["platform"].to_list() == [platform]


def test_rows_come_before_names_and_a_person_before_links(tmp_path):
    text = "作者,正文,链接\n小林,好喝,https://www.douyin.com/video/7513813349646224667\n"
    assert table(tmp_path, "weibo.csv", text).mentions["platform"].to_list() == ["douyin"]
    assert table(tmp_path, "weibo.csv", text, platform="kuaishou").mentions["platform"].to_list() == ["kuaishou"]


def test_links_to_several_platforms_and_to_none(tmp_path):
    text = """text,link
one,https://www.tiktok.com/@jo/video/7399736793119247662
two,https://twitter.com/jo/status/1742478912345678912
three,https://example.org/a-page
"""
    rows = table(tmp_path, "links.csv", text).mentions.select("platform", "kind").rows()
    assert rows == [("tiktok", "video"), ("x", "post"), ("web", "post")]


@pytest.mark.parametrize(
    ("header", "good", "odd", "kept"),
    [
        ("likes", "1", "1O", 1),
        ("点赞数", "1.2万", "1.2 万 多", 12_000),
        ("rating", "4.5", "good", 4.5),
        ("author_id", "u1", "u 1 ?", "u1"),
        ("url", "https://weibo.com/1/LnAbc", "gone", "https://weibo.com/1/LnAbc"),
    ],
)
def test_one_odd_cell_does_not_empty_a_small_column(header, good, odd, kept, tmp_path):
    heard = table(tmp_path, "two.csv", f"text,{header}\n今天的咖啡,{good}\n昨天的茶,{odd}\n", platform="weibo")
    mapping = heard.reading.mapping
    assert mapping is not None
    (field,) = set(mapping["columns"]) - {"text"}
    assert mapping["chosen_by"][field] == "name"
    assert heard.mentions[field][0] == kept


def test_an_odd_count_is_unknown_and_not_zero(tmp_path):
    heard = table(tmp_path, "two.csv", "text,likes\n今天的咖啡,1\n昨天的茶,2?\n", platform="weibo")
    assert heard.mentions["likes"].to_list() == [1, None]


def test_one_date_that_cannot_be_read_costs_its_row_and_not_a_small_file(tmp_path):
    text = "text,date,likes\n今天的咖啡,2025-01-13,1\n昨天的茶,2025-99-99,2\n"
    heard = table(tmp_path, "two.csv", text, platform="weibo")
    assert heard.mentions["text"].to_list() == ["今天的咖啡"]
    assert [reject.reason for reject in heard.rejects] == ["the time cannot be read: 2025-99-99"]


def test_a_column_called_like_a_count_is_one_where_nothing_else_wants_it(tmp_path):
    odd = "".join(f"第{number}杯咖啡真的很好喝,hidden\n" for number in range(40))
    heard = table(tmp_path, "many.csv", f"text,likes\n今天的咖啡,7\n{odd}", platform="weibo")
    assert heard.mentions["likes"].to_list() == [7, *[None] * 40]
    words = "".join(f"作者{number},第{number}杯咖啡真的很好喝\n" for number in range(40))
    heard = table(tmp_path, "words.csv", f"author,comments\n小林,666\n{words}", platform="weibo")
    assert heard.mentions["text"][:2].to_list() == ["666", "第0杯咖啡真的很好喝"]


@pytest.mark.parametrize(
    ("written", "last"),
    [("{}", ""), ("{}.0", ""), ("#{}", ""), ("No.{}", ""), ("{}", "合计,,\n"), ("00{}", "Total,,\n")],
)
def test_row_numbers_are_no_ids(written, last, tmp_path):
    keys = []
    for name in ("a", "b"):
        rows = "".join(f"{written.format(i)},{name} says cup {i} is nice,weibo\n" for i in range(1, 21))
        heard = table(tmp_path, f"{name}.csv", f"id,text,platform\n{rows}{last}")
        mapping = heard.reading.mapping
        assert mapping is not None
        assert "id" not in mapping["columns"]
        assert not heard.reading.context.running_ids
        keys += heard.mentions["id"].to_list()
    assert len(set(keys)) == 40


@pytest.mark.parametrize(
    ("ids", "counting"),
    [
        (range(1, 21), True),
        (range(500, 520), True),
        (range(20, 0, -1), True),
        ([*range(1, 20), 7], True),
        (range(3, 300, 15), False),
        (range(7513813349646224600, 7513813349646224620), False),
    ],
)
def test_ids_that_only_count_rows_are_said_where_a_person_chose_them(ids, counting, tmp_path):
    rows = "".join(f"{number},cup {number} is nice,weibo\n" for number in ids)
    heard = table(
        tmp_path, "a.csv", f"id,text,platform\n{rows}", mapping="columns: {id: id, text: text, platform: platform}"
    )
    assert heard.mentions["id"].to_list() == list(map(str, ids))
    assert heard.reading.context.running_ids == counting
