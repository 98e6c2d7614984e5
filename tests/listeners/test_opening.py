"""Who reads a file: signatures, ties, what a person said, and what is said of files that nobody reads."""

import csv
import json
from pathlib import Path

import pytest

import listeners
from listeners import NotRecognised, Options, Refused
from listeners.reading import tables
from tests.listeners.conftest import FIXTURES, hear, source
from tests.listeners.test_reading import workbook
from tingfeng.errors import UsageError
from tingfeng.home import config

TIED = "comment_id,create_time,video_id,content,user_id,nickname,avatar,sub_comment_count,last_modify_ts"


def write(path: Path, header: str, *rows: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize(
    ("folder", "video", "platform"),
    [
        ("data/bili/csv", "3xf8enb8dbj6uig", "bilibili"),
        ("data/kuaishou/csv", "114533809002433", "kuaishou"),
        ("data/ks/csv", "114533809002433", "kuaishou"),
        ("data", "3xf8enb8dbj6uig", "kuaishou"),
        ("data", "114533809002433", "bilibili"),
    ],
)
def test_a_tie_is_broken_by_path_then_by_ids(tmp_path, folder, video, platform):
    path = write(tmp_path / folder / "comments.csv", TIED, f"1,1736823600,{video},好,2,甲,,0,1736910000000")
    assert hear(path).reading.format == f"mediacrawler_{platform}_comments"


def test_a_tie_is_broken_by_what_the_person_says(tmp_path):
    path = write(tmp_path / "comments.csv", TIED, "1,1736823600,???,好,2,甲,,0,1736910000000")
    with pytest.raises(NotRecognised, match="--as") as caught:
        hear(path)
    assert caught.value.guess == "mediacrawler_bilibili_comments or mediacrawler_kuaishou_comments"
    assert hear(path, platform="kuaishou").mentions["platform"].to_list() == ["kuaishou"]
    assert hear(path, as_format="mediacrawler_bilibili_comments").mentions["platform"].to_list() == ["bilibili"]


def test_the_name_of_a_file_does_not_make_its_format(tmp_path):
    path = tmp_path / "weibo_comments.xlsx"
    path.write_bytes((FIXTURES / "tt_refugee" / "notes.csv").read_bytes())
    assert hear(path).reading.format == "tt_refugee"


def test_all_sheets_that_are_known_are_read(tmp_path):
    posts = rows_of(FIXTURES / "mediacrawler_xiaohongshu_posts" / "old.csv")[:2]
    comments = rows_of(FIXTURES / "mediacrawler_xiaohongshu_comments" / "old.csv")
    creators = [["user_id", "nickname", "fans"], ["1", "甲", "9"]]
    heard = hear(workbook(tmp_path / "a.xlsx", {"Contents": posts, "Comments": comments, "Creators": creators}))
    assert heard.mentions["kind"].to_list() == ["post", "comment", "comment", "comment"]
    assert heard.reading.format == "mediacrawler_xiaohongshu_posts"
    assert heard.reading.mapping is None
    assert [(reject.line, reject.reason) for reject in heard.rejects] == [
        (4, "the id was damaged by a spreadsheet: 6.85E+103"),
        (None, "the sheet 'Creators' has no known columns"),
    ]
    assert heard.rejects[1].raw == "Creators: user_id, nickname, fans"


LISTED = [["Date", "Url", "Title"], ["2025-01-14", "https://www.reddit.com/r/a/comments/1abcde/x/", "Good cream"]]


def test_a_sheet_of_unknown_layout_is_mapped_beside_known_ones_where_it_has_posts(tmp_path):
    posts = rows_of(FIXTURES / "mediacrawler_xiaohongshu_posts" / "old.csv")[:2]
    words = [["Title", "platform"], ["What the agency thinks", "reddit"]]
    heard = hear(workbook(tmp_path / "a.xlsx", {"Contents": posts, "More": LISTED, "Words": words}))
    assert heard.mentions["platform"].to_list() == ["xiaohongshu", "reddit"]
    assert heard.reading.format == "mediacrawler_xiaohongshu_posts"
    assert heard.reading.mapping["columns"] == {"published_at": "Date", "url": "Url", "title": "Title"}
    assert [reject.reason for reject in heard.rejects] == ["the sheet 'Words' has no known columns"]


def test_of_unknown_sheets_those_that_cannot_be_mapped_are_said(tmp_path):
    heard = hear(workbook(tmp_path / "a.xlsx", {"Notes": [["a", "b"], ["c", "d"]], "Posts": LISTED}))
    assert (heard.reading.format, heard.mentions.height) == ("table", 1)
    assert [reject.reason for reject in heard.rejects] == ["the sheet 'Notes' has no known columns"]


def test_a_format_that_is_said_leaves_the_other_sheets_unread(tmp_path):
    posts = rows_of(FIXTURES / "mediacrawler_xiaohongshu_posts" / "old.csv")[:2]
    path = workbook(tmp_path / "a.xlsx", {"More": LISTED, "Contents": posts})
    heard = hear(path, as_format="mediacrawler_xiaohongshu_posts")
    assert heard.mentions.height == 1
    assert [reject.reason for reject in heard.rejects] == ["the sheet 'More' has no known columns"]


def test_the_zone_can_be_said():
    path = FIXTURES / "tt_refugee" / "notes.csv"
    heard = hear(path, time_zone="UTC")
    assert heard.reading.time_zone == "UTC"
    assert heard.mentions["published_at"][0].hour == 11


def test_an_epoch_does_not_care_for_the_zone(xiaohongshu_posts):
    said = hear(xiaohongshu_posts, time_zone="+09:00").mentions["published_at"]
    assert said[0] == hear(xiaohongshu_posts).mentions["published_at"][0]


@pytest.mark.parametrize(
    ("options", "hint"),
    [
        ({"as_format": "tt_refuge"}, "did you mean tt_refugee?"),
        ({"platform": "weib"}, "did you mean weibo?"),
        ({"time_zone": "Asia/Nowhere"}, "Asia/Shanghai"),
    ],
)
def test_names_that_do_not_exist_are_wrong_usage(xiaohongshu_posts, options, hint):
    with pytest.raises(UsageError) as caught:
        listeners.open(source(xiaohongshu_posts), Options(**options))
    assert hint in caught.value.hint


def test_a_format_cannot_be_forced_on_other_columns(xiaohongshu_posts):
    with pytest.raises(NotRecognised, match="does not have the columns of tt_refugee") as caught:
        hear(xiaohongshu_posts, as_format="tt_refugee")
    assert "post_id" in caught.value.hint


def test_a_reading_knows_the_layout_of_its_table(xiaohongshu_posts):
    sample = next(iter(tables(source(xiaohongshu_posts)))).sample("x")
    assert hear(xiaohongshu_posts).reading.layout == sample.layout
    assert len(sample.layout) == 16


@pytest.mark.parametrize(
    ("document", "guess"),
    [
        ({"error": {"message": "no"}}, "an error message of an API"),
    ],
)
def test_json_that_nobody_reads_yet_is_named(tmp_path, document, guess):
    path = tmp_path / "a.json"
    path.write_text(json.dumps(document))
    with pytest.raises(NotRecognised) as caught:
        hear(path)
    assert guess in caught.value.guess
    assert caught.value.exit_code == 1


def test_json_lines_that_only_resemble_a_known_answer_are_a_table(tmp_path):
    path = tmp_path / "a.jsonl"
    rows = [{"id": str(n), "text": f"好用 {n}", "date": "2025-01-14T03:00:00Z", "error": None} for n in range(3)]
    path.write_text("\n".join(map(json.dumps, rows)))
    heard = hear(path, platform="web")
    assert (heard.reading.format, heard.mentions.height) == ("table", 3)


@pytest.mark.parametrize(
    ("text", "guess"),
    [
        ("<!DOCTYPE html><html>", "a web page"),
        ("<thing/>", None),
    ],
)
def test_xml_is_named(tmp_path, text, guess):
    path = tmp_path / "a.xml"
    path.write_text(text)
    with pytest.raises(NotRecognised) as caught:
        hear(path)
    assert caught.value.guess == guess


POST = {"id": "1abcde", "title": "Kova", "subreddit": "a", "created_utc": 1736823600.0}


@pytest.mark.parametrize(
    ("text", "name", "reason"),
    [
        ("\n<?xml version='1.0'?><rss version='2.0'><channel>", "rss", "the feed holds no articles"),
        ("<feed xmlns='http://www.w3.org/2005/Atom'>", "rss", "the feed holds no articles"),
        ('{"message": "Forbidden", "error": 403}', "reddit", "Reddit answered with an error: Forbidden [(]403[)]"),
        ('{"error": "AuthMissing", "message": "Sign in"}', "bluesky", "Bluesky answered with an error: Sign in"),
        ('{"title": "Too Many", "type": "about:blank", "status": 429}', "x", "answered with an error: Too Many"),
        ('{"error": "The access token is invalid"}', "mastodon", "the access token is invalid"),
        ("Your query was too short or too long.", "gdelt", "GDELT answered with words"),
    ],
)
def test_answers_without_records_say_why(tmp_path, text, name, reason):
    path = tmp_path / "a"
    path.write_text(text)
    with pytest.raises(Refused, match=f"(?i){reason}") as caught:
        hear(path)
    assert caught.value.format == name


@pytest.mark.parametrize(
    ("document", "name"),
    [
        ({"kind": "Listing", "data": {"children": []}}, "reddit"),
        ({"posts": [], "hitsTotal": 0}, "bluesky"),
        ({"meta": {"result_count": 0}}, "x"),
        ({"articles": []}, "gdelt"),
    ],
)
def test_an_empty_answer_is_known_and_holds_nothing(tmp_path, document, name):
    path = tmp_path / "a.json"
    path.write_text(json.dumps(document))
    heard = hear(path)
    assert (heard.reading.format, heard.read) == (name, 0)


def test_an_empty_answer_beside_others_is_none(tmp_path):
    path = tmp_path / "a.json"
    listings = [
        {"kind": "Listing", "data": {"children": children}} for children in ([{"kind": "t3", "data": POST}], [])
    ]
    path.write_text(json.dumps(listings))
    heard = hear(path)
    assert (heard.mentions["id"].to_list(), heard.rejects) == (["1abcde"], [])


def test_guesses_and_hints_name_what_exists():
    assert all(entry["name"] and (entry.get("columns") or entry.get("text")) for entry in config("guesses"))
    hints = config("hints")
    assert set(hints["words"]) | set(hints["ids"]) <= set(config("platforms"))


def test_a_person_may_say_that_documents_are_a_plain_table(tmp_path):
    record = {"subreddit": "kova", "created_utc": 1736910000, "title": "Rain", "content": "Kova"}
    path = write(tmp_path / "a.json", json.dumps([record]))
    assert hear(path).reading.format == "reddit"
    heard = hear(path, as_format="table", platform="web")
    assert (heard.reading.format, heard.mentions["text"].to_list()) == ("table", ["Kova"])


def test_a_named_format_comes_before_others_that_fit(tmp_path):
    record = {"subreddit": "kova", "created_utc": 1736910000, "title": "Kova", "id": "1", "text": "Kova", "__twarc": {}}
    path = write(tmp_path / "a.json", json.dumps([record]))
    assert {hear(path, as_format=name).reading.format for name in ("x", "reddit")} == {"x", "reddit"}
    with pytest.raises(NotRecognised, match="does not have the columns of mastodon"):
        hear(path, as_format="mastodon")


def test_an_error_of_a_collector_before_its_records_does_not_hide_their_format(tmp_path):
    error = {"error": "not_found", "errorDescription": "Post does not exist"}
    post = {"id": "1", "shortCode": "B8goRvrKOVA", "ownerUsername": "mia", "caption": "Kova", "hashtags": ["kova"]}
    post |= {"latestComments": [{"id": "2", "text": "so good", "ownerUsername": "tom"}]}
    heard = hear(write(tmp_path / "a.json", json.dumps([error, error, post])))
    assert heard.reading.format == "apify_instagram"
    assert heard.mentions.select("id", "kind", "hashtags").rows() == [("1", "post", "kova"), ("2", "comment", None)]
    assert [reject.line for reject in heard.rejects] == [1, 2]
