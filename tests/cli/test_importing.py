import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.cli.conftest import POSTS, Command

COUNTS = ("read", "new", "updated", "unchanged", "rejected")


def counts(judged: dict[str, int]) -> tuple[int, ...]:
    return tuple(judged[name] for name in COUNTS)


@pytest.mark.usefixtures("folder")
class TestAFile:
    def test_its_verdict_has_every_field_and_adds_up(self, tingfeng: Command) -> None:
        result = tingfeng("import", "posts.csv", "--platform", "xiaohongshu", "--json").json
        (judged,) = result["files"]
        assert result["import"] == 1
        assert judged["file"] == "posts.csv"
        assert (judged["format"], judged["platform"]) == ("table", "xiaohongshu")
        assert counts(judged) == (4, 3, 0, 0, 1)
        assert judged["repaired"] == {"times": 0, "ids": 0}
        assert judged["mapping"]["columns"]["text"] == "text"
        assert counts(result["total"]) == counts(judged)

    def test_a_second_time_nothing_is_new(self, tingfeng: Command) -> None:
        for expected in ((4, 3, 0, 0, 1), (4, 0, 0, 3, 1)):
            result = tingfeng("import", "posts.csv", "--platform", "xiaohongshu", "--json").json
            assert counts(result["total"]) == expected
        assert len(tingfeng("rejects", "--json").json["rows"]) == 1

    def test_by_standard_input(self, tingfeng: Command) -> None:
        result = tingfeng("import", "-", "--platform", "weibo", "--json", stdin=POSTS.encode()).json
        assert (result["files"][0]["file"], counts(result["total"])) == ("-", (4, 3, 0, 0, 1))

    def test_undone(self, tingfeng: Command) -> None:
        tingfeng("import", "posts.csv", "--platform", "xiaohongshu")
        assert tingfeng("imports", "undo", "1", "--json").json["removed"] == 3
        assert tingfeng("imports", "--json").json[0]["status"] == "undone"
        assert tingfeng("imports", "undo", "1").code == 1


def test_a_dry_run_says_the_same_and_writes_nothing(tingfeng: Command, folder: Path) -> None:
    changed = POSTS.replace("great and I love it,5", "great and I love it,6")
    (folder / "second.csv").write_text(changed, encoding="utf-8")
    command = ("import", ".", "--platform", "xiaohongshu", "--json")
    rehearsed = tingfeng(*command, "--dry-run").json
    assert rehearsed["import"] is None
    assert tingfeng("imports", "--json").json == []
    assert tingfeng("rejects", "--json").json["rows"] == []
    real = tingfeng(*command).json
    assert [counts(judged) for judged in real["files"]] == [(4, 3, 0, 0, 1), (4, 0, 1, 2, 1), (0, 0, 0, 0, 0)]
    assert [counts(judged) for judged in rehearsed["files"]] == [counts(judged) for judged in real["files"]]
    again = tingfeng(*command, "--dry-run").json
    assert counts(again["total"]) == (8, 0, 2, 4, 2)


def test_a_folder_with_strange_files_is_handled(tingfeng: Command, folder: Path) -> None:
    (folder / "junk.csv").write_bytes(bytes(range(256)) * 8)
    done = tingfeng("import", str(folder), "--platform", "xiaohongshu", "--json")
    assert done.code == 0
    judged = {Path(entry["file"]).name: entry for entry in done.json["files"]}
    assert judged["junk.csv"]["format"] is None
    assert "nor a known kind of table" in judged["junk.csv"]["error"]
    assert counts(judged["posts.csv"]) == (4, 3, 0, 0, 1)


def test_files_are_named_as_they_were_given(tingfeng: Command, folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "posts.csv").rename(folder / "sub" / "posts.csv")
    with ZipFile("sub.zip", "w") as archive:
        archive.write("sub/posts.csv", "inner.csv")
    result = tingfeng("import", "sub/", "./sub/posts.csv", "sub.zip", "--platform", "weibo", "--json").json
    assert [judged["file"] for judged in result["files"]] == ["sub/posts.csv", "./sub/posts.csv", "sub.zip!inner.csv"]


def test_one_bad_path_does_not_stop_the_others(tingfeng: Command, folder: Path) -> None:
    (folder / "empty.csv").touch()
    done = tingfeng("import", "none.csv", "empty.csv", "posts.csv", "--platform", "weibo", "--json")
    assert done.code == 1
    assert counts(done.json["total"]) == (4, 3, 0, 0, 1)
    assert done.json["error"]["where"] == "none.csv, empty.csv"


def test_a_mended_row_leaves_the_quarantine(tingfeng: Command, folder: Path) -> None:
    from tingfeng.operations import run

    assert folder.is_dir()
    tingfeng("import", "posts.csv", "--platform", "weibo")
    assert len(tingfeng("rejects", "--retry", "--json").json["rows"]) == 1
    (row,) = tingfeng("rejects", "--json").json["rows"]
    assert (row["file"], row["line"]) == ("posts.csv", 5)
    raw = json.dumps(json.loads(row["raw"]) | {"text": "now it has a text"})
    mended = run("retry", {"rows": [{"number": row["number"], "raw": raw}]})
    assert (mended["rows"], mended["total"]["new"]) == ([], 1)


