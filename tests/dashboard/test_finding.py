"""A format is found by its platform in either language, by its name, or by a column of its files."""

import pytest

from tingfeng.dashboard.finding import find, platforms_of
from tingfeng.operations.formats import described


def names(query: str, platform: str | None = None) -> list[str]:
    return [found.format["name"] for found in find(query, described(), platform)]


XIAOHONGSHU = ["mediacrawler_xiaohongshu_posts", "mediacrawler_xiaohongshu_comments", "tt_refugee"]


@pytest.mark.parametrize("query", ["小红书", "小紅書", "Xiaohongshu", "rednote", "XHS", " 小红书 "])
def test_a_platform_is_found_however_people_call_it(query):
    assert set(XIAOHONGSHU) < set(names(query))
    assert not {"youtube", "weibo", "reddit"} & set(names(query))


def test_a_short_name_is_meant_as_a_whole():
    assert names("x")[:2] == ["x", "zeeschuimer_x"]
    assert "mediacrawler_xiaohongshu_posts" not in names("x")
    assert names("推特") == names("x")
    assert set(names("twitter")) - set(names("x")) == {"talkwalker"}  # by its column twitter_likes


def test_words_narrow_each_other():
    assert names("微博 评论") == ["mediacrawler_weibo_comments"]
    assert set(names("tiktok comments")) == {"apify_tiktok_comments", "zeeschuimer_tiktok_comments"}


def test_a_column_finds_the_formats_that_have_it():
    found = {each.format["name"]: each.columns for each in find("liked_count", described())}
    assert found["mediacrawler_douyin_posts"] == ("liked_count",)
    assert "reddit" not in found
    assert {each.format["name"] for each in find("Snippet.Title", described())} == {"youtube"}
    assert "table" in names("发布时间")


def test_tools_of_several_platforms_are_found_by_what_they_were_seen_with():
    assert "4cat" in names("小红书")
    assert "4cat" in names("", "tiktok")
    assert "brand24" not in names("", "tiktok")


def test_nothing_asked_for_is_everything_and_nonsense_is_nothing():
    assert names("") == [form["name"] for form in described()]
    assert names("no such thing") == []


def test_every_format_that_people_fetch_says_how_in_both_languages():
    for form in described():
        if form["sample"]:
            guide = form["guide"]
            assert guide["made_from"] in {"files", "documentation"}, form["name"]
            assert all(guide[part][language].strip() for part in ("get", "terms") for language in ("en", "zh"))
            assert form["columns"], form["name"]
            assert platforms_of(form), form["name"]
