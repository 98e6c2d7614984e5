"""Tables and answers of listening suites: rows of several platforms by a fixed mapping."""

import csv
import json

import pytest

from listeners import Refused
from tests.listeners.conftest import FIXTURES, hear
from tests.listeners.test_reading import workbook

HEADER = "collected_from_url,id,thread_id,author,body,timestamp,unix_timestamp,likes"


def write(path, *documents):
    path.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in documents), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("document", "why"),
    [
        (
            {"status_code": "7", "status_message": "Invalid access token"},
            "answered with an error: Invalid access token",
        ),
        ({"status_code": "0", "status_message": "OK", "result_content": {"data": []}}, "is empty"),
        ({"resultsTotal": 0, "resultsPage": 0, "results": []}, "is empty"),
    ],
)
def test_answers_without_mentions_are_refused_with_the_reason(tmp_path, document, why):
    with pytest.raises(Refused, match=why):
        hear(write(tmp_path / "a.json", document))


def test_a_workbook_with_lines_of_a_report_above_its_table_is_read(tmp_path):
    with (FIXTURES / "brandwatch" / "mentions.csv").open(encoding="utf-8", newline="") as file:
        rows = [row or [None] for row in csv.reader(file)]
    heard = hear(workbook(tmp_path / "a.xlsx", {"Mentions": rows}))
    assert heard.reading.format == "brandwatch"
    assert heard.mentions["id"].to_list() == hear(FIXTURES / "brandwatch" / "mentions.csv").mentions["id"].to_list()


def test_rows_tell_their_platforms():
    mentions = hear(FIXTURES / "brandwatch" / "mentions.csv").mentions
    assert mentions["platform"].to_list() == ["x", "reddit", "news", "tieba"]
    mentions = hear(FIXTURES / "meltwater" / "export.xlsx").mentions
    assert mentions["platform"].to_list() == ["reddit", "reddit", "x", "news"]
    assert hear(FIXTURES / "talkwalker" / "results.csv").mentions["platform"].to_list() == ["facebook", "news"]


def test_a_text_that_is_withheld_leaves_a_mention_without_words():
    post = hear(FIXTURES / "brandwatch" / "mentions.csv").mentions.row(0, named=True)
    assert (post["text"], post["title"], post["author_handle"]) == (None, None, "river")


def test_a_source_is_the_name_of_the_suite():
    assert set(hear(FIXTURES / "sprout" / "post_performance.csv").mentions["source"]) == {"sprout"}


def test_of_two_times_of_4cat_only_the_epoch_counts(tmp_path):
    row = "https://www.douyin.com/,7459600560920985723,7459600560920985723,a,好,2020-01-01 00:00:00,1736823600,1.2万"
    path = tmp_path / "a.csv"
    path.write_text(f"{HEADER}\n{row}\n", encoding="utf-8")
    mention = hear(path).mentions.row(0, named=True)
    assert (mention["platform"], mention["kind"], mention["parent_id"]) == ("douyin", "video", None)
    assert (str(mention["published_at"]), mention["likes"]) == ("2025-01-14 03:00:00", 12000)


def test_a_platform_that_is_not_known_is_said(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f"{HEADER}\nt.me,1,1,a,hello,2025-01-14 03:00:00,1736823600,1\n", encoding="utf-8")
    assert hear(path, platform="web").mentions.height == 1


@pytest.mark.parametrize("odd", [None, 1, "x", [], {}, [[1]]])
def test_whatever_stands_in_an_answer_is_taken_or_set_aside(tmp_path, odd):
    said = {"url": "https://news.example.org/a", "published": "1736830800000", "content": "Lumora"}
    piece = {"chunk_type": "CT_RESULT", "chunk_result": odd}
    document = said | {"source_type": odd, "tags_internal": odd, "extra_author_attributes": odd}
    heard = hear(
        write(tmp_path / "a.jsonl", document, piece, {"chunk_type": "CT_RESULT", "chunk_result": {"data": odd}})
    )
    assert (heard.mentions.height, len(heard.rejects)) == (1, 2)
    post = {"idstr": "5122656743456779", "created_at": odd, "text": "好", "user": odd, "attitudes_count": odd}
    page = {"statuses": [post, {"comments": odd}], "comments": odd, "data": odd, "total_number": odd}
    assert hear(write(tmp_path / "b.json", page)).read == 2
    article = {
        "aid": "1_1",
        "link": odd,
        "title": "露茉",
        "digest": odd,
        "comments": [{"reply_new": odd, "content": odd}, odd],
    }
    assert hear(write(tmp_path / "c.json", article)).mentions["title"][0] == "露茉"
