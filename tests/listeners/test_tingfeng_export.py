"""Tingfeng's own exports come back exactly as they were."""

import csv
import json
from datetime import datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

import listeners
from listeners.formats.tingfeng_export import HEADER
from listeners.reading import records
from tests.listeners.conftest import hear
from tingfeng.mentions.record import SCHEMA, conform

FURTHER = ("published_at_local", "views_estimated", "keywords", "own_chars", "marks", "tags")
TRICKY = [
    "=1+1",
    "'=1+1",
    "''+1",
    "-5",
    "+1.5",
    "-x",
    "@a",
    "\ta",
    "\ra",
    "a\r\nb",
    'say "hi", you',
    "😀火锅",
    " a ",
    "'a",
    "true",
]


def mention(**fields: object) -> dict[str, object]:
    usual: dict[str, object] = {"platform": "weibo", "id": "4527744577439404", "kind": "post", "source": "weibo_search"}
    return usual | fields


def guarded(cell: object) -> str:
    """A cell by the words of the contract, written without the product's own functions."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%dT%H:%M:%SZ")
    text = str(cell)
    formula = text.lstrip("'")[:1] in {"=", "+", "-", "@", "\t", "\r"} and text.lstrip("'") != ""
    number = text[:1] in "+-" and text[1:].replace(".", "", 1).isdecimal() and text.isascii() and text[1:2].isdigit()
    return "'" + text if formula and not (number and text[-1] != ".") else text


def write_csv(path: Path, rows: list[dict[str, object]]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerow([*HEADER, *FURTHER])
        writer.writerows([[guarded(row.get(name)) for name in (*HEADER, *FURTHER)] for row in rows])
    return path


def write_xlsx(path: Path, rows: list[dict[str, object]]) -> Path:
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Mentions")
        for place, name in enumerate((*HEADER, *FURTHER)):
            sheet.write_string(0, place, name)
            for line, row in enumerate(rows, 1):
                cell = row.get(name)
                if isinstance(cell, int | float):
                    sheet.write(line, place, cell)
                elif cell is not None:
                    sheet.write_string(line, place, guarded(cell))
    return path


def write_parquet(path: Path, rows: list[dict[str, object]]) -> Path:
    types = SCHEMA | {"score": pl.Float64, "confidence": pl.Float64, "corrected": pl.Boolean}
    schema = {name: types.get(name, pl.String) for name in (*HEADER, *FURTHER)}
    frame = pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema)
    frame.with_columns(pl.col("published_at", "collected_at").dt.replace_time_zone("UTC")).write_parquet(path)
    return path


WRITERS = {"a.csv": write_csv, "a.xlsx": write_xlsx, "a.parquet": write_parquet}
wild = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufffe\uffff"), min_size=1, max_size=12)
texts = st.none() | st.builds("".join, st.tuples(st.sampled_from(["", "'", "''", "=", "'=", "-", "\t", "\r"]), wild))
numbers = st.none() | st.integers(0, 2**53)
times = st.none() | st.datetimes(datetime(2005, 1, 1), datetime(2090, 1, 1)).map(
    lambda time: time.replace(microsecond=0)
)
mentions = st.fixed_dictionaries(
    {
        "platform": st.sampled_from(["weibo", "x", "web"]),
        "id": st.from_regex(r"[a-z0-9_-]{1,20}", fullmatch=True).filter(lambda key: key.strip("-")),
        "kind": st.sampled_from(["post", "comment", "review"]),
        "author_name": wild,
        "title": texts,
        "text": texts,
        "hashtags": texts,
        "published_at": times,
        "collected_at": times,
        "likes": numbers,
        "views_estimated": numbers,
        "own_chars": numbers,
        "marks": st.integers(0, 511),
        "rating": st.none() | st.sampled_from([1.0, 4.5, 5.0]),
        "source": st.sampled_from(["table", "weibo_search"]),
    }
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(mentions, min_size=1, max_size=4))
@example(rows=[mention(text=text, title=text) for text in TRICKY])
@pytest.mark.parametrize("name", ["a.csv", "a.parquet"])
def test_every_text_comes_back_exactly(name, rows, tmp_path):
    heard = hear(WRITERS[name](tmp_path / name, rows))
    assert heard.rejects == []
    given_rows = pl.DataFrame(rows, schema_overrides=SCHEMA, infer_schema_length=None)
    assert_frame_equal(heard.mentions.select(*SCHEMA), conform(given_rows))


@pytest.mark.parametrize("name", WRITERS)
def test_every_kind_of_file_comes_back(name, tmp_path):
    when = datetime(2025, 1, 14, 4, 8, 48)
    rows = [
        mention(
            id=f"45277445774394{place}",
            parent_id="4527744577439403",
            text=text,
            title=None,
            author_followers=12,
            published_at=when + timedelta(seconds=place),
            likes=0,
            rating=4.5,
            hashtags="a|b",
            keywords="火锅|tea",
            own_chars=1,
            marks=96,
        )
        for place, text in enumerate(TRICKY, 10)
    ]
    heard = hear(WRITERS[name](tmp_path / name, rows))
    assert (heard.reading.format, heard.reading.platform, heard.rejects) == ("tingfeng", None, [])
    assert_frame_equal(heard.mentions.select(*SCHEMA), conform(pl.DataFrame(rows, schema_overrides=SCHEMA)))


@pytest.mark.parametrize("name", WRITERS)
def test_labels_of_corrected_rows_and_tags_come_along(name, tmp_path):
    rows = [
        mention(text="a", label="negative", corrected=True, tags="crisis|vip"),
        mention(text="b", label="positive", corrected=False),
        mention(text="c", label=None, corrected=None),
    ]
    found = hear(WRITERS[name](tmp_path / name, rows)).mentions.select("given_label", "given_tags").rows()
    assert found == [("negative", "crisis|vip"), (None, None), (None, None)]


def test_all_dates_that_a_spreadsheet_wrote_decide_which_number_is_the_day(tmp_path, monkeypatch):
    monkeypatch.setattr(records, "BATCH", 1)
    monkeypatch.setattr("listeners.reading.separated._PIECE", 1)
    days = ["3/4/2025 10:00", "2025-01-14T04:08:48Z", "28/4/2025 10:00"]
    rows = [mention(text="a", id=str(place), published_at=day) for place, day in enumerate(days)]
    found = hear(write_csv(tmp_path / "a.csv", rows)).mentions["published_at"]
    assert found.to_list() == [datetime(2025, 4, 3, 10), datetime(2025, 1, 14, 4, 8, 48), datetime(2025, 4, 28, 10)]


def test_what_cannot_have_been_exported_is_rejected(tmp_path):
    rows = [
        mention(text="a", platform="myspace"),
        mention(text="a", id=None),
        mention(text="a", kind="poem"),
        mention(text="a", id="6.95E+18"),
        mention(likes=3),
        mention(text="a", published_at="soon"),
        mention(text="a", published_at="2025-01-14 12:08"),
    ]
    heard = hear(write_csv(tmp_path / "a.csv", rows))
    assert [(reject.line, reject.reason) for reject in heard.rejects] == [
        (2, "the platform is not known"),
        (3, "there is no id"),
        (4, "the kind is not known"),
        (5, "the id was damaged by a spreadsheet: 6.95E+18"),
        (6, "no text, title or author"),
        (7, "the time cannot be read: soon"),
    ]
    assert heard.mentions["published_at"].to_list() == [datetime(2025, 1, 14, 12, 8)]


def test_other_columns_in_front_are_another_format(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(",".join(["note", *HEADER]) + "\n" + "x,weibo,12,post" + "," * 28 + "\n", encoding="utf-8")
    assert hear(path, platform="weibo").reading.format == "table"


def test_a_rejected_row_is_kept_without_its_guard(tmp_path):
    header = ",".join(HEADER)
    row = dict.fromkeys(HEADER, "") | {"platform": "weibo", "id": "1", "published_at": "soon", "text": "'=1+1"}
    path = tmp_path / "mentions.csv"
    path.write_text(f"{header}\n{','.join(row.values())}\n", encoding="utf-8")
    batch = next(iter(listeners.open(next(listeners.sources(str(path))))))
    assert [json.loads(one.raw)["text"] for one in batch.rejects] == ["=1+1"]


def test_a_row_of_the_wrong_width_is_kept_without_its_guard(tmp_path):
    path = write_csv(tmp_path / "a.csv", [mention(text="=1+1"), mention(id="4527744577439405", text="'-x")])
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    path.write_text("\n".join([lines[0], f'{lines[1]},"",more', lines[2]]) + "\n", encoding="utf-8")
    heard = hear(path)
    assert heard.mentions["text"].to_list() == ["'-x"]
    assert [json.loads(reject.raw)["text"] for reject in heard.rejects] == ["=1+1"]
