"""Files of every kind and state, read into tables."""

import codecs
import csv
import io
import json
import os
import zipfile
from datetime import datetime
from importlib import import_module
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

import listeners
from listeners.contract import LINE, NotRecognised, Options, Reject
from listeners.reading import Source, Table, sources, tables
from listeners.reading import records as records_module
from listeners.reading import sheets as sheets_module
from listeners.reading.encoding import encoding
from tests.listeners.conftest import hear, source
from tingfeng.errors import TingfengError

PLAIN = 'id,text,n\n1,你好,3\n2,"a\nb",\n'


def table(path: Path) -> Table:
    return next(iter(tables(source(path))))


def content(path: Path) -> tuple[list[dict[str, object]], list[tuple[int | None, str]]]:
    chunks = list(table(path).chunks())
    rows = [row for chunk in chunks for row in chunk.records.to_dicts()]
    return rows, [(reject.line, reject.reason) for chunk in chunks for reject in chunk.rejects]


ROWS = [{"id": "1", "text": "你好", "n": "3", LINE: 2}, {"id": "2", "text": "a\nb", "n": None, LINE: 3}]


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("gb18030", b""),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
    ],
)
@pytest.mark.parametrize("separator", [",", "\t", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_encoding_separator_and_line_ends_are_found(tmp_path, encoding, mark, separator, end):
    path = tmp_path / "export.dat"
    text = PLAIN.replace(",", separator).replace("\n", end).replace(f"a{end}b", "a\nb")
    path.write_bytes(mark + text.encode(encoding))
    assert content(path) == (ROWS, [])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_json_is_read_in_every_encoding(tmp_path, encoding):
    path = tmp_path / "export.csv"
    items = [{"id": 7459600560920985601, "text": "你好"}, {"id": 2, "more": [1, {"a": None}]}]
    path.write_bytes(json.dumps(items, ensure_ascii=False).encode(encoding))
    wanted = [
        {"id": "7459600560920985601", "text": "你好", "more": None, LINE: 1},
        {"id": "2", "text": None, "more": '[1,{"a":null}]', LINE: 2},
    ]
    assert content(path) == (wanted, [])
    path.write_bytes("\n".join(json.dumps(item, ensure_ascii=False) for item in items).encode(encoding))
    assert content(path) == (wanted, [])


def test_values_of_json_become_text_without_loss(tmp_path):
    path = tmp_path / "a.json"
    path.write_text('[{"a": 1.50, "b": true, "c": 12345678901234567890123, "d": "", "e": "\\ud83d", "line": 9}]')
    row = content(path)[0][0]
    assert (row["a"], row["b"], row["c"], row["d"]) == ("1.50", "true", "12345678901234567890123", None)
    assert row["e"] == "\ufffd"
    assert (row["line (2)"], row[LINE]) == ("9", 1)


def test_broken_json_lines_are_rejected_one_by_one(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": 1}\n\n{"id": 2\n[3]\n{}\n{"id": 4}\n')
    rows, rejects = content(path)
    assert [(row["id"], row[LINE]) for row in rows] == [("1", 1), ("4", 6)]
    assert rejects == [(3, "the line is not JSON"), (4, "the line is no object"), (5, "empty record")]


def test_a_broken_item_of_an_array_does_not_take_the_next_ones_along(tmp_path):
    path = tmp_path / "a.json"
    path.write_text('[{"id": 1}, {"id": oops}, {"id": 3}, 4, {"id": 5}, {"id": "cut')
    rows, rejects = content(path)
    assert [(row["id"], row[LINE]) for row in rows] == [("1", 1), ("3", 3), ("5", 5)]
    assert [line for line, _ in rejects] == [2, 4, 6]


def test_an_array_is_read_piece_by_piece(tmp_path, monkeypatch):
    monkeypatch.setattr("listeners.reading.jsontext._PIECE", 7)
    monkeypatch.setattr("listeners.reading.jsontext._SMALL", 0)
    monkeypatch.setattr(records_module, "BATCH", 4)
    items = [{"id": str(number), "text": "好" * number} for number in range(11)]
    path = tmp_path / "a.json"
    path.write_text(json.dumps(items, ensure_ascii=False, indent=2), encoding="utf-8")
    assert [row["id"] for row in content(path)[0]] == [item["id"] for item in items]


def test_one_object_over_several_lines_is_one_record(tmp_path):
    path = tmp_path / "a.json"
    path.write_text('{\n "id": 1,\n "items": [\n  {"a": 1}\n ]\n}')
    assert content(path)[0] == [{"id": "1", "items": '[{"a":1}]', LINE: 1}]


def test_wrong_rows_are_put_aside_with_their_line(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('id,text,n,984\n1,a,1,\n\n,,,\nid,text,n,984\n2,b,2\n3,c\n4,d,4,,\n5,e,5,,more\n"6","f"x,6,\n')
    rows, rejects = content(path)
    assert [row["id"] for row in rows] == ["1", "2", "4", "6"]
    assert [row["984"] for row in rows] == [None] * 4
    assert rejects == [
        (3, "empty record"),
        (4, "empty record"),
        (5, "repeated header line"),
        (7, "the row has 2 cells where the header has 4"),
        (9, "the row has 5 cells where the header has 4"),
    ]


def rejects_of(path: Path) -> list[Reject]:
    return [reject for chunk in table(path).chunks() for reject in chunk.rejects]


def test_a_quote_that_is_never_closed_costs_one_line(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('id,avatar,text\n1,x,a\n2,x,"b\n3,x,c\n\n4,x,d')
    rows, rejects = content(path)
    assert [(row["id"], row["text"], row[LINE]) for row in rows] == [("1", "a", 2), ("3", "c", 4), ("4", "d", 6)]
    assert rejects == [(3, "a quote is never closed"), (5, "empty record")]


def test_a_cell_that_is_too_long_costs_one_line(tmp_path):
    before = csv.field_size_limit(100)
    try:
        path = tmp_path / "a.csv"
        lines = [f"{number},x,c\n" for number in range(3, 60)]
        path.write_text('id,avatar,text\n1,x,"a\na"\n2,https://face,"b, b\n' + "".join(lines) + '60,x,"d\nd"\n')
        rows, rejects = content(path)
        kept = rejects_of(path)[0].raw
    finally:
        csv.field_size_limit(before)
    assert [(row["id"], row[LINE]) for row in rows] == [("1", 2), *((str(n), n + 2) for n in range(3, 60)), ("60", 62)]
    assert rejects == [(4, "the line cannot be read: field larger than field limit (100)")]
    assert json.loads(kept) == {"id": "2", "avatar": None, "text": "b", "": '[" b"]'}


def test_a_quote_before_the_header_is_no_header(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('"Report of\nid,text\n1,a\n')
    assert content(path) == ([{"id": "1", "text": "a", LINE: 3}], [])


def test_a_file_without_line_ends_is_not_read_as_a_whole(tmp_path, monkeypatch):
    monkeypatch.setattr("listeners.reading.separated._LONGEST_LINE", 100)
    monkeypatch.setattr("listeners.reading.jsontext._LARGEST_ITEM", 100)
    monkeypatch.setattr("listeners.reading.jsontext._LARGEST_DOCUMENT", 1000)
    path = tmp_path / "a.csv"
    for text, sentence in [("word, " * 1000, "its first line does not end"), ('{"a": "' + "b" * 1000, "too large")]:
        path.write_text(text)
        with pytest.raises(NotRecognised, match=sentence):
            list(tables(source(path)))


def test_the_encoding_is_found_once_a_source(tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    path.write_bytes(PLAIN.encode("gb18030"))
    asked = []
    module = import_module("listeners.reading.sources")
    monkeypatch.setattr(module, "encoding", lambda stream: asked.append(stream) or encoding(stream))
    listeners.open(source(path), Options(platform="web"))
    assert len(asked) == 1


def test_lines_before_the_header_are_passed_over(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("Report,Brands\nFrom,2025-01-01\n\nDate,Title,Full Text,Author,Url\n2025-01-02,t,x,a,u\n")
    found = table(path)
    assert found.header == ("Date", "Title", "Full Text", "Author", "Url")
    assert found.first.records[LINE].to_list() == [5]


def test_columns_without_a_name_or_with_the_same_one_are_told_apart(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("id,, id ,text\n1,2,3,4\n")
    assert table(path).header == ("id", "column 2", "id (2)", "text")


def workbook(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm:ss"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def test_a_workbook_is_read_as_text(tmp_path):
    rows = [
        ["id", "when", "count", "text"],
        ["7459600560920985601", datetime(2025, 1, 14, 11, 0), 12, "你好"],
        ["", "", "", ""],
        ["7459600560920985602", "昨天", 1.5, "b"],
    ]
    path = workbook(tmp_path / "a.csv", {"Contents": rows, "Empty": []})
    chunks = list(table(path).chunks())
    assert chunks[0].records.rows() == [
        ("7459600560920985601", "2025-01-14 11:00:00", "12", "你好", 2),
        ("7459600560920985602", "昨天", "1.5", "b", 4),
    ]
    assert [reject.line for reject in chunks[0].rejects] == [3]


def test_blank_first_rows_of_a_sheet_do_not_shift_its_lines(tmp_path):
    rows = [[], ["", " "], ["Report", "of us"], [], ["id", "a", "b", "c"], ["1", *"xyz"], [], ["id", "a", "b", "c"]]
    for blank in (0, 30):
        chunk = table(workbook(tmp_path / "a.xlsx", {"S": [[]] * blank + rows})).first
        assert chunk.records.rows() == [("1", *"xyz", 6 + blank)]
        assert [(reject.line - blank, reject.reason) for reject in chunk.rejects] == [
            (7, "empty record"),
            (8, "repeated header line"),
        ]


def test_hidden_sheets_are_not_read(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        for name in ("Seen", "Hidden", "Very hidden"):
            book.add_worksheet(name).write_column(0, 0, ["id", name])
        book.get_worksheet_by_name("Hidden").hide()
        book.get_worksheet_by_name("Very hidden").very_hidden()
    assert [found.sheet for found in tables(source(tmp_path / "a.xlsx"))] == ["Seen"]


def test_large_sheets_are_read_one_at_a_time(tmp_path, monkeypatch):
    monkeypatch.setattr(records_module, "BATCH", 2)
    monkeypatch.setattr(sheets_module, "BATCH", 2)
    names = {"A": 5, "B": 3, "C": 2}
    sheets = {name: [["id", "text"], *([f"{name}{n}", "x"] for n in range(count))] for name, count in names.items()}
    found = list(tables(source(workbook(tmp_path / "a.xlsx", sheets))))
    for one, (name, count) in zip(found, names.items(), strict=True):
        cells = pl.concat([chunk.records for chunk in one.chunks()])
        assert cells.rows() == [(f"{name}{n}", "x", n + 2) for n in range(count)]


def test_ids_that_a_workbook_rounded_do_not_look_like_ids(tmp_path):
    rows = [
        ["lost", "text"],
        [7459600560920985601, "7459600560920985601"],
        [7459600818619023362, "7459600818619023362"],
    ]
    found = table(workbook(tmp_path / "a.xlsx", {"Sheet1": rows})).first.records
    assert found["text"].to_list() == ["7459600560920985601", "7459600818619023362"]
    assert found["lost"].str.contains(r"^7\.45960\d+e\+18$").all()


def test_parquet_is_read_as_text(tmp_path):
    frame = pl.DataFrame(
        {
            "id": [7459600560920985601, None],
            "at": [datetime(2025, 1, 14, 3), None],
            "tags": [["a", "b"], None],
            "stars": [4.5, None],
            "text": ["", "x"],
        },
        schema_overrides={"at": pl.Datetime("us", "UTC")},
    )
    frame.write_parquet(tmp_path / "a.bin")
    rows, _ = content(tmp_path / "a.bin")
    assert rows == [
        {
            "id": "7459600560920985601",
            "at": "2025-01-14T03:00:00Z",
            "tags": '["a","b"]',
            "stars": "4.5",
            "text": None,
            LINE: 1,
        },
        {"id": None, "at": None, "tags": None, "stars": None, "text": "x", LINE: 2},
    ]


@pytest.mark.parametrize(
    ("name", "junk"),
    [
        ("empty.csv", b""),
        ("blank.csv", b"\xef\xbb\xbf \n\n"),
        ("image.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 20),
        ("nuls.csv", b"id,text\n" + b"\x00\x01\x00\x02" * 20),
        ("random.csv", bytes((number * 7919 + number // 3) % 256 for number in range(5000))),
        ("workbook.xlsx", b"PK\x03\x04 not really"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 nothing"),
        ("half.parquet", b"PAR1 and no more"),
        ("page.xls", b"<html><body><table><tr><td>1</td></tr></table></body></html>"),
        ("deep.json", b"[" * 200_000),
        ("cut.json", b'{"data": [{"id": 1'),
        ("empty.json", b"[]"),
        ("numbers.json", b"[1, 2, 3]"),
        ("words.txt", "只有一行字".encode()),
    ],
)
def test_what_is_no_table_is_not_recognised(tmp_path, name, junk):
    path = tmp_path / name
    path.write_bytes(junk)
    with pytest.raises(TingfengError) as caught:
        hear(path)
    assert caught.value.where == str(path)
    assert "\n" not in str(caught.value)


def test_a_few_wrong_bytes_do_not_turn_utf8_into_gb18030(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"id,text\n" + "".join(f"{n},今天的面霜很好用\n" for n in range(200)).encode() + b"201,\xff\n")
    rows, _ = content(path)
    assert rows[0]["text"] == "今天的面霜很好用"
    assert rows[-1]["text"] == "\ufffd"


def names(path: Path) -> list[str]:
    return [found.name for found in listeners.sources(str(path))]


def test_folders_and_archives_are_opened(tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("deep.csv", PLAIN)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.csv").write_text(PLAIN)
    (tmp_path / ".hidden").write_text(PLAIN)
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("z/c.csv", PLAIN)
        archive.writestr("__MACOSX/c.csv", PLAIN)
        archive.writestr("inner.zip", inner.getvalue())
        archive.writestr("empty/", "")
    workbook(tmp_path / "w.xlsx", {"S": [["a", "b"], [1, 2]]})
    found = [f"{tmp_path}/{name}" for name in ("a.zip!inner.zip!deep.csv", "a.zip!z/c.csv", "sub/b.csv", "w.xlsx")]
    assert names(tmp_path) == found
    assert names(tmp_path / "sub" / "b.csv") == [f"{tmp_path}/sub/b.csv"]
    for one in listeners.sources(str(tmp_path / "a.zip")):
        assert next(iter(tables(one))).header == ("id", "text", "n")
        assert one.size == len(PLAIN.encode())


def test_chinese_names_in_archives_are_read(tmp_path):
    name = "小红书笔记.csv"
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("x" * len(name.encode("gb18030")), PLAIN)
    raw = (tmp_path / "a.zip").read_bytes()
    (tmp_path / "a.zip").write_bytes(raw.replace(b"x" * len(name.encode("gb18030")), name.encode("gb18030")))
    assert names(tmp_path / "a.zip") == [f"{tmp_path}/a.zip!{name}"]


@pytest.mark.parametrize(
    ("written", "shown"), [("微博.csv".encode("gb18030"), "微博.csv"), (b"a\xff.csv", "a\ufffd.csv")]
)
@pytest.mark.parametrize("folder", ["数据".encode(), "数据".encode("gb18030")])
def test_names_of_files_that_are_no_utf8_can_be_shown_and_opened(tmp_path, folder, written, shown):
    place = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + folder))
    place.mkdir()
    file = place / os.fsdecode(written)
    file.write_text(PLAIN)
    for path in (place, file):
        (found,) = listeners.sources(str(path))
        assert found.name == f"{tmp_path}/数据/{shown}"
        assert found.open().read() == PLAIN.encode()


def trouble(path: Path) -> str:
    found = next(iter(listeners.sources(str(path))))
    with pytest.raises(TingfengError) as caught:
        listeners.open(found)
    return caught.value.what


def test_an_archive_that_swells_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.csv", b"0" * (20 * 2**20))
    assert "suspiciously large" in trouble(tmp_path / "a.zip")


def test_a_workbook_that_was_cut_off_is_named_a_workbook(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_string(0, 0, "text")
    path.write_bytes(path.read_bytes()[:-200])
    assert trouble(path) == "The workbook is damaged"


def test_a_damaged_or_empty_archive_says_so(tmp_path):
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04" + b"x" * 100)
    assert "damaged" in trouble(tmp_path / "a.zip") or "no table" in trouble(tmp_path / "a.zip")
    zipfile.ZipFile(tmp_path / "b.zip", "w").close()
    assert trouble(tmp_path / "b.zip") == "The archive is empty"


def test_members_whose_path_leads_out_of_the_archive_are_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for name in ("../up.csv", "/root.csv", "C:\\windows.csv", "a\\..\\..\\b.csv", "./here.csv", ".hidden.csv"):
            archive.writestr(name, PLAIN)
    found = list(listeners.sources(str(tmp_path / "a.zip")))
    verdicts = {one.name.partition("!")[2]: one.trouble and one.trouble.what for one in found}
    assert verdicts == {
        "../up.csv": "The path leads out of the archive",
        "./here.csv": None,
        "/root.csv": "The path leads out of the archive",
        "C:\\windows.csv": "The path leads out of the archive",
        "a\\..\\..\\b.csv": "The path leads out of the archive",
    }


def test_what_is_not_there_is_an_error():
    with pytest.raises(TingfengError, match="no such file or folder"):
        listeners.sources("/nowhere/at/all.csv")


def test_standard_input_is_read(monkeypatch):
    class Input:
        buffer = io.BytesIO(PLAIN.encode())

    monkeypatch.setattr("sys.stdin", Input())
    (found,) = listeners.sources("-")
    assert (found.name, found.size) == ("-", len(PLAIN.encode()))
    assert next(iter(tables(found))).header == ("id", "text", "n")


LETTERS = st.one_of(st.characters(exclude_categories=["Cs", "Cc"]), st.sampled_from("\n\r\t"))


@given(
    st.lists(st.tuples(st.text(LETTERS, min_size=1, max_size=9), st.text(LETTERS, max_size=9)), min_size=1, max_size=8)
)
def test_csv_comes_back_as_it_was_written(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("first", "second"), *rows])
    found, rejects = content(path)
    kept = [row for row in rows if any(cell and not cell.isspace() for cell in row) and row[0].strip() != "first"]
    assert [(row["first"], row["second"] or "") for row in found if row["first"].strip() != "first"] == kept
    assert len(found) + len(rejects) == len(rows)


def test_a_batch_boundary_changes_nothing(xiaohongshu_posts, monkeypatch):
    whole = hear(xiaohongshu_posts)
    monkeypatch.setattr(records_module, "BATCH", 2)
    monkeypatch.setattr("listeners.reading.separated._PIECE", 2)
    pieces = hear(xiaohongshu_posts)
    assert_frame_equal(whole.mentions, pieces.mentions)
    assert whole.rejects == pieces.rejects


def test_a_source_in_trouble_does_not_open():
    with pytest.raises(NotRecognised):
        Source("a", Path("a"), 0, NotRecognised("broken", where="a")).open()


def test_a_damaged_member_does_not_stop_the_others(tmp_path):
    path = tmp_path / "mixed.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", "id,text\n" + "1,hello\n" * 50)
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a.csv", "id,text\n" + "1,hello\n" * 50)
        archive.writestr("b.csv", "id,text\n" + "1,hello\n" * 50)
    raw = bytearray(path.read_bytes())
    raw[45:50] = b"\xff" * 5
    path.write_bytes(raw)
    found = list(sources(str(path)))
    assert [(source.name.rpartition("!")[2], source.trouble is None) for source in found] == [
        ("a.csv", False),
        ("a.csv", True),
        ("b.csv", True),
    ]


def test_a_small_file_with_a_few_wrong_bytes_is_still_utf8(tmp_path):
    path = tmp_path / "wrong.csv"
    path.write_bytes("id,text\n1,很好喝\n2,不错".encode() + b"\xff\xfe\x80\n")
    with next(iter(sources(str(path)))).open_text() as text:
        assert "很好喝" in text.read()


WITH_NUL = [{"id": "1", "text": "好\0用", "more": "\0"}, {"id": "2", "text": "\0a", "more": "b"}]
WITHOUT_NUL = [{"id": "1", "text": "好用", "more": None, LINE: 0}, {"id": "2", "text": "a", "more": "b", LINE: 1}]


def write_csv(path: Path, encoding: str = "utf-8") -> None:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, ["id", "text", "more"])
        writer.writeheader()
        writer.writerows(WITH_NUL)


def write_lines(path: Path) -> None:
    path.write_text("\n".join(json.dumps(row) for row in WITH_NUL))


def write_unescaped_lines(path: Path) -> None:
    path.write_text("\n".join(json.dumps(row).replace("\\u0000", "\0") for row in WITH_NUL))


@pytest.mark.parametrize(
    ("write", "first_line"),
    [
        (write_csv, 2),
        (lambda path: write_csv(path, "gb18030"), 2),
        (lambda path: write_csv(path, "utf-16"), 2),
        (lambda path: path.write_text(json.dumps(WITH_NUL)), 1),
        (write_lines, 1),
        (write_unescaped_lines, 1),
        (lambda path: workbook(path, {"S": [list(WITH_NUL[0]), *(list(row.values()) for row in WITH_NUL)]}), 2),
        (lambda path: pl.DataFrame(WITH_NUL).write_parquet(path), 1),
    ],
)
def test_nul_is_dropped_from_the_texts_of_every_medium(tmp_path, write, first_line):
    write(tmp_path / "a.dat")
    wanted = [row | {LINE: row[LINE] + first_line} for row in WITHOUT_NUL]
    assert content(tmp_path / "a.dat") == (wanted, [])


@pytest.mark.parametrize(
    "write",
    [
        lambda path, row: path.write_text(f"{','.join(row)}\n{','.join(row.values())}\n", encoding="utf-8"),
        lambda path, row: path.write_text(json.dumps(row)),
        lambda path, row: pl.DataFrame([row]).write_parquet(path),
    ],
)
def test_what_is_no_character_is_dropped(tmp_path, write):
    write(tmp_path / "a.dat", {"id": "1", "te\uffffxt": "好\ufffe用\uffff", "more": "\ufffe"})
    ((row,), rejects) = content(tmp_path / "a.dat")
    assert (row["text"], row["more"], rejects) == ("好用", None, [])


@pytest.mark.parametrize("times", [0, 1, 20, 3000])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_nul_does_not_decide_whether_a_file_is_text(tmp_path, times, encoding):
    path = tmp_path / "a.csv"
    path.write_bytes("id,text\n1,好a\0b\n".encode(encoding) + b"2,a sentence\0of words\n" * times)
    assert [row["text"] for row in content(path)[0]] == ["好ab", *["a sentenceof words"] * times]


def test_what_bears_the_mark_of_utf8_is_text_however_odd_its_characters(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("id,text\n1," + "\x01\ufffd" * 40 + "\n", encoding="utf-8-sig")
    assert content(path)[0] == [{"id": "1", "text": "\x01\ufffd" * 40, LINE: 2}]


def test_what_is_personal_is_not_kept_of_broken_json(tmp_path):
    path = tmp_path / "a.json"
    path.write_text(
        '{"id": 1}\n{"id": 2, "avatar": "https:\\/\\/f\\"ace", "sign": 7, "text": "a\0b"\n[{"user_avatar" : "fa'
    )
    assert [reject.raw for reject in rejects_of(path)] == [
        '{"id": 2, "avatar": null, "sign": null, "text": "ab"',
        '[{"user_avatar": null',
    ]
    path.write_text('[{"id": 1}, [{"avatar": "x"}], {"id": 2, "avatar": "x", oops}]')
    assert [reject.raw for reject in rejects_of(path)] == ['[{"avatar": null}]', '{"id": 2, "avatar": null, oops}]']


@pytest.mark.parametrize(
    "write",
    [
        lambda path, columns: path.write_text(f"{','.join(columns)}\n" * 2),
        lambda path, columns: path.write_text(json.dumps([dict.fromkeys(columns, 1)])),
        lambda path, columns: pl.DataFrame([dict.fromkeys(columns, 1)]).write_parquet(path),
        lambda path, columns: workbook(path, {"S": [columns, ["1"] * len(columns)]}),
    ],
)
def test_a_table_of_too_many_columns_is_refused_at_once(tmp_path, write):
    path = tmp_path / "a.dat"
    write(path, [f"c{number}" for number in range(2001)])
    with pytest.raises(NotRecognised) as caught:
        listeners.open(source(path))
    assert str(caught.value.what) == "The table has 2,001 columns, and at most 2,000 can be read"
    write(path, [f"c{number}" for number in range(2000)])
    assert len(table(path).header) == 2000


@pytest.mark.parametrize("whole", ['{"id": %s, "n": -7}', '{"id": %s, "n": -7}\n{"id": 2}\n', '[{"id": %s, "n": -7}]'])
def test_a_number_that_is_too_long_to_be_one_is_text(tmp_path, whole):
    path = tmp_path / "a.json"
    path.write_text(whole % ("9" * 10_000))
    rows, rejects = content(path)
    assert (rows[0], rejects) == ({"id": "9" * 10_000, "n": "-7", LINE: 1}, [])


def test_a_workbook_may_hold_a_text_of_very_many_digits(tmp_path):
    digits = "9" * 10_000
    found = table(workbook(tmp_path / "a.xlsx", {"S": [["id", "text"], ["1", digits]]})).first.records
    assert found["text"].to_list() == [digits]


@pytest.mark.parametrize("cell", ['"{}"', "{}", '"{}'])
@pytest.mark.parametrize("length", [95, 250, 1000])
def test_a_line_that_is_too_long_is_one_record(tmp_path, monkeypatch, cell, length):
    monkeypatch.setattr("listeners.reading.separated._LONGEST_CELL", 100)
    before = csv.field_size_limit(100)
    try:
        path = tmp_path / "a.csv"
        path.write_text(f"id,text,n\n1,{cell.format('好' * length)},3\n2,fine,3\n", encoding="utf-8")
        rows, rejects = content(path)
    finally:
        csv.field_size_limit(before)
    assert rows == [{"id": "2", "text": "fine", "n": "3", LINE: 3}]
    assert [line for line, _ in rejects] == [2]


def test_a_line_of_json_that_is_too_long_is_one_record(tmp_path, monkeypatch):
    monkeypatch.setattr("listeners.reading.jsontext._LARGEST_ITEM", 100)
    monkeypatch.setattr("listeners.reading.jsontext._PIECE", 64)
    path = tmp_path / "a.ndjson"
    path.write_text('{"id": 1}\n{"id": 2, "text": "' + "b" * 1000 + '"}\n{"id": 3}\n')
    rows, rejects = content(path)
    assert [(row["id"], row[LINE]) for row in rows] == [("1", 1), ("3", 3)]
    assert rejects == [(2, "the line is not JSON")]
