"""Reading beside bare parsers: `python -m bench.listening [ROWS]` prints a table; with `--large` it streams 1 GB.

A bare parser only makes values of a file's bytes. A listener finds encoding and format, maps every field, repairs times
and ids, and puts aside what is no mention.
"""

import csv
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import fastexcel
import msgspec
import polars as pl
import xlsxwriter

import listeners
from tingfeng.intake.demo import demo_batches

SEED: Final = 7
ROWS: Final = 100_000
_TIMES: Final = 3
_LARGE: Final = 2**30
_SIZE: Final = 2**20

Row = dict[str, Any]


def mentions(rows: int) -> Iterator[tuple[int, Row]]:
    """Invented mentions of any platform, numbered, each with a Xiaohongshu id that knows its time."""
    frame = pl.concat(demo_batches(rows, SEED)).head(rows)
    for number, row in enumerate(frame.iter_rows(named=True)):
        seconds = int((row["published_at"] or datetime(2025, 1, 1)).replace(tzinfo=UTC).timestamp())
        yield number, row | {"seconds": seconds, "hex": f"{seconds:08x}{number:016x}"}


def write_csv(path: Path, rows: int) -> None:
    """MediaCrawler's Xiaohongshu comments."""
    names = ("comment_id", "create_time", "ip_location", "note_id", "content", "user_id", "nickname", "avatar")
    more = ("sub_comment_count", "pictures", "parent_comment_id", "last_modify_ts", "like_count")
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow((*names, *more))
        for _, row in mentions(rows):
            note = row["hex"][::-1]
            start = (row["hex"], row["seconds"] * 1000, "上海", note, row["text"], row["author_id"], row["author_name"])
            writer.writerow((*start, "", 0, "", 0, row["seconds"] * 1000 + 5, row["likes"] or 0))


def write_ndjson(path: Path, rows: int) -> None:
    """Comments as the YouTube Data API gives them, one a line."""
    with path.open("w", encoding="utf-8") as file:
        for number, row in mentions(rows):
            published = datetime.fromtimestamp(row["seconds"], UTC).isoformat()
            snippet = {
                "videoId": "kovaTour000",
                "textDisplay": row["text"],
                "textOriginal": row["text"],
                "authorDisplayName": row["author_name"],
                "authorChannelUrl": f"https://www.youtube.com/channel/{row['author_id']}",
                "authorChannelId": {"value": row["author_id"]},
                "canRate": True,
                "viewerRating": "none",
                "likeCount": row["likes"] or 0,
                "publishedAt": published.replace("+00:00", "Z"),
                "updatedAt": published.replace("+00:00", "Z"),
            }
            comment = {"kind": "youtube#comment", "etag": "x" * 40, "id": f"Ug{number:024}", "snippet": snippet}
            file.write(json.dumps(comment, ensure_ascii=False) + "\n")


def write_json(path: Path, rows: int) -> None:
    """MediaCrawler's Weibo posts, one array."""
    items = [
        {
            "note_id": str((row["seconds"] - 515483463 << 22) + number % 4_000_000),
            "content": row["text"],
            "create_time": row["seconds"],
            "create_date_time": f"{datetime.fromtimestamp(row['seconds'], UTC):%Y-%m-%d %H:%M:%S}+00:00",
            "liked_count": str(row["likes"] or 0),
            "comments_count": "0",
            "shared_count": "0",
            "last_modify_ts": row["seconds"] * 1000,
            "note_url": "https://m.weibo.cn/detail/1",
            "ip_location": "上海",
            "user_id": row["author_id"],
            "nickname": row["author_name"],
            "gender": "f",
            "profile_url": "",
            "avatar": "",
            "source_keyword": "kova",
        }
        for number, row in mentions(rows)
    ]
    path.write_text(json.dumps(items, ensure_ascii=False), encoding="utf-8")


def write_xlsx(path: Path, rows: int) -> None:
    """The comments of `write_csv` as a workbook."""
    plain = path.with_suffix(".csv")
    write_csv(plain, rows)
    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        with plain.open(encoding="utf-8-sig", newline="") as file:
            for number, row in enumerate(csv.reader(file)):
                sheet.write_row(number, 0, row)


def parse_ndjson(path: Path) -> None:
    """Each line as a value."""
    decode = msgspec.json.Decoder().decode
    with path.open("rb") as file:
        for line in file:
            decode(line)


BARE: Final[dict[str, tuple[Callable[[Path, int], None], Callable[[Path], object], str, float]]] = {
    "csv": (write_csv, lambda path: pl.read_csv(path, infer_schema=False), "polars", 1),
    "ndjson": (write_ndjson, parse_ndjson, "msgspec", 1),
    "json": (write_json, lambda path: msgspec.json.decode(path.read_bytes()), "msgspec", 1),
    "xlsx": (
        write_xlsx,
        lambda path: fastexcel.read_excel(path).load_sheet(0, dtypes="string").to_polars(),
        "calamine",
        0.2,
    ),
}


def hear(path: Path) -> int:
    """How many mentions a file has."""
    source = next(iter(listeners.sources(str(path))))
    return sum(batch.mentions.height for batch in listeners.open(source))


def least(work: Callable[[], object]) -> float:
    """The shortest of some runs, in seconds."""
    found = []
    for _ in range(_TIMES):
        started = time.perf_counter()
        work()
        found.append(time.perf_counter() - started)
    return min(found)


def measure(rows: int) -> list[Row]:
    """By medium: rows, megabytes, seconds of both and their ratio."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for medium, (write, parse, parser, share) in BARE.items():
            path = Path(folder) / f"export.{medium}"
            count = round(rows * share)
            write(path, count)
            if hear(path) != count:
                raise SystemExit(f"Not all of the {count} records of {medium} are mentions")
            bare, heard = least(lambda: parse(path)), least(lambda: hear(path))  # noqa: B023 - called at once
            size = path.stat().st_size / _SIZE
            found.append({"medium": medium, "rows": count, "megabytes": size, "parser": parser} | timing(bare, heard))
    return found


def timing(bare: float, heard: float) -> Row:
    """Seconds of both, and how many times as long the second took."""
    return {"bare_seconds": bare, "heard_seconds": heard, "ratio": heard / bare}


def large() -> Row:
    """Reading a file of 1 GB: its seconds, and the most memory that this process had meanwhile."""
    with tempfile.TemporaryDirectory() as folder:
        part, whole = Path(folder) / "part.csv", Path(folder) / "whole.csv"
        write_csv(part, ROWS)
        header, _, body = part.read_bytes().partition(b"\r\n")
        with whole.open("wb") as file:
            file.write(header + b"\r\n")
            while file.tell() < _LARGE:
                file.write(body)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        started = time.perf_counter()
        rows = hear(whole)
        seconds = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"rows": rows, "seconds": seconds, "megabytes_before": before, "megabytes_most": after}


def main(rows: int = ROWS) -> None:
    """Measure and print."""
    print("| file | rows | MB | bare parser | seconds | listener: seconds | ratio |\n|---|---|---|---|---|---|---|")
    for one in measure(rows):
        start = f"| {one['medium']} | {one['rows']:,} | {one['megabytes']:.0f} | {one['parser']}"
        print(f"{start} | {one['bare_seconds']:.2f} | {one['heard_seconds']:.2f} | {one['ratio']:.1f} |")


if __name__ == "__main__":
    if "--large" in sys.argv:
        print(json.dumps(large(), indent=2))
    else:
        main(*map(int, sys.argv[1:]))
