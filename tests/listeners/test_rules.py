"""The rules that listeners share: own words, hashtags, masking, and times that are repaired or not."""

import re
from datetime import UTC, datetime

import polars as pl
import pytest

from listeners.contract import Context, Reject, Sample
from listeners.dating import dated
from listeners.layout import LayoutListener
from listeners.rows import split
from listeners.texts import all_own, hashtags, own_part
from tingfeng.home import config
from tingfeng.mentions.record import Mark

WEIBO, NOTE, SPACED = (
    config("hashtags")[config("listeners/mediacrawler")[platform]["hashtag"]]
    for platform in ("weibo", "xiaohongshu", "douyin")
)


@pytest.mark.parametrize(
    ("text", "own", "cut"),
    [
        ("今天不错", None, False),
        ("哈哈//@别人:好用//@她:是的", 2, False),
        ("转发微博", 0, False),
        ("转发微博//@别人:好用", 0, False),
        ("//@别人:好用", 0, False),
        ("看看 ...全文", 3, True),
        ("看看…全文 ", 2, True),
        ("全文在此", None, False),
        ("转发微博抽奖", None, False),
        (None, None, False),
    ],
)
def test_only_the_own_part_of_a_weibo_counts(text, own, cut):
    found, is_cut = own_part(pl.Series([text], dtype=pl.String))
    assert (found[0], is_cut[0]) == (own, cut)
    if text and own is not None:
        assert text[:own] == text.split("//@")[0].split("...")[0].split("…")[0].replace("转发微博", "")


def test_where_nothing_is_forwarded_all_is_own():
    own, cut = all_own(pl.Series(["a", "b"]))
    assert (own.to_list(), own.dtype, cut.to_list()) == ([None, None], pl.Int64, [False, False])


@pytest.mark.parametrize(
    ("pattern", "text", "listed", "tags"),
    [
        (NOTE, "好#护肤[话题]##面霜[话题]# #5", "面霜,平价", "面霜|平价|护肤"),
        (NOTE, None, "Tiktok#indie#music", "Tiktok|indie|music"),
        (WEIBO, "#露茉新品#真好#a|b# 100%#", None, "露茉新品|a｜b"),
        (SPACED, "开箱 #露茉 #护肤，好 #露茉", "", "露茉|护肤"),
        (None, "#无", None, None),
        (None, None, "rain|skin care", "rain|skin care"),
        (SPACED, None, None, None),
    ],
)
def test_hashtags_are_found_once_each(pattern, text, listed, tags):
    found = hashtags(pl.Series([text], dtype=pl.String), pattern, pl.Series([listed], dtype=pl.String))
    assert found.to_list() == [tags]


def test_a_time_is_repaired_from_the_id_or_unknown_or_a_reason_to_reject():
    ids = pl.Series(["6785d3300000000000000001", "6785d3300000000000000002", "6785d3300000000000000003", "x", "x", "x"])
    written = pl.Series(["1736823611000", "1.73682E+12", "soon", "1.73682E+12", None, "soon"])
    when = dated("xiaohongshu", ids, written, UTC, pl.Series([None] * 6, dtype=pl.Datetime("us")))
    by_id = datetime(2025, 1, 14, 3)
    assert when.published_at.to_list() == [datetime(2025, 1, 14, 3, 0, 11), by_id, by_id, None, None, None]
    assert when.from_id.to_list() == [False, True, True, False, False, False]
    assert when.reason.to_list() == [None] * 5 + ["the time cannot be read: soon"]


def test_a_day_is_made_exact_by_an_id_of_that_day():
    ids = pl.Series(["7425705418330098990", "7425705418330098990", None])
    written = pl.Series(["20241014", "20240805", "20241014"])
    when = dated("tiktok", ids, written, UTC, pl.Series([None] * 3, dtype=pl.Datetime("us")))
    read = [datetime(2024, 10, 14, 18, 49, 32), datetime(2024, 8, 5), datetime(2024, 10, 14)]
    assert when.published_at.to_list() == read
    assert when.from_id.to_list() == [True, False, False]


ADDRESSED = {
    "platform": "tiktok",
    "signature": ["title", "link"],
    "linked": True,
    "in_url": {"author_handle": r"/@([\w.-]+)/", "id": r"/video/([0-9]+)"},
    "columns": {"text": "title", "url": "link", "author_handle": "by"},
}


def test_an_address_tells_what_no_column_says():
    listener = LayoutListener.of("a", ADDRESSED)
    here = "https://www.tiktok.com/@kova.tea/video/7425705418330098990"
    records = pl.DataFrame({"title": ["a", "b"], "link": [here, here], "by": [None, "mia"], "line": [2, 3]})
    mentions = listener.map(records, Context("a.csv")).mentions
    assert mentions["id"].to_list() == ["7425705418330098990"] * 2
    assert mentions["author_handle"].to_list() == ["kova.tea", "mia"]


@pytest.mark.parametrize(("host", "score"), [("www.tiktok.com", 2), ("x.com", 0)])
def test_a_format_may_be_known_by_where_its_addresses_lead(host, score):
    records = pl.DataFrame({"title": ["a"], "link": [f"https://{host}/@a/video/1"], "line": [2]})
    assert LayoutListener.of("a", ADDRESSED).recognise(Sample("a.csv", "csv", ("title", "link"), records)) == score


