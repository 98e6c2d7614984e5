"""Weibo's answers that hold nothing, and posts that the site cut."""

import json

import pytest

from listeners import Refused
from tests.listeners.conftest import FIXTURES, hear
from tingfeng.mentions.record import Mark


def write(path, document):
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("document", "why"),
    [
        ({"error": "expired_token", "error_code": 21327, "request": "/2/search/topics.json"}, "expired_token"),
        ({"statuses": [], "total_number": 0}, "is empty"),
        ({"comments": [], "total_number": 0, "hasvisible": False}, "is empty"),
        ({"user": {"id": "1"}, "weibo": []}, "without posts"),
    ],
)
def test_answers_without_posts_are_refused_with_the_reason(tmp_path, document, why):
    with pytest.raises(Refused, match=why):
        hear(write(tmp_path / "a.json", document))


def test_an_error_among_pages_is_a_reject(tmp_path):
    page = json.loads((FIXTURES / "weibo" / "statuses.json").read_text(encoding="utf-8"))
    error = {"error": "User requests out of rate limit!", "error_code": 10023}
    heard = hear(write(tmp_path / "a.json", [page, error]))
    assert heard.mentions.height == 3
    assert [reject.reason for reject in heard.rejects][1:] == [
        "the Weibo API answered with an error: User requests out of rate limit! (10023)"
    ]


def test_a_long_text_that_is_there_is_whole(tmp_path):
    page = json.loads((FIXTURES / "weibo" / "statuses.json").read_text(encoding="utf-8"))
    page["statuses"][2]["longText"] = {"longTextContent": "长文测评：包装换了，味道也换了，价格没换"}
    mention = hear(write(tmp_path / "a.json", page)).mentions.row(2, named=True)
    assert mention["text"] == "长文测评：包装换了，味道也换了，价格没换"
    assert not mention["marks"] & Mark.TEXT_CUT


def test_an_id_that_is_a_float_is_rejected(tmp_path):
    page = json.loads((FIXTURES / "weibo" / "statuses.json").read_text(encoding="utf-8"))
    page["statuses"][0] |= {"idstr": None, "mid": None, "id": 5.12265674345678e15}
    heard = hear(write(tmp_path / "a.json", page))
    assert heard.mentions.height == 2
    assert any("the id was damaged by a spreadsheet" in reject.reason for reject in heard.rejects)
