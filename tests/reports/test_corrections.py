"""Labels edited in an exported file, however a spreadsheet saved it."""

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from tests.tiny_store import filled, mention, watchlist
from tingfeng.errors import TingfengError
from tingfeng.reports import export, read_corrections
from tingfeng.store import Correction, Filters

LONG_ID = "7459876543210987654"
MENTIONS = [
    mention(LONG_ID, "2025-01-13", platform="tiktok", label="positive", text="好", about={"Lumora": "positive"}),
    mention("-x1", "2025-01-14", label="neutral", about={"Lumora": "positive", "Nova": "negative"}),
    mention("3", "2025-01-15", about={"Nova": "neutral"}),
]


@pytest.fixture
def store(tmp_path):
    with filled(tmp_path, [watchlist("Lumora", "Nova")], MENTIONS) as store:
        yield store


def exported(store, folder):
    target = folder / "out.csv"
    export(store, Filters(watchlist="Brands"), target, "csv")
    return target


def edited(store, folder, edits, encoding="utf-8-sig", delimiter=",", without=()):
    """An exported file in which `edits` (row number, column, value) were made, saved as a spreadsheet may save it."""
    path = exported(store, folder)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for name in without:
        for row in rows:
            del row[name]
    for number, column, value in edits:
        rows[number][column] = value
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def target_of(subjects):
    return json.dumps({subject: {"label": label} for subject, label in subjects.items()})


def test_an_unedited_file_changes_nothing(store, tmp_path):
    found = read_corrections(exported(store, tmp_path), store)
    assert (found.changed, found.unknown, found.invalid) == ([], [], [])


@pytest.mark.parametrize(("encoding", "delimiter"), [("utf-8-sig", ","), ("gb18030", ","), ("utf-16", "\t")])
def test_edited_labels_are_found_in_any_encoding(store, tmp_path, encoding, delimiter):
    edits = [(0, "label", "负面"), (1, "label", " Negative "), (2, "label", "POSITIVE")]
    found = read_corrections(edited(store, tmp_path, edits, encoding, delimiter), store)
    assert found.changed == [
        Correction("tiktok", LONG_ID, "negative"),
        Correction("weibo", "-x1", "negative"),
        Correction("weibo", "3", "positive"),
    ]
    assert found.unknown == found.invalid == []


