"""Links: their platform, the id in them, and what is dropped from them."""

import polars as pl
import pytest

from listeners import links

POSTS = [
    (
        "xiaohongshu",
        "https://www.xiaohongshu.com/explore/6785e35000000000200254ab?xsec_token=A",
        "6785e35000000000200254ab",
    ),
    ("xiaohongshu", "https://www.xiaohongshu.com/discovery/item/6785e35000000000200254ab", "6785e35000000000200254ab"),
    ("xiaohongshu", "https://www.xiaohongshu.com/user/profile/6785e35000000000200254ab", None),
    ("douyin", "https://www.iesdouyin.com/share/video/7513813349646224667/?did=1", "7513813349646224667"),
    ("douyin", "https://www.douyin.com/user/MS4wLjAB?modal_id=7513813349646224667", "7513813349646224667"),
    ("tiktok", "https://www.tiktok.com/@jo/video/7399736793119247662", "7399736793119247662"),
    ("weibo", "https://weibo.com/1246229612/JbDLjvdko", "4527744577439404"),
    ("weibo", "https://m.weibo.cn/status/4527744577439404?", "4527744577439404"),
    ("wechat", "https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOp-_rStUv?scene=1", "AbCdEfGhIjKlMnOp-_rStUv"),
    ("wechat", "http://mp.weixin.qq.com/s?sn=9a&idx=2&mid=22&__biz=MzA5==&scene=27#rd", "MzA5_22_2"),
    ("wechat", "https://mp.weixin.qq.com/s?__biz=MzA5%3D%3D&mid=22&idx=2&sn=9a", "MzA5_22_2"),
    ("wechat", "https://mp.weixin.qq.com/s?__biz=MzA5%3D%3D&mid=22", None),
    ("youtube", "https://www.youtube.com/watch?app=desktop&v=dQw4w9WgXcQ", "dQw4w9WgXcQ"),
    ("youtube", "https://youtu.be/dQw4w9WgXcQ?t=3", "dQw4w9WgXcQ"),
    ("facebook", "https://www.facebook.com/permalink.php?story_fbid=pfbid02TQ&id=1", "pfbid02TQ"),
    ("linkedin", "https://www.linkedin.com/feed/update/urn:li:activity:7204703086211198976", "7204703086211198976"),
    ("x", "https://twitter.com/jo/status/1742478912345678912?s=20", "1742478912345678912"),
    ("reddit", "https://old.reddit.com/r/tea/comments/1ucw8vu/comment/otul4bk/", "1ucw8vu"),
    ("bilibili", "https://www.bilibili.com/video/av12345/?p=2", "12345"),
    ("hackernews", "https://news.ycombinator.com/item?id=41", "41"),
]


@pytest.mark.parametrize(("platform", "link", "post"), POSTS)
def test_a_link_tells_platform_and_post(platform, link, post):
    column = pl.Series([link, None, "nothing"])
    assert links.platforms(column).to_list() == [platform, None, None]
    assert links.post_ids(platform, column).to_list() == [post, None, None]


@pytest.mark.parametrize(
    ("platform", "link", "comment"),
    [
        ("reddit", "https://www.reddit.com/r/tea/comments/1ucw8vu/comment/otul4bk/", "otul4bk"),
        ("reddit", "https://www.reddit.com/r/tea/comments/1ucw8vu/a_pot/", None),
        ("youtube", "https://www.youtube.com/watch?v=dQw4w9WgXcQ&lc=UgxA.9b", "UgxA.9b"),
        ("facebook", "https://www.facebook.com/a/posts/123456?comment_id=77", "77"),
        ("facebook", "https://www.facebook.com/a/posts/123456?comment_id=77&reply_comment_id=78", "78"),
        ("weibo", "https://weibo.com/1246229612/JbDLjvdko", None),
    ],
)
def test_a_link_may_lead_to_a_comment(platform, link, comment):
    assert links.comment_ids(platform, pl.Series([link])).to_list() == [comment]


@pytest.mark.parametrize(
    ("host", "platform"),
    [("m.weibo.cn", "weibo"), ("WWW.Reddit.com", "reddit"), ("notreddit.com", None), ("x.com", "x"), ("fox.com", None)],
)
def test_a_host_stands_for_its_subdomains_only(host, platform):
    assert links.platform_of_host(host) == platform


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        (
            "https://www.xiaohongshu.com/explore/6785e35000000000200254ab?xsec_token=A&a=1",
            "…/explore/6785e35000000000200254ab",
        ),
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&utm_source=a", "…/watch?v=dQw4w9WgXcQ"),
        ("https://www.facebook.com/a/posts/123456?comment_id=77&fbclid=z", "…/a/posts/123456?comment_id=77"),
        ("https://mp.weixin.qq.com/s?__biz=M&mid=1&idx=2&chksm=s&scene=27&key=k#rd", "…/s?__biz=M&mid=1&idx=2#rd"),
        ("//example.org/a?access_token=s&b=2", "…/a?b=2"),
        ("https://example.org/a?key=1", "…/a?key=1"),
        (" https://example.org/a?utm_medium=m ", "…/a"),
        ("javascript:alert(1)", None),
        ("ftp://example.org/a", None),
    ],
)
def test_nobodys_session_is_kept(link, kept):
    found = links.cleaned(pl.Series([link]))[0]
    assert (found and "…/" + found.split("/", 3)[3]) == kept


@pytest.mark.parametrize(("bid", "mid"), [("JbDLjvdko", "4527744577439404"), ("JbFUDh3fO", "4527827234064088")])
def test_weibos_short_form_is_a_number(bid, mid):
    assert links.weibo_mid(bid) == mid
