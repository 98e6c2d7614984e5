"""What exports are known to do to their own data, from the file to the store."""

import csv
import json
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.listeners.conftest import FIXTURES, hear
from tests.listeners.test_reading import workbook
from tingfeng.operations import run
from tingfeng.store import Store

NOTE = "6785d3300000000000000001"
POST = {
    "note_id": NOTE,
    "type": "normal",
    "title": "面霜",
    "desc": "好用",
    "time": "1736823600000",
    "user_id": "5f1e0a",
    "nickname": "小河",
    "liked_count": "1",
    "collected_count": "1",
    "comment_count": "1",
    "tag_list": "",
    "note_url": "",
    "last_modify_ts": "1736910000000",
    "source_keyword": "露茉",
}
COMMENT = {
    "comment_id": "6785d3300000000000000009",
    "note_id": NOTE,
    "create_time": "1736827200000",
    "content": "真的",
    "nickname": "Ann",
    "user_id": "5f1e0b",
    "sub_comment_count": "0",
    "parent_comment_id": "0",
    "like_count": "3",
}


def export(path: Path, *records: dict[str, str], encoding: str = "utf-8-sig") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, list(records[0]))
        writer.writeheader()
        writer.writerows(records)
    return path


def imported(*paths: Path) -> dict[str, Any]:
    done: dict[str, Any] = run("import", {"paths": [{"given": path.name, "path": str(path)} for path in paths]})
    total = done["total"]
    assert total["read"] == total["new"] + total["updated"] + total["unchanged"] + total["rejected"]
    return total


def stored(home: Path, columns: str) -> list[tuple[Any, ...]]:
    with Store.open(home / "tingfeng.duckdb") as store:
        return store.frame(f"SELECT {columns} FROM mentions ORDER BY id").rows()


@pytest.fixture(autouse=True)
def engine(monkeypatch):
    monkeypatch.setenv("TINGFENG_ENGINE", "vader")


def test_the_same_note_for_several_search_words_is_one_with_the_newest_counts(home, tmp_path):
    later = {"source_keyword": "面霜", "liked_count": "7", "last_modify_ts": "1736920000000"}
    earlier = {"source_keyword": "露茉", "liked_count": "0", "last_modify_ts": "1736900000000"}
    hidden = {"source_keyword": "好物", "liked_count": "", "last_modify_ts": "1736930000000"}
    total = imported(export(tmp_path / "a.csv", POST, POST | later, POST | earlier, POST | hidden))
    assert (total["read"], total["new"], total["updated"], total["unchanged"]) == (4, 1, 1, 2)
    assert stored(home, "likes, keywords") == [(7, "露茉|面霜|好物")]


def test_comments_may_come_before_their_post(home, tmp_path):
    comments, posts = export(tmp_path / "c.csv", COMMENT), export(tmp_path / "p.csv", POST)
    assert imported(comments)["new"] == 1
    assert stored(home, "kind, parent_id, root_id") == [("comment", NOTE, NOTE)]
    assert imported(posts)["new"] == 1
    assert imported(comments)["unchanged"] == 1
    assert stored(home, "kind, id, root_id") == [("post", NOTE, None), ("comment", COMMENT["comment_id"], NOTE)]


def test_reviews_without_a_date_are_stored_undated_and_stay_one(home):
    path = FIXTURES / "appstore" / "old.json"
    assert imported(path)["new"] == 2
    assert imported(path)["unchanged"] == 2
    assert stored(home, "published_at, rating") == [(None, 3.0), (None, 5.0)]


def test_authors_known_by_a_hash_are_no_authors_with_that_id(home, tmp_path):
    hashed = {name: cell for name, cell in POST.items() if name != "user_id"} | {"creator_hash": "5f1e0a"}
    imported(export(tmp_path / "a.csv", POST), export(tmp_path / "b.csv", hashed | {"note_id": NOTE[:-1] + "2"}))
    assert stored(home, "author_id") == [("5f1e0a",), ("hash:5f1e0a",)]


def test_an_export_in_a_zip_file_is_what_it_is_outside(home, tmp_path):
    names = ("appstore/old.json", "appstore/reviews.xml", "googleplay/com.kova.app_reviews.csv", "youtube/search.json")
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for name in names:
            archive.write(FIXTURES / name, name)
    total = imported(tmp_path / "all.zip")
    assert (total["new"], total["rejected"]) == (2 + 2 + 3 + 3, 1 + 2)
    assert imported(*(FIXTURES / name for name in names))["new"] == 0


