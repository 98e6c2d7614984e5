"""Mentions as XLSX, read back as a spreadsheet sees them."""

import tempfile
from datetime import datetime
from io import BytesIO

import openpyxl
import pytest

from sentiment import Adaptation, WordRule
from sentiment.learning.adaptation import Poles
from tests.tiny_store import add, filled, mention, watchlist
from tingfeng.mentions.record import Mark
from tingfeng.reports import export, workbook
from tingfeng.reports.columns import COLUMNS
from tingfeng.reports.method import spans
from tingfeng.store import Filters

ALL = Filters(watchlist="Brands", zone="Asia/Shanghai", since="2025-01-10", until="2025-02-01", labels=("positive",))
LONG = "长" * 40_000


def said(identity, day, **fields):
    return mention(identity, f"{day} 17:00", label="positive", about={"Lumora": None}, **fields)


MENTIONS = [
    said("7459876543210987654", "2025-01-13", likes=3, rating=4.5, url="https://example.org/", author_name="=1+1"),
    said("2", "2025-01-16", text="line\r\nbreak \x0b _x0041_ +86", title="-5"),
    mention("3", None, platform="tiktok"),
]


@pytest.fixture
def store(tmp_path):
    with filled(tmp_path, [watchlist("Lumora", "Nova", zone="Asia/Shanghai")], MENTIONS) as store:
        yield store


def opened(store, tmp_path, filters=ALL):
    target = tmp_path / "out.xlsx"
    export(store, filters, target, "xlsx")
    return openpyxl.load_workbook(target)


def rows_of(sheet):
    header, *rows = sheet.iter_rows()
    return [{name.value: cell for name, cell in zip(header, row, strict=True)} for row in rows]


def lines_of(book):
    return [[value for value in row if value is not None] for row in book["Method"].iter_rows(values_only=True)]


def test_cells_have_types(store, tmp_path):
    book = opened(store, tmp_path)
    sheet = book["Mentions"]
    first, second = rows_of(sheet)
    assert [cell.value for cell in sheet[1]] == list(COLUMNS)
    assert (first["id"].value, first["id"].data_type) == ("7459876543210987654", "s")
    assert (first["likes"].value, first["rating"].value, first["views"].value) == (3, 4.5, None)
    assert first["corrected"].value is False
    assert first["published_at"].value == "2025-01-13T17:00:00Z"
    assert first["published_at_local"].value == datetime(2025, 1, 14, 1)
    assert first["published_at_local"].is_date
    assert (first["author_name"].value, first["author_name"].data_type) == ("'=1+1", "s")
    assert (second["title"].value, second["title"].data_type) == ("-5", "s")


def test_the_header_stays_in_view_and_filters(store, tmp_path):
    sheet = opened(store, tmp_path)["Mentions"]
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == "A1:AP3"
    assert sheet["F2"].hyperlink is None
    assert sheet.column_dimensions["N"].width > 60


def test_control_characters_survive(store, tmp_path):
    target = tmp_path / "out.xlsx"
    export(store, ALL, target, "xlsx")
    import fastexcel

    read = fastexcel.read_excel(target).load_sheet("Mentions", dtypes="string").to_polars()
    assert read["text"][1] == "line\r\nbreak \x0b _x0041_ +86"


def test_other_readers_see_no_markup_in_a_text(store, tmp_path):
    add(store, "Brands", [said("7", "2025-01-22", text="<r>b & <c></r>", title="<r><t>hi</t></r>")])
    row = rows_of(opened(store, tmp_path)["Mentions"])[-1]
    assert (row["text"].value, row["title"].value) == ("<r>b & <c></r>", "<r><t>hi</t></r>")


def test_the_method_sheet_says_what_the_file_holds(store, tmp_path):
    add(store, "Brands", MENTIONS[:1])
    lines = lines_of(opened(store, tmp_path))
    english = {line[0]: line[2:] for line in lines[1:]}
    assert lines[0] == ["Method", "方法说明"]
    assert english["Watchlist"] == ["Brands"]
    assert ["Subject", "对象", "Nova", "brand", "Nova"] in [line[:5] for line in lines]
    assert english["Filter"] == ["label", "positive"]
    assert (english["From (inclusive)"], english["Until (exclusive)"]) == (["2025-01-10"], ["2025-02-01"])
    assert english["Time zone of days"] == ["Asia/Shanghai"]
    assert english["Mentions in this file"] == [2]
    assert english["Records read by all imports"] == [4]
    assert english["Mentions in the store, each once"] == [3]
    assert english["Sentiment engine and its mentions"] == ["tiny 1", 2]
    kept = ["label / label_exported", "target_sentiment / target_sentiment_exported"]
    assert english["Labels to correct, and the columns that keep them as exported"] == kept
    coverage = english["Data of a platform: first day, last day, days without any mention"]
    assert coverage == ["weibo", "2025-01-14", "2025-01-17", "2025-01-15..2025-01-16"]
    assert any(line[0] == "Formula: Net sentiment" for line in lines)


