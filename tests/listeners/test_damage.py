"""Files that were damaged: what is whole arrives, the rest is counted, and nothing crashes."""

import json
import random
import zipfile
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq
import pytest

import listeners
from listeners.contract import Options
from tests.listeners.conftest import Heard, hear
from tests.listeners.test_reading import workbook
from tingfeng.errors import TingfengError

LINES = 1000
TEXTS = ("今天的面霜很好用 😀", 'she said "fine", and left', "第一行\n第二行", "plain words", "a, b; c\td")


def note(number: int) -> dict[str, str]:
    """A record of the TT-Refugee layout."""
    return {
        "title": f"note {number}",
        "content": TEXTS[number % len(TEXTS)],
        "user_id": f"{number:024x}",
        "user_name": f"小河 {number}",
        "post_id": f"6785d330{number:016x}",
        "like_count": str(number),
        "collect_count": "1万",
        "create_time": "1/14/2025 11:00",
        "ip_localtion": "上海",
        "post_type": "normal",
    }


def comment(number: int) -> dict[str, str]:
    """A record of MediaCrawler's comments."""
    return {
        "comment_id": f"6785d330{number:016x}",
        "create_time": str(1736823600000 + number),
        "ip_location": "上海",
        "note_id": "6785d3300000000000000001",
        "content": TEXTS[number % len(TEXTS)],
        "user_id": f"{number:024x}",
        "nickname": f"小河 {number}",
        "avatar": "",
        "sub_comment_count": "0",
        "pictures": "",
        "parent_comment_id": "0",
        "last_modify_ts": "1736910000000",
        "like_count": str(number),
    }


def play(number: int) -> dict[str, str]:
    """A record of Google Play."""
    return {
        "reviewId": f"review-{number:06}",
        "userName": f"Ann {number}",
        "content": TEXTS[number % len(TEXTS)],
        "score": str(1 + number % 5),
        "thumbsUpCount": "0",
        "at": "2025-01-14 11:00:00",
    }


LAYOUTS = {"post_id": note, "comment_id": comment, "reviewId": play}


def as_csv(records: list[dict[str, str]]) -> list[bytes]:
    """The header and each record as the bytes that a spreadsheet program writes."""
    out = []
    for cells in [list(records[0]), *(list(record.values()) for record in records)]:
        written = [f'"{cell.replace(chr(34), chr(34) * 2)}"' if set(cell) & set('",\n') else cell for cell in cells]
        out.append((",".join(written) + "\n").encode())
    return out


def as_lines(records: list[dict[str, str]]) -> list[bytes]:
    return [b"", *((json.dumps(record, ensure_ascii=False) + "\n").encode() for record in records)]