@pytest.mark.parametrize("wrapped", ["{}\t", "'{}", '="{}"', "\ufeff{}", "{}\u200b"])
def test_what_protects_an_id_is_no_part_of_it(tmp_path, wrapped):
    record = COMMENT | {name: wrapped.format(COMMENT[name]) for name in ("comment_id", "note_id", "user_id")}
    found = hear(export(tmp_path / "a.csv", record)).mentions
    assert found.select("id", "root_id", "author_id").rows() == [(COMMENT["comment_id"], NOTE, "5f1e0b")]


def test_invisible_characters_stay_in_texts_and_nowhere_else(tmp_path):
    path = export(tmp_path / "a.csv", COMMENT | {"content": "\ufeff真\u200b的", "nickname": "A\u200bnn"})
    assert hear(path).mentions["text"].to_list() == ["\ufeff真\u200b的"]
    rows = [{f"\ufeff{name}" if name == "comment_id" else name: cell for name, cell in COMMENT.items()}]
    (tmp_path / "b.json").write_text(json.dumps(rows), encoding="utf-8-sig")
    assert hear(tmp_path / "b.json").mentions["id"].to_list() == [COMMENT["comment_id"]]


@pytest.mark.parametrize(
    ("written", "likes", "mark"),
    [
        ("2.1万", 21000, False),
        ("1千+", 1000, True),
        ("1.2亿", 120_000_000, False),
        ("53.3M", 53_300_000, False),
        ("11.9K", 11900, False),
        ("10万+", 100_000, True),
        ("１，３１７", 1317, False),
        ("-1", None, False),
        ("赞", 0, False),
        ("", None, False),
        ("--", None, False),
    ],
)
def test_counts_are_read_as_sites_write_them(tmp_path, written, likes, mark):
    found = hear(export(tmp_path / "a.csv", COMMENT | {"like_count": written})).mentions
    assert (found["likes"].to_list(), bool(found["marks"][0])) == ([likes], mark)


def test_bytes_that_are_no_gb18030_cost_a_character_and_no_record(tmp_path):
    records = [COMMENT | {"comment_id": f"6785d330{number:016x}", "content": "今天很好用"} for number in range(50)]
    path = export(tmp_path / "a.csv", *records, encoding="gb18030")
    content = path.read_bytes().replace("今天".encode("gb18030"), b"\xff\xff\xcc\xec", 3)
    path.write_bytes(content)
    heard = hear(path)
    assert (heard.read, heard.rejects) == (50, [])
    assert heard.mentions["text"].str.ends_with("天很好用").sum() == 50
    assert (heard.mentions["text"] == "今天很好用").sum() == 47


def test_a_spreadsheets_numbers_are_no_ids_and_no_times(tmp_path):
    damaged = COMMENT | {"comment_id": "6.85E+103"}
    rounded = COMMENT | {"create_time": "1.73683E+12"}
    heard = hear(export(tmp_path / "a.csv", damaged, rounded))
    assert [reject.reason for reject in heard.rejects] == ["the id was damaged by a spreadsheet: 6.85E+103"]
    assert heard.mentions["published_at"].to_list() == [datetime(2025, 1, 14, 3, 0)]


def test_header_lines_between_records_of_every_medium_are_put_aside(tmp_path):
    rows = [list(COMMENT), list(COMMENT.values()), list(COMMENT), [], list(COMMENT.values())]
    book = workbook(tmp_path / "a.xlsx", {"S": [[], [], *rows]})
    page = tmp_path / "a.xls"
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows if row)
    page.write_text(f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>", encoding="utf-8")
    text = tmp_path / "a.csv"
    text.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    found = {
        path.suffix: [(reject.line, reject.reason) for reject in hear(path).rejects] for path in (book, page, text)
    }
    assert found == {
        ".xlsx": [(5, "repeated header line"), (6, "empty record")],
        ".xls": [(3, "repeated header line")],
        ".csv": [(3, "repeated header line"), (4, "empty record")],
    }
    assert all(hear(path).mentions.height == 2 for path in (book, page, text))