def test_a_mapping_that_was_given_is_remembered_for_the_layout(tingfeng: Command, folder: Path) -> None:
    (folder / "odd.csv").write_text("k,w,x\n1,2025-01-13 10:00:00,fine weather today\n", encoding="utf-8")
    (folder / "map.yaml").write_text(
        "platform: weibo\ntime_zone: Asia/Shanghai\ncolumns: {id: k, published_at: w, text: x}\n", encoding="utf-8"
    )
    assert tingfeng("import", "odd.csv", "--dry-run").code == 1
    first = tingfeng("import", "odd.csv", "--map", "map.yaml", "--json")
    assert counts(first.json["total"]) == (1, 1, 0, 0, 0)
    again = tingfeng("import", "odd.csv", "--json").json
    assert counts(again["total"]) == (1, 0, 0, 1, 0)
    assert again["files"][0]["mapping"]["columns"] == {"id": "k", "published_at": "w", "text": "x"}


def test_labels_and_tags_travel_with_our_own_export(
    tingfeng: Command, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tingfeng.operations import run

    assert folder.is_dir()
    tingfeng("watchlist", "save", "skin.yaml")
    tingfeng("import", "posts.csv", "--platform", "weibo")
    tingfeng("correct", "weibo", "a1", "--label", "negative")
    run("tag", {"platform": "weibo", "id": "a3", "tags": ["urgent"]})
    assert tingfeng("export", "--watchlist", "Skin", "--out", "out.csv").code == 0
    monkeypatch.setenv("TINGFENG_HOME", str(tmp_path / "other"))
    tingfeng("watchlist", "save", "skin.yaml")
    for new in (2, 0):
        assert tingfeng("import", "out.csv", "--json").json["total"]["new"] == new
        rows = tingfeng("measure", "sentiment", "--watchlist", "Skin", "--by", "platform", "--json").json["rows"]
        assert (rows[0]["negative"], rows[0]["corrected"]) == (2, 1)
        assert tingfeng("watchlist", "test", "tag:urgent", "--json").json["count"] == 1


def test_an_older_export_takes_no_later_correction_back(tingfeng: Command, folder: Path) -> None:
    assert folder.is_dir()
    tingfeng("watchlist", "save", "skin.yaml")
    tingfeng("import", "posts.csv", "--platform", "weibo")
    for then, later, count in (("negative", "neutral", 1), ("negative", "none", 0)):
        tingfeng("correct", "weibo", "a1", "--label", then)
        tingfeng("export", "--watchlist", "Skin", "--out", "older.csv")
        now = tingfeng("correct", "weibo", "a1", "--label", later, "--json").json["label"]
        assert tingfeng("import", "older.csv").code == 0
        rows = tingfeng("measure", "sentiment", "--watchlist", "Skin", "--by", "platform", "--json").json["rows"]
        assert rows[0]["corrected"] == count
        assert now == ("neutral" if count else "positive")


@pytest.mark.parametrize(
    ("table", "options", "hint"),
    [
        ("id,text,published_at\n1,fine weather,2025-01-13\n", (), "pass it with --map, or say --platform"),
        ("id,text,published_at\n1,fine weather,soon\n", ("--platform", "weibo"), "pass it with --map"),
        ("id,text,published_at\n1,fine weather,soon\n", (), "pass it with --map"),
    ],
)
def test_the_hint_names_the_platform_where_only_that_is_lacking(
    tingfeng: Command, folder: Path, table: str, options: tuple[str, ...], hint: str
) -> None:
    (folder / "odd.csv").write_text(table, encoding="utf-8")
    error = tingfeng("import", "odd.csv", *options, "--json").json["error"]
    assert error["what"].startswith("The table lacks ")
    assert error["hint"] == f"correct the proposed mapping and {hint}"


def test_ids_that_only_count_rows_are_said_in_the_verdict(tingfeng: Command, folder: Path) -> None:
    rows = "".join(f"{number},cup {number} is nice\n" for number in range(1, 9))
    (folder / "numbered.csv").write_text(f"id,text\n{rows}", encoding="utf-8")
    (folder / "map.yaml").write_text("columns: {id: id, text: text}\n", encoding="utf-8")
    command = ("import", "numbered.csv", "--platform", "weibo", "--map", "map.yaml", "--dry-run")
    assert tingfeng(*command, "--json").json["files"][0]["running_ids"]
    assert "numbered.csv: the ids only count the rows" in tingfeng(*command).err
    assert not tingfeng("import", "posts.csv", "--platform", "weibo", "--json").json["files"][0]["running_ids"]