def damaged(records: list[bytes], seed: int) -> tuple[bytes, set[int]]:
    """The file with one byte changed in one record of a hundred, and which ones these are."""
    chance = random.Random(seed)
    hit = set(chance.sample(range(1, len(records)), len(records) // 100))
    out = list(records)
    for place in hit:
        at = chance.randrange(len(out[place]) - 1)
        out[place] = out[place][:at] + bytes([chance.randrange(256)]) + out[place][at + 1 :]
    return b"".join(out), {place - 1 for place in hit}


def known(heard: Heard) -> set[str]:
    return set(heard.mentions["id"])


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("key", LAYOUTS)
def test_of_damaged_json_lines_every_untouched_record_arrives(tmp_path, key, seed):
    records = [LAYOUTS[key](number) for number in range(LINES)]
    content, hit = damaged(as_lines(records), seed)
    path = tmp_path / "export.jsonl"
    path.write_bytes(content)
    heard = hear(path)
    untouched = {record[key] for number, record in enumerate(records) if number not in hit}
    assert untouched <= known(heard)
    #: A byte that became a line end makes two broken records of one.
    assert LINES <= heard.read <= LINES + len(hit)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("key", LAYOUTS)
def test_of_a_damaged_table_every_untouched_record_arrives(tmp_path, key, seed):
    records = [LAYOUTS[key](number) for number in range(LINES)]
    content, hit = damaged(as_csv(records), seed)
    path = tmp_path / "export.csv"
    path.write_bytes(content)
    heard = hear(path)
    found = known(heard)
    lost = {number for number, record in enumerate(records) if record[key] not in found}
    #: A quote that broke may cost what follows, up to where a line is a record again.
    far = 3 * len(TEXTS)
    assert all(any(0 <= number - place <= far for place in hit) for number in lost)
    assert len(lost) <= 4 * len(hit)


def test_a_table_whose_quotes_are_whole_loses_nothing_but_what_was_hit(tmp_path):
    records = [note(number) | {"content": "今天的面霜很好用"} for number in range(LINES)]
    written = as_csv(records)
    hit = range(7, LINES, 100)
    for number in hit:
        written[number + 1] = written[number + 1].replace("今天".encode(), b"\xff\xfe\x00\x01", 1)
    (tmp_path / "a.csv").write_bytes(b"".join(written))
    heard = hear(tmp_path / "a.csv")
    assert (heard.read, heard.rejects) == (LINES, [])
    assert heard.mentions["text"].str.contains("今天的面霜").sum() == LINES - len(hit)


def verdict(path: Path) -> tuple[int, str | None]:
    """How many records of all files at a path were read, and why one of them was not."""
    read, errors = 0, []
    for source in listeners.sources(str(path)):
        try:
            for batch in listeners.open(source, Options(platform="xiaohongshu")):
                read += batch.mentions.height + len(batch.rejects)
        except TingfengError as error:
            errors.append(error)
    assert all(error.what and error.where for error in errors)
    return read, errors[-1].what if errors else None


def test_a_cut_array_gives_its_readable_prefix(tmp_path):
    records = [comment(number) for number in range(30)]
    content = json.dumps(records, ensure_ascii=False).encode()
    path = tmp_path / "a.json"
    ends = [at for at in range(len(content)) if content.startswith(b"}, {", at)]
    for cut in range(1, len(content), 61):
        path.write_bytes(content[:cut])
        whole = sum(end < cut for end in ends)
        if not whole:
            assert verdict(path)[1] or verdict(path)[0] == 1
            continue
        found = hear(path).mentions["id"].to_list()
        assert found[:whole] == [record["comment_id"] for record in records[:whole]]
        assert len(found) - whole in {0, 1}


def test_an_array_with_damaged_bytes_gives_all_other_records(tmp_path):
    records = [comment(number) for number in range(200)]
    parts = [json.dumps(record, ensure_ascii=False).encode() for record in records]
    path = tmp_path / "a.json"
    for seed in range(6):
        chance = random.Random(seed)
        hit = chance.sample(range(1, 200), 4)
        written = list(parts)
        for place in hit:
            at = chance.randrange(1, len(written[place]) - 1)
            written[place] = written[place][:at] + bytes([chance.randrange(256)]) + written[place][at + 1 :]
        path.write_bytes(b"[" + b", ".join(written) + b"]")
        heard = hear(path)
        far = {number for place in hit for number in range(place, place + 2)}
        assert {record["comment_id"] for n, record in enumerate(records) if n not in far} <= known(heard)


#: How many records each of them holds.
WHOLE = {"a.xlsx": 300, "a.zip": 900, "a.parquet": 300}


@pytest.fixture(scope="module")
def packed(tmp_path_factory) -> dict[str, bytes]:
    """A workbook, a zip file and a Parquet file of the same records."""
    folder = tmp_path_factory.mktemp("packed")
    records = [comment(number) for number in range(300)]
    rows = [list(records[0]), *(list(record.values()) for record in records)]
    book = workbook(folder / "a.xlsx", {"Comments": rows})
    with zipfile.ZipFile(folder / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"".join(as_csv(records)))
        archive.writestr("b.json", json.dumps(records))
        archive.write(book, "c.xlsx")
    pl.DataFrame(records).write_parquet(folder / "a.parquet")
    return {name: (folder / name).read_bytes() for name in WHOLE}


@pytest.mark.parametrize("name", WHOLE)
def test_a_cut_workbook_or_archive_is_refused_with_a_reason(packed, name, tmp_path):
    content = packed[name]
    path = tmp_path / name
    path.write_bytes(content)
    assert verdict(path) == (WHOLE[name], None)
    for cut in range(1, len(content), max(1, len(content) // 60)):
        path.write_bytes(content[:cut])
        read, why = verdict(path)
        assert why
        assert read == 0


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("seed", range(30))
def test_a_damaged_workbook_or_archive_is_read_or_refused(packed, name, seed, tmp_path):
    chance = random.Random(seed)
    content = bytearray(packed[name])
    for _ in range(1 + seed % 5):
        content[chance.randrange(len(content))] = chance.randrange(256)
    path = tmp_path / name
    path.write_bytes(content)
    read, why = verdict(path)
    assert why or read


@pytest.mark.parametrize("name", ["a.xlsx", "a.zip"])
@pytest.mark.parametrize(("place", "sign"), [(6, 242), (8, 8), (46, 255)], ids=["version", "flags", "name"])
def test_a_list_of_members_that_is_damaged_is_no_crash(packed, name, place, sign, tmp_path):
    content = bytearray(packed[name])
    entry = content.index(b"PK\x01\x02")
    content[entry + place] = sign
    content[entry + 9] |= 8  # the name is said to be UTF-8
    path = tmp_path / name
    path.write_bytes(content)
    read, why = verdict(path)
    assert why or read


def test_a_parquet_file_is_read_up_to_where_it_is_damaged(tmp_path, monkeypatch):
    monkeypatch.setattr("listeners.reading.parquet.BATCH", 100)
    path = tmp_path / "a.parquet"
    pl.DataFrame([comment(number) for number in range(300)]).write_parquet(path, row_group_size=100)
    third = pq.ParquetFile(path).metadata.row_group(2).column(4)
    content = bytearray(path.read_bytes())
    content[third.data_page_offset : third.data_page_offset + 40] = b"x" * 40
    path.write_bytes(content)
    heard = hear(path)
    assert heard.mentions["id"].to_list() == [comment(number)["comment_id"] for number in range(200)]
    assert [(reject.line, reject.reason) for reject in heard.rejects] == [
        (201, "the Parquet file is damaged from here on")
    ]
