"""`learn` and `rules` on the command line."""

from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.sentiment.test_learning import workspace


@pytest.fixture
def labelled(tingfeng: Command, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """The command line over sixty corrected captions and complaints, with our own engine."""
    monkeypatch.setenv("TINGFENG_ENGINE", "tingfeng")
    rows = [f'weibo,m{i},2025-01-13T10:00:00Z,"{one.text}"' for i, one in enumerate(workspace(60))]
    (folder / "captions.csv").write_text("\n".join(["platform,id,published_at,text", *rows]), encoding="utf-8")
    assert tingfeng("import", "captions.csv", "--json").json["total"]["new"] == 60
    for i, one in enumerate(workspace(60)):
        assert tingfeng("correct", "weibo", f"m{i}", "--label", one.label).code == 0
    return tingfeng


def test_learning_is_told_in_one_sentence_and_can_be_forgotten(labelled: Command) -> None:
    told = labelled("learn")
    assert told.code == 0
    assert told.out.startswith("60 corrections: agreement ")
    state = labelled("learn", "--json").json
    assert set(state) == {"engine", "plain_engine", "corrections", "adapted", "outdated", "report", "at"}
    before, after = (f"{state['report'][name] * 100:.0f} %" for name in ("before", "after"))
    assert told.out == f"60 corrections: agreement {before} -> {after}\n"
    assert state["engine"].startswith(f"{state['plain_engine']} + ")
    forgotten = labelled("learn", "--forget", "--json").json
    assert (forgotten["engine"], forgotten["corrections"]) == (state["plain_engine"], 60)
    assert "as it ships" in labelled("learn", "--forget").out


def test_too_few_corrections_are_told(tingfeng: Command, folder: Path) -> None:
    assert folder.is_dir()
    tingfeng("import", "posts.csv", "--platform", "weibo")
    tingfeng("correct", "weibo", "a1", "--label", "neutral")
    assert tingfeng("learn").out == "1 correction: at least 20 are needed.\n"


def test_rules_come_and_go(tingfeng: Command, folder: Path) -> None:
    assert folder.is_dir()
    tingfeng("import", "posts.csv", "--platform", "weibo")
    assert tingfeng("rules", "--json").json == []
    rule = {"term": "Sunscreen", "label": "positive", "weight": 1.5, "note": "sells well", "mentions": 1}
    options = ("--label", "positive", "--weight", "1.5", "--note", "sells well")
    assert tingfeng("rules", "add", "Sunscreen", *options, "--json").json == [rule]
    assert tingfeng("rules", "--json").json == [rule]
    assert "sells well" in tingfeng("rules").out
    assert tingfeng("rules", "remove", "sunscreen", "--json").json == []
    assert tingfeng("rules").err == "There are no word rules.\n"


def test_a_wrong_rule_is_refused_in_a_sentence(tingfeng: Command) -> None:
    done = tingfeng("rules", "add", "dupe", "--label", "awful", "--json")
    assert (done.code, done.json["error"]["what"]) == (2, "'awful' is no label")
    gone = tingfeng("rules", "remove", "dupe", "--json")
    assert (gone.code, gone.json["error"]["what"]) == (1, "There is no word rule 'dupe'")
