import csv
import io
from pathlib import Path

import pytest

from tests.cli.conftest import Command


@pytest.fixture
def filled(tingfeng: Command, folder: Path) -> Command:
    """Three posts and a watchlist."""
    assert folder.is_dir()
    tingfeng("import", "posts.csv", "--platform", "weibo")
    tingfeng("watchlist", "save", "skin.yaml")
    return tingfeng


def test_volume_by_subject(filled: Command) -> None:
    result = filled("measure", "volume", "--watchlist", "Skin", "--by", "subject", "--json").json
    assert (result["measure"], result["filters"]) == ("volume", {"watchlist": "Skin", "zone": "Asia/Shanghai"})
    assert result["rows"] == [
        {"subject": "Lumora", "mentions": 2, "engagement": 5, "authors": 2},
        {"subject": "Velune", "mentions": 1, "engagement": None, "authors": 1},
    ]


def test_the_default_is_by_day_and_subject(filled: Command) -> None:
    rows = filled("measure", "volume", "--watchlist", "Skin", "--json").json["rows"]
    assert [(row["date"], row["subject"]) for row in rows] == [
        ("2025-01-13", "Lumora"),
        ("2025-01-15", "Lumora"),
        ("2025-01-15", "Velune"),
    ]


def test_sentiment_by_subject_is_the_one_toward_it(filled: Command) -> None:
    rows = filled("measure", "sentiment", "--watchlist", "Skin", "--by", "subject", "--json").json["rows"]
    assert [(row["subject"], row["positive"], row["negative"], row["net"]) for row in rows] == [
        ("Lumora", 1, 1, 0.0),
        ("Velune", 1, 0, 1.0),
    ]


@pytest.mark.parametrize(
    ("filters", "mentions"),
    [
        (["--subject", "Velune"], 1),
        (["--subject", "Velune,Lumora"], 2),
        (["--platform", "xiaohongshu"], 0),
        (["--platform", "xiaohongshu", "--platform", "weibo"], 2),
        (["--query", "sunscreen"], 1),
        (["--since", "2025-01-14"], 1),
        (["--until", "2025-01-15"], 1),
        (["--kind", "comment"], 0),
    ],
)
def test_filters(filled: Command, filters: list[str], mentions: int) -> None:
    rows = filled("measure", "volume", "--watchlist", "Skin", "--by", "platform", *filters, "--json").json["rows"]
    assert sum(row["mentions"] for row in rows) == mentions


def test_share_of_voice(filled: Command) -> None:
    rows = filled("measure", "share-of-voice", "--watchlist", "Skin", "--json").json["rows"]
    assert {row["subject"]: row["mentions"] for row in rows} == {"Lumora": 2, "Velune": 1}


def test_export_to_a_file_and_to_standard_output_are_the_same(filled: Command, folder: Path) -> None:
    done = filled("export", "--watchlist", "Skin", "--out", "out.csv", "--json")
    assert done.json == {"out": "out.csv", "rows": 2}
    streamed = filled("export", "--watchlist", "Skin", "--out", "-", "--json")
    assert streamed.out.encode() == (folder / "out.csv").read_bytes()
    assert '"rows": 2' in streamed.err
    rows = list(csv.DictReader(io.StringIO(streamed.out.removeprefix("\ufeff"))))
    assert [(row["id"], row["subjects"]) for row in rows] == [("a1", "Lumora"), ("a3", "Lumora|Velune")]


@pytest.mark.parametrize("name", ["out.xlsx", "out.parquet"])
def test_other_formats(filled: Command, folder: Path, name: str) -> None:
    assert filled("export", "--watchlist", "Skin", "--out", name, "--json").json["rows"] == 2
    assert (folder / name).stat().st_size > 1000


def test_a_correction_counts_until_it_is_withdrawn(filled: Command) -> None:
    def negative() -> tuple[int, int]:
        rows = filled("measure", "sentiment", "--watchlist", "Skin", "--by", "platform", "--json").json["rows"]
        return rows[0]["negative"], rows[0]["corrected"]

    before = negative()
    done = filled("correct", "weibo", "a1", "--label", "negative", "--json")
    assert done.json == {"platform": "weibo", "id": "a1", "subject": None, "label": "negative"}
    assert negative() == (before[0] + 1, 1)
    filled("import", "posts.csv", "--platform", "weibo")
    assert negative() == (before[0] + 1, 1)
    assert filled("correct", "weibo", "a1", "--label", "none", "--json").json["label"] == "positive"
    assert negative() == before


def test_a_correction_toward_a_subject_needs_a_match(filled: Command) -> None:
    done = filled("correct", "weibo", "a1", "--label", "negative", "--subject", "Velune", "--json")
    said = done.json["error"]
    assert (done.code, said["what"], said["where"]) == (
        1,
        "The mention does not match the subject 'Velune'",
        "weibo:a1",
    )
    assert filled("correct", "weibo", "a3", "--label", "negative", "--subject", "Velune", "--json").json["label"] == (
        "negative"
    )


def test_tags_are_searched_and_hidden_mentions_do_not_count(filled: Command) -> None:
    def mentions(query: str) -> int:
        rows = filled("measure", "volume", "--watchlist", "Skin", "--by", "platform", "--query", query, "--json").json
        return sum(row["mentions"] for row in rows["rows"])

    done = filled("tag", "weibo", "a1", "crisis", "vip", "--json")
    assert done.json == {"platform": "weibo", "id": "a1", "tags": ["crisis", "vip"]}
    assert mentions("tag:crisis") == 1
    assert filled("hide", "weibo", "a1", "--json").json == {"platform": "weibo", "id": "a1", "hidden": True}
    assert mentions("tag:crisis") == 0
    assert filled("hide", "weibo", "a1", "--undo").code == 0
    assert mentions("tag:vip") == 1
    filled("tag", "weibo", "a1")
    assert mentions("tag:vip") == 0
    assert filled("hide", "weibo", "a9").code == 1


def test_corrections_from_an_edited_export(filled: Command, folder: Path) -> None:
    filled("export", "--watchlist", "Skin", "--out", "out.csv")
    text = (folder / "out.csv").read_text(encoding="utf-8-sig").replace(",Lumora,positive,", ",Lumora,negative,")
    (folder / "out.csv").write_text(text, encoding="utf-8")
    label = {"platform": "weibo", "id": "a1", "label": "negative", "subject": None}
    for options, changed in ((["--dry-run"], 1), ([], 1), ([], 0)):
        done = filled("correct", "--file", "out.csv", *options, "--json").json
        assert (done["changed"], done["labels"]) == (changed, [label] * changed)


def test_a_query_on_labels_follows_corrections(filled: Command, folder: Path) -> None:
    watchlist = "name: Angry\nsubjects: [{name: Angry people, query: 'lumora label:negative'}]\n"
    (folder / "angry.yaml").write_text(watchlist, encoding="utf-8")
    before = filled("watchlist", "save", "angry.yaml", "--json").json["mentions"]
    filled("correct", "weibo", "a1", "--label", "negative")
    rows = filled("measure", "volume", "--watchlist", "Angry", "--by", "subject", "--json").json["rows"]
    assert rows[0]["mentions"] == before + 1
