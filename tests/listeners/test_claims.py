"""Records and answers of nobody known that have a word or two in common with what an API says."""

import json
from pathlib import Path

import pytest

from listeners.registry import nested
from tests.listeners.conftest import hear

PLAIN = {"platform": "weibo", "author": "mia", "date": "2025-01-14 11:00:00", "likes": 3}
LINKED = {"url": "https://www.instagram.com/p/B8goRvrKOVA/"}
WORDS = "Kova cream is lovely in the rain"


def saved(path: Path, document: object) -> Path:
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "record",
    [
        PLAIN | LINKED | {"id": "1", "text": WORDS},
        PLAIN | {"id": "1", "text": WORDS, "media_type": "video"},
        PLAIN | {"id": "1", "text": WORDS, "created_time": "2025-01-14 11:00:00", "from": "iPhone"},
        PLAIN | {"id": "1", "text": WORDS, "is_reply": False},
        PLAIN | {"id": "1", "text": WORDS, "conversation_id": "7"},
        PLAIN | {"id": "1", "text": WORDS, "video_id": "BV1xx", "create_time": "2025-01-14 11:00:00"},
        PLAIN | {"message": WORDS, "error": False},
        PLAIN | {"message": WORDS, "error": "Timeout"},
        PLAIN | {"message": WORDS, "status": "ok", "code": 7},
        PLAIN | {"text": WORDS, "error": None, "error_code": 0},
        PLAIN | {"text": WORDS, "status_code": 200, "status_message": "OK"},
        PLAIN | {"text": WORDS, "mid": "5", "created_at": "2025-01-14 11:00:00"},
        PLAIN | {"text": WORDS, "user": "mia", "weibo": "https://weibo.com/u/1"},
    ],
    ids=lambda record: "-".join(name for name in record if name not in PLAIN),
)
def test_records_of_unknown_layout_are_nobodys(tmp_path, record):
    heard = hear(saved(tmp_path / "a.json", [record]))
    assert (heard.reading.format, heard.mentions["text"].to_list()) == ("table", [WORDS])
    assert heard.mentions["author_name"].to_list() == ["mia"]
    assert heard.mentions["published_at"].null_count() == 0


@pytest.mark.parametrize(
    "answer",
    [
        {"code": 0, "success": True, "data": {"comments": [{"id": "1", "content": WORDS}]}},
        {"hits": [{"objectID": "1", "name": "cream"}], "nbHits": 1},
        {"error": 0, "message": "success", "data": [{"id": "1"}]},
        {"status": "ok", "code": 200, "message": "success", "data": [{"id": "1"}]},
        {"meta": {"result_count": 1}, "data": [{"name": "cream"}]},
    ],
)
def test_answers_of_unknown_apis_are_nobodys(answer):
    assert [name for name, known in nested().items() if known.nested.fits(answer)] == []


def test_reviews_that_app_store_scraper_saves_are_not_google_plays(tmp_path):
    review = {
        "id": "1472864600",
        "userName": "mia",
        "userUrl": "https://itunes.apple.com/us/reviews/id324568166",
        "version": "1.80.1",
        "score": 5,
        "title": "Lovely",
        "text": WORDS,
        "url": "https://itunes.apple.com/us/review?id=741292507&type=Purple%20Software",
        "updated": "2025-01-14T03:00:00-07:00",
    }
    heard = hear(saved(tmp_path / "a.json", [review]))
    assert (heard.reading.format, set(heard.mentions["platform"])) == ("table", {"appstore"})


def test_comments_below_videos_of_other_sites_are_not_bilibilis(tmp_path):
    path = tmp_path / "youtube_comments.csv"
    header = "comment_id,video_id,content,author,published_at,parent_comment_id"
    path.write_text(f"{header}\nUgx1,dQw4w9WgXcQ,{WORDS},mia,2025-01-14 03:00:00,\n", encoding="utf-8")
    heard = hear(path)
    assert (heard.reading.format, heard.reading.platform) == ("table", "youtube")
    assert heard.mentions.select("author_name", "text").rows() == [("mia", WORDS)]


def test_a_table_that_calls_its_date_otherwise_is_not_apifys(tmp_path):
    path = tmp_path / "a.csv"
    row = f"https://www.instagram.com/p/B8goRvrKOVA/,mia,{WORDS},2025-01-14 11:00:00"
    path.write_text(f"postUrl,ownerUsername,text,date\n{row}\n", encoding="utf-8")
    heard = hear(path)
    assert (heard.reading.format, heard.reading.platform) == ("table", "instagram")
    assert heard.mentions["published_at"].null_count() == 0
