"""What holds for every listener: its own files and nobody else's, exact values, the same frames again."""

import csv
import json

import polars as pl
import pytest
from polars.testing import assert_frame_equal

import listeners
from listeners.contract import LINE, Listener
from listeners.reading import tables
from listeners.registry import listeners as registered
from listeners.registry import nested
from tests.listeners.conftest import FIXTURES, expected, golden, hear, source
from tingfeng.home import config
from tingfeng.mentions.record import KINDS, SCHEMA

FILES = golden()
NAMES = [f"{path.parent.name}-{path.stem}" for path in FILES]
files = pytest.mark.parametrize("path", FILES, ids=NAMES)


def said(mentions: pl.DataFrame) -> list[dict[str, object]]:
    """Mentions as the expected files have them: without nulls, and without what the format itself says."""
    rows = mentions.with_columns(pl.col(pl.Datetime).dt.strftime("%Y-%m-%dT%H:%M:%S")).to_dicts()
    hidden = {"source", "platform"}
    return [
        {
            name: value
            for name, value in row.items()
            if value is not None and name not in hidden and (name, value) != ("marks", 0)
        }
        for row in rows
    ]


@files
def test_a_fixture_becomes_the_mentions_beside_it(path):
    heard, wanted = hear(path), expected(path)
    assert (heard.reading.format, heard.reading.platform) == (wanted["format"], wanted["platform"])
    assert heard.reading.time_zone == wanted["time_zone"]
    assert said(heard.mentions) == wanted["mentions"]
    assert [[reject.line, reject.reason] for reject in heard.rejects] == wanted["rejects"]


@files
def test_exactly_one_listener_wins(path):
    sample = next(iter(tables(source(path), nested()))).sample("export")
    scores = {one.name: one.recognise(sample) for one in registered()}
    best = max(scores.values())
    assert sample.format in {None, path.parent.name}
    assert scores[path.parent.name] == best > 0
    rivals = {name for name, score in scores.items() if score == best and name != path.parent.name}
    assert rivals <= {"mediacrawler_bilibili_comments", "mediacrawler_kuaishou_comments"}


@files
def test_frames_have_the_fields_of_the_record(path):
    mentions = hear(path).mentions
    assert {name: mentions.schema[name] for name in SCHEMA} == SCHEMA
    assert mentions.schema[LINE] == pl.Int64
    assert mentions["id"].null_count() == mentions["platform"].null_count() == 0
    assert set(mentions["kind"]) <= set(KINDS)
    assert set(mentions["platform"]) <= set(config("platforms"))
    assert not mentions.select((pl.col(pl.String) == "").any()).transpose().to_series().any()


@files
def test_reading_again_gives_the_same(path):
    first, second = hear(path), hear(path)
    assert_frame_equal(first.mentions, second.mentions)
    assert first.rejects == second.rejects


@files
def test_nothing_private_is_kept(path):
    kept = hear(path).mentions.write_json()
    for private in ("xsec", "secret", "18612345678", "13800000000", "avatar", "utm_"):
        assert private not in kept


@files
def test_a_cut_off_file_gives_what_is_whole(path, tmp_path):
    content = path.read_bytes()
    cut = tmp_path / path.name
    cut.write_bytes(content[: len(content) * 9 // 10])
    try:
        heard = hear(cut, as_format=path.parent.name)
    except listeners.NotRecognised:
        return
    whole = hear(path).mentions
    assert heard.mentions.height <= whole.height
    assert set(heard.mentions["id"]) <= set(whole["id"]) or heard.mentions.height == whole.height


def test_every_listener_has_a_fixture():
    names = {one.name for one in registered()}
    assert {path.parent.name for path in FILES} <= names
    assert names - {"tingfeng"} <= {path.parent.name for path in FILES}


def test_formats_say_what_can_be_read():
    found = listeners.formats()
    assert len({known.name for known in found}) == len(found) >= 16
    for known in found:
        assert known.how_recognised
        assert known.platform is None or known.platform in config("platforms")
        assert known.kind is None or known.kind in KINDS
    assert all(isinstance(one, Listener) for one in registered())


def records(path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", ["mediacrawler_xiaohongshu_comments", "mediacrawler_zhihu_posts", "tt_refugee"])
def test_the_same_records_as_json_and_json_lines_are_the_same_mentions(name, tmp_path):
    path = next(iter((FIXTURES / name).glob("*.csv")))
    rows = records(path)
    (tmp_path / "a.json").write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    (tmp_path / "a.txt").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    wanted = hear(path).mentions.drop(LINE)
    for other in ("a.json", "a.txt"):
        assert_frame_equal(hear(tmp_path / other).mentions.drop(LINE), wanted)