@pytest.mark.parametrize(("later", "month"), [("28/02/2025", 2), ("2/28/2025", 12)])
def test_a_layout_asks_all_of_a_file_which_number_is_the_day(later, month):
    rules = {"columns": {"id": "id", "text": "text", "time": "time"}, "link": "https://"}
    context = Context("a.csv", column=lambda name: [pl.Series(name, ["12/02/2025"]), pl.Series(name, [later])])
    records = pl.DataFrame({"id": ["1"], "text": ["a"], "time": ["12/02/2025"], "line": [2]})
    found = LayoutListener("a", "web", "post", rules).map(records, context).mentions["published_at"]
    assert found.dt.month().to_list() == [month]


RULES = {
    "columns": {"id": "uri", "local": "id", "parent": "answers", "author_handle": "name", "text": "text", "cut": "cut"},
    "link": ["https://a.example/{author_handle}/{id}", "https://a.example/-/{id}"],
}


def test_records_are_linked_by_names_of_their_own_and_addressed_as_far_as_known():
    records = pl.DataFrame(
        {
            "uri": ["u1", "u2", "u3"],
            "id": ["1", "2", "3"],
            "answers": [None, "1", "9"],
            "name": ["mia", None, "river"],
            "text": ["a", "b", "c"],
            "cut": [None, "true", "false"],
            "line": [1, 2, 3],
        }
    )
    found = LayoutListener("a", "web", "post", RULES).map(records, Context("a.json")).mentions
    assert found["parent_id"].to_list() == [None, "u1", None]
    assert found["url"].to_list() == [f"https://a.example/{end}" for end in ("mia/u1", "-/u2", "river/u3")]
    assert found["marks"].to_list() == [0, int(Mark.TEXT_CUT), 0]


def test_a_record_that_names_itself_as_its_post_answers_nothing():
    rules = {"columns": {"id": "id", "post": "post", "text": "text"}, "link": "https://a.example/{post}"}
    records = pl.DataFrame({"id": ["1", "2"], "post": ["1", "1"], "text": ["a", "b"], "line": [1, 2]})
    found = LayoutListener("a", "web", "post", rules).map(records, Context("a.json")).mentions
    assert found["parent_id"].to_list() == found["root_id"].to_list() == [None, "1"]
    assert found["url"].to_list() == ["https://a.example/1"] * 2


def test_rows_put_aside_can_be_read_again():
    records = pl.DataFrame({"id": ["1", "2"], "text": ["好", None], "line": [2, 3]})
    kept, rejects = split(records, pl.Series([None, "no text"]))
    assert kept["id"].to_list() == ["1"]
    assert rejects == [Reject(3, "no text", '{"id":"2","text":null}')]
    named = pl.DataFrame({"id": ["1"], "联系方式": ["186"], "line": [2]})
    assert split(named, pl.Series(["no text"]))[1][0].raw == '{"id":"1","联系方式":null}'
    assert split(records, pl.Series([None, None], dtype=pl.String))[1] == []


RECORDS = pl.DataFrame(
    {"id": ["1", "2"], "b": ["x ...", "y"], "a": ["whole ...", None], "time": ["2025-01-14 03:00", None]}
)


def mapped(name="a.csv", **rules):
    context = Context(name)
    records = RECORDS.with_columns(line=pl.int_range(2, 4, dtype=pl.Int64))
    columns = {"id": "id", "text": ["a", "b"], "time": "time", "post": "post"}
    return LayoutListener("a", "web", "review", {"columns": columns} | rules).map(records, context).mentions, context


@pytest.mark.parametrize(("name", "app"), [("apps/com.kova.app/a.csv", "com.kova.app"), ("a.csv", None)])
def test_the_name_of_a_file_may_say_what_its_records_do_not(name, app):
    found, _ = mapped(name, in_name={"post": "/(com[.a-z]+)/"})
    assert found["root_id"].to_list() == [app, app]


@pytest.mark.parametrize(
    ("zone", "found"),
    [(None, ("UTC", True, 3)), ("Asia/Tokyo", ("Asia/Tokyo", False, 18))],
)
def test_a_zone_that_nothing_speaks_for_is_assumed_to_be_utc(zone, found):
    mentions, context = mapped(local_times=True, **({"zone": zone} if zone else {}))
    assert (context.time_zone, context.zone_assumed, mentions["published_at"][0].hour) == found


@pytest.mark.parametrize(
    ("name", "post"),
    [
        ("in/reviews_com.kova.app_202501.csv", "com.kova.app"),
        ("in/com.kova.app/reviews_raw.csv", "com.kova.app"),
        ("a.zip!com.kova.app_reviews.csv", "com.kova.app"),
        ("in/com.kova.app.json", "com.kova.app"),
        ("in/scraper-reviews-1.csv", None),
        ("www.kova.com/data.csv", None),
    ],
)
def test_the_app_is_in_names_of_files_of_google_play(name, post):
    found = re.search(config("listeners/googleplay")["in_name"]["post"], name)
    assert (found and found[1]) == post


@pytest.mark.parametrize(
    ("name", "post"),
    [
        ("in/741292507_cn_5.json", "741292507"),
        ("in/id741292507/page1.json", "741292507"),
        ("reviews-id741292507.json", "741292507"),
        ("reviews_1736823600.json", None),
        ("20250114_us.json", None),
    ],
)
def test_the_app_is_in_names_of_files_of_the_app_store(name, post):
    for one in ("appstore", "appstore_connect"):
        found = re.search(config(f"listeners/{one}")["in_name"]["post"], name)
        assert (found and found[1]) == post