def test_edited_labels_are_found_in_a_workbook(store, tmp_path):
    path = tmp_path / "out.xlsx"
    export(store, Filters(watchlist="Brands"), path, "xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book["Mentions"]
    column = [cell.value for cell in sheet[1]].index("label") + 1
    sheet.cell(2, column).value = "negative"
    book.save(path)
    found = read_corrections(path, store)
    assert found.changed == [Correction("tiktok", LONG_ID, "negative")]
    assert found.unknown == found.invalid == []


def test_a_damaged_id_is_reported_and_never_guessed(store, tmp_path):
    path = edited(store, tmp_path, [(0, "id", "7.45988E+18"), (0, "label", "negative"), (2, "id", "4999000111222333")])
    found = read_corrections(path, store)
    assert found.changed == []
    assert [(problem.line, problem.reason) for problem in found.unknown] == [
        (2, "the id was damaged by a spreadsheet"),
        (4, "there is no such mention in the store"),
    ]


def test_what_is_no_label_is_reported(store, tmp_path):
    path = edited(store, tmp_path, [(0, "label", "great"), (1, "target_sentiment", "{oops"), (2, "label", "")])
    found = read_corrections(path, store)
    assert found.changed == []
    assert [(problem.id, problem.reason) for problem in found.invalid] == [
        (LONG_ID, "'great' is no label"),
        ("-x1", "its target_sentiment cannot be read"),
    ]


def test_an_edited_target_sentiment_is_a_correction_toward_that_subject(store, tmp_path):
    edits = [(1, "target_sentiment", target_of({"Lumora": "negative", "Nova": "negative", "Other": "positive"}))]
    found = read_corrections(edited(store, tmp_path, edits), store)
    assert found.changed == [Correction("weibo", "-x1", "negative", "Lumora")]


def test_a_label_withdrawn_by_the_word_none(store, tmp_path):
    store.correct("weibo", "3", "negative")
    found = read_corrections(edited(store, tmp_path, [(0, "label", "none"), (2, "label", "无")]), store)
    assert found.changed == [Correction("weibo", "3", "none")]


EXPORTED = ("label_exported", "target_sentiment_exported")


def correct_elsewhere(store):
    """Corrections that people made after the file was exported."""
    store.correct("tiktok", LONG_ID, "negative")
    store.correct("weibo", "-x1", "negative", "Lumora")


@pytest.mark.parametrize(
    ("without", "expected"),
    [
        ((), [Correction("weibo", "3", "positive")]),
        (
            EXPORTED,
            [
                Correction("tiktok", LONG_ID, "positive"),
                Correction("weibo", "-x1", "positive", "Lumora"),
                Correction("weibo", "3", "positive"),
            ],
        ),
    ],
)
def test_cells_that_nobody_edited_leave_newer_corrections_alone(store, tmp_path, without, expected):
    path = edited(store, tmp_path, [(2, "label", "positive")], without=without)
    correct_elsewhere(store)
    found = read_corrections(path, store)
    assert found.changed == expected
    assert found.unknown == found.invalid == []


def test_an_edited_cell_counts_over_a_newer_correction(store, tmp_path):
    edits = [
        (0, "label", "neutral"),
        (1, "target_sentiment", target_of({"Lumora": "neutral", "Nova": "negative"})),
    ]
    path = edited(store, tmp_path, edits)
    correct_elsewhere(store)
    assert read_corrections(path, store).changed == [
        Correction("tiktok", LONG_ID, "neutral"),
        Correction("weibo", "-x1", "neutral", "Lumora"),
    ]


def test_an_edited_opinion_counts_beside_a_label_that_others_corrected(store, tmp_path):
    path = edited(store, tmp_path, [(0, "target_sentiment", target_of({"Lumora": "neutral"}))])
    correct_elsewhere(store)
    assert read_corrections(path, store).changed == [Correction("tiktok", LONG_ID, "neutral", "Lumora")]


def test_an_emptied_label_withdraws_a_correction_and_nothing_else(store, tmp_path):
    store.correct("weibo", "3", "negative")
    path = edited(store, tmp_path, [(1, "label", ""), (2, "label", "")])
    store.correct("weibo", "-x1", "positive")
    found = read_corrections(path, store)
    assert found.changed == [Correction("weibo", "3", "none")]
    assert [(problem.line, problem.id, problem.reason) for problem in found.invalid] == [
        (3, "-x1", "its label was emptied; 'none' withdraws a correction")
    ]


def test_a_label_that_was_empty_in_the_export_is_no_edit(store, tmp_path):
    path = exported(store, tmp_path)
    store.correct("weibo", "3", "positive")
    assert read_corrections(path, store).changed == []


def test_two_labels_for_one_mention_are_refused(store, tmp_path):
    path = edited(store, tmp_path, [(0, "label", "negative")])
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    path.write_text("\n".join([*lines, lines[1].replace(",negative,", ",neutral,", 1)]), encoding="utf-8")
    found = read_corrections(path, store)
    assert found.changed == []
    assert [problem.reason for problem in found.invalid] == ["the file gives it two different labels"]


def test_taking_a_file_twice_changes_nothing_the_second_time(store, tmp_path):
    path = edited(store, tmp_path, [(0, "label", "negative"), (1, "label", "positive")])
    store.correct_all(read_corrections(path, store).changed)
    assert read_corrections(path, store).changed == []
    assert store.volume(Filters(labels=("negative",)), ["platform"])["mentions"].tolist() == [1]


def test_a_file_without_the_columns_is_refused(store, tmp_path):
    path = Path(tmp_path / "other.csv")
    path.write_text("id,name\n1,a\n")
    with pytest.raises(TingfengError, match="no columns platform, id and label"):
        read_corrections(path, store)
