"""Wrong input: the exit code, one sentence, and nothing changed."""

import errno
import os
from pathlib import Path

import duckdb
import pytest

from tests.cli.conftest import Command

_AFTER = ["measure", "volume", "--watchlist", "Skin", "--since", "2025-01-14T14:00"]
WRONG = [
    (1, ["import", "none.csv"], "There is no such file"),
    (1, ["import", "empty.csv"], "The file is empty"),
    (1, ["import", "junk.csv"], "nor a known kind of table"),
    (1, ["import", "posts.csv", "--platform", "weibo", "--map", "none.yaml"], "The mapping file cannot be read"),
    (2, ["import"], "Missing argument"),
    (2, ["import", "posts.csv", "--as", "foo"], "There is no format 'foo'"),
    (2, ["import", "posts.csv", "--platform", "myspace"], "There is no platform 'myspace'"),
    (2, ["import", "posts.csv", "--colour", "red"], "No such option"),
    (1, ["imports", "undo", "9"], "There is no import"),
    (2, ["imports", "undo", "x"], "is not a valid integer"),
    (1, ["watchlist", "save", "unknown_field.yaml"], "There is no field 'subject'"),
    (1, ["watchlist", "save", "broken_query.yaml"], "The query of subject 'A' cannot be read"),
    (1, ["watchlist", "save", "none.yaml"], "cannot be read"),
    (1, ["watchlist", "show", "Skim"], "did you mean 'Skin'?"),
    (1, ["watchlist", "delete", "None"], "There is no watchlist 'None'"),
    (1, ["watchlist", "test", "(a"], "never closed"),
    (1, ["watchlist", "test", "a", "--watchlist", "Skim"], "did you mean 'Skin'?"),
    (2, ["watchlist", "test", "a", "--time-zone", "Mars/Base"], "Mars/Base"),
    (1, ["measure", "volume", "--watchlist", "None"], "There is no watchlist 'None'"),
    (1, ["measure", "volume", "--watchlist", "Skin", "--query", '"a'], "never closed"),
    (1, ["measure", "volume", "--watchlist", "Skin", "--subject", "Lumara"], "did you mean 'Lumora'?"),
    (2, ["measure", "volumes", "--watchlist", "Skin"], "did you mean 'volume'?"),
    (2, ["measure", "volume", "--watchlist", "Skin", "--by", "galaxy"], "galaxy"),
    (2, ["measure", "share-of-voice", "--watchlist", "Skin", "--by", "day"], "takes no --by"),
    (2, ["measure", "volume", "--watchlist", "Skin", "--since", "yesterday"], "is no date or time"),
    (2, [*_AFTER, "--until", "2025-01-13"], "The period ends before it begins"),
    (2, [*_AFTER, "--until", "2025-01-13T23:00:00-06:00"], "The period ends before it begins"),
    (2, ["measure", "volume", "--watchlist", "Skin", "--label", "happy"], "There is no label 'happy'"),
    (2, ["measure", "volume", "--watchlist", "Skin", "--platform", "weibp"], "did you mean 'weibo'?"),
    (2, ["measure", "volume", "--watchlist", "Skin", "--language", "zz"], "There is no language 'zz'"),
    (2, ["export", "--watchlist", "Skin", "--out", "-", "--language", "mixd"], "did you mean 'mixed'?"),
    (2, ["export", "--watchlist", "Skin", "--out", "out.csv", "--platform", "zz"], "There is no platform 'zz'"),
    (2, ["measure", "volume"], "Missing option '--watchlist'"),
    (2, ["export", "--watchlist", "Skin", "--out", "out.doc"], "There is no export format 'doc'"),
    (1, ["export", "--watchlist", "Skin", "--out", "none/out.csv"], "There is no such folder"),
    (1, ["correct", "weibo", "zz", "--label", "positive"], "There is no mention"),
    (2, ["correct", "weibo", "zz", "--label", "happy"], "happy"),
    (2, ["correct", "weibo"], "A correction is PLATFORM ID --label L"),
    (1, ["correct", "--file", "none.csv"], "There is no such file"),
    (1, ["sentiment", "none.csv"], "The file cannot be read"),
    (2, ["sentiment", "posts.csv", "--engine", "oracle"], "There is no engine 'oracle'"),
    (1, ["sentiment", "posts.csv", "--column", "body"], "There is no column 'body'"),
    (2, ["watchlist", "test", "\udcff"], "The text '\\udcff' is no UTF-8"),
    (2, ["watchlist", "test", "a", "--watchlist", "\udcff"], "is no UTF-8 (watchlist)"),
    (2, ["measure", "volume", "--watchlist", "Skin", "--region", "\udcff"], "is no UTF-8 (region)"),
    (2, ["correct", "weibo", "\udcff", "--label", "positive"], "is no UTF-8 (id)"),
    (2, ["serve", "--host", "192.168.0.1"], "loopback"),
    (2, ["dance"], "No such command"),
]