def test_the_method_sheet_says_toward_whom_the_labels_are(store, tmp_path):
    lines = lines_of(opened(store, tmp_path, Filters("Brands", subjects=("Lumora",), labels=("neutral",), toward=True)))
    assert [line[2:] for line in lines if line[0] == "Filter"] == [
        ["subject", "Lumora"],
        ["target_sentiment", "neutral"],
    ]


def test_the_method_sheet_says_how_many_mentions_are_invented(store, tmp_path):
    add(store, "Brands", [said("7", "2025-01-22", source="demo")])
    lines = lines_of(opened(store, tmp_path, Filters()))
    assert [line[2] for line in lines if line[0] == "of these invented for the demo"] == [1]
    assert not [line for line in lines_of(opened(store, tmp_path)) if "invented" in str(line[0])]


def test_the_method_sheet_says_what_was_learned_and_which_word_rules_hold(store, tmp_path):
    plain = {line[0] for line in lines_of(opened(store, tmp_path))}
    learned = "The engine learned from corrections: their number, agreement before and after (cross-validated)"
    rule = "Word rule: term, label, note"
    assert not {learned, rule} & plain
    report = {"corrections": 42, "before": 0.7143, "after": 0.8333}
    store.save_learned(Adaptation("tiny 0", {"": Poles(0.1, 0.2)}), report)
    assert learned not in {line[0] for line in lines_of(opened(store, tmp_path))}, "another version read these"
    store.save_learned(Adaptation("tiny 1", {"": Poles(0.1, 0.2)}), report)
    assert learned not in {line[0] for line in lines_of(opened(store, tmp_path))}, "nothing was read again yet"
    with store.transaction() as cursor:
        cursor.execute("UPDATE mentions SET engine = 'tiny 1 + a1b2c3'")
    store.save_word_rule(WordRule("War Zone", "neutral"), "is a game")
    english = {line[0]: line[2:5] for line in lines_of(opened(store, tmp_path))}
    assert english[learned] == [42, "71%", "83%"]
    assert english[rule] == ["War Zone", "neutral", "is a game"]
    store.save_learned(None, None)
    assert learned not in {line[0] for line in lines_of(opened(store, tmp_path))}


def test_a_query_in_the_method_sheet_is_no_formula(store, tmp_path):
    book = opened(store, tmp_path, Filters(watchlist="Brands", query="-ad lumora"))
    assert ["Query", "查询", "'-ad lumora"] in lines_of(book)


def test_a_text_too_long_for_a_cell_is_cut_and_marked(store, tmp_path):
    add(
        store,
        "Brands",
        [said("4", "2025-01-20", text=LONG, likes=5, marks=1), said("5", "2025-01-21", text="😀" * 16_383)],
    )
    book = opened(store, tmp_path)
    cut, whole = rows_of(book["Mentions"])[2:]
    assert cut["text"].value == LONG[:32_766] + "…"
    assert cut["marks"].value == 1 | Mark.TEXT_CUT
    assert (len(whole["text"].value), whole["marks"].value) == (16_383, 0)
    assert ["Texts cut to Excel's 32,767 characters", "因 Excel 上限 32767 字符而截断的文本数", 1] in lines_of(book)


def test_a_full_sheet_is_followed_by_another(store, tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "ROWS", 1)
    book = opened(store, tmp_path)
    assert book.sheetnames == ["Mentions", "Mentions 2", "Method"]
    assert [row["id"].value for name in book.sheetnames[:2] for row in rows_of(book[name])] == [
        "7459876543210987654",
        "2",
    ]
    assert book["Mentions 2"].auto_filter.ref == "A1:AP2"


def test_a_date_before_excels_calendar_is_left_to_its_text(store, tmp_path):
    add(store, "Brands", [said("6", "1899-12-01")])
    (row,) = rows_of(opened(store, tmp_path, Filters(watchlist="Brands", until="1900-01-01"))["Mentions"])
    assert (row["published_at"].value, row["published_at_local"].value) == ("1899-12-01T17:00:00Z", None)


def test_a_full_disk_leaves_nothing_behind(store, tmp_path, monkeypatch):
    class Full(BytesIO):
        def write(self, _data):
            raise OSError(28, "No space left on device")

    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    with pytest.raises(OSError, match="No space left"):
        export(store, ALL, Full(), "xlsx")
    assert list((tmp_path / "temporary").iterdir()) == []


@pytest.mark.parametrize(
    ("days", "text"),
    [
        ((), ""),
        (("2025-01-31",), "2025-01-31"),
        (("2025-01-31", "2025-02-01", "2025-02-03"), "2025-01-31..2025-02-01, 2025-02-03"),
    ],
)
def test_spans_of_days(days, text):
    assert spans(days) == text