@pytest.mark.parametrize(("code", "arguments", "sentence"), WRONG, ids=lambda part: str(part)[:40])
def test_one_sentence_and_nothing_changed(
    tingfeng: Command, folder: Path, code: int, arguments: list[str], sentence: str
) -> None:
    (folder / "empty.csv").touch()
    (folder / "junk.csv").write_bytes(bytes(range(256)) * 8)
    (folder / "unknown_field.yaml").write_text("name: A\nsubject: []\n")
    (folder / "broken_query.yaml").write_text("name: A\nsubjects: [{name: A, query: '(a'}]\n")
    tingfeng("watchlist", "save", "skin.yaml")
    before = (tingfeng("imports", "--json").json, tingfeng("watchlist", "list", "--json").json)
    plain, as_json = tingfeng(*arguments), tingfeng(*arguments, "--json")
    assert (plain.code, as_json.code) == (code, code)
    assert sentence in plain.err
    assert "Traceback" not in plain.err + as_json.err
    assert plain.err.strip().count("\n") == 0 or arguments[0] == "import"
    assert set(as_json.json["error"]) == {"what", "where", "hint"}
    assert (tingfeng("imports", "--json").json, tingfeng("watchlist", "list", "--json").json) == before


def test_what_nobody_expected_is_written_down_without_texts(
    tingfeng: Command, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tingfeng.store import Store

    def broken(_store: Store) -> None:
        raise RuntimeError("this may quote a mention")

    monkeypatch.setattr(Store, "imports", broken)
    done = tingfeng("imports", "--json")
    assert done.code == 1
    assert done.json["error"]["where"] == str(home / "tingfeng.log")
    log = (home / "tingfeng.log").read_text()
    assert "RuntimeError" in log
    assert "def imports" not in log
    assert "quote a mention" not in log.replace('raise RuntimeError("this may quote a mention")', "")


def test_a_full_disk_is_said_wherever_it_shows(
    tingfeng: Command, folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(home))

    assert folder.is_dir()
    tingfeng("watchlist", "save", "skin.yaml")
    for place, where, command in (
        ("tingfeng.reports.export", "out.csv", ["export", "--watchlist", "Skin", "--out", "out.csv"]),
        ("tingfeng.intake.importing.count", "posts.csv", ["import", "posts.csv", "--platform", "weibo"]),
        ("tingfeng.home.tempfile.TemporaryDirectory", str(home), ["import", "-", "--platform", "weibo"]),
        ("tingfeng.store.owner.claim", str(home), ["imports"]),
    ):
        with monkeypatch.context() as broken:
            broken.setattr(place, full)
            done = tingfeng(*command, "--json")
        assert done.code == 1
        hint = "what could not be written changed nothing; make room, then try again"
        assert done.json["error"] == {"what": "The disk is full", "where": where, "hint": hint}


def test_a_full_disk_is_said_when_duckdb_finds_it(
    tingfeng: Command, folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise duckdb.IOException(f'IO Error: Could not write file "x.wal": {os.strerror(errno.ENOSPC)}')

    assert folder.is_dir()
    for place in ("tingfeng.store.database.migrate", "tingfeng.store.saved.format_.write"):
        with monkeypatch.context() as broken:
            broken.setattr(place, full)
            done = tingfeng("watchlist", "save", "skin.yaml", "--json")
        assert done.json["error"]["what"] == "The disk is full"
        assert done.json["error"]["where"] == str(home / "tingfeng.duckdb")
    assert tingfeng("watchlist", "list", "--json").json == []


def test_a_home_that_cannot_be_written_is_read(
    tingfeng: Command, folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tingfeng("import", "posts.csv", "--platform", "weibo")
    tingfeng("watchlist", "save", "skin.yaml")

    def refused(*_: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(home / "owner.lock"))

    monkeypatch.setattr("tingfeng.store.owner.claim", refused)
    allowed = os.access
    monkeypatch.setattr("tingfeng.home.os.access", lambda path, mode: mode == os.R_OK and allowed(path, mode))
    measured = tingfeng("measure", "volume", "--watchlist", "Skin", "--by", "platform", "--json")
    assert (measured.code, measured.err) == (0, "")
    assert [row["mentions"] for row in measured.json["rows"]] == [2]
    assert tingfeng("export", "--watchlist", "Skin", "--out", "-").out.count("\n") == 3
    for command in (
        ["import", "posts.csv"],
        ["watchlist", "delete", "Skin"],
        ["correct", "weibo", "a1", "--label", "none"],
    ):
        done = tingfeng(*command, "--json")
        assert done.code == 1
        assert done.json["error"]["what"] == "The home folder cannot be written: Read-only file system"
        assert done.json["error"]["where"] == str(home)
    (home / "tingfeng.duckdb").unlink()
    assert "cannot be written" in tingfeng("imports").err


def test_a_log_that_cannot_be_written_is_left_out(
    tingfeng: Command, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "tingfeng.log").mkdir()
    monkeypatch.setattr("tingfeng.store.Store.imports", lambda _: 1 / 0)
    done = tingfeng("imports")
    assert done.err.startswith("Something went wrong inside Tingfeng (ZeroDivisionError)")
    assert done.err.count("\n") == 1
