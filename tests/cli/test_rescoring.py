from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tingfeng.operations import ownership
from tingfeng.store import Store


def aged(tingfeng: Command) -> None:
    """Three mentions that an earlier version scored."""
    assert tingfeng("watchlist", "save", "skin.yaml").code == 0
    tingfeng("import", "posts.csv", "--platform", "weibo")
    age()


def age() -> None:
    with Store.open(ownership.store_path()) as store, store.transaction() as cursor:
        cursor.execute("UPDATE mentions SET engine = 'vader 0', engine_label = 'neutral', label = 'neutral'")


@pytest.mark.usefixtures("folder")
def test_the_same_whoever_owns_the_store(tingfeng: Command) -> None:
    aged(tingfeng)
    alone = tingfeng("rescore", "--json").json
    age()
    owning = ownership.take("dashboard")
    assert owning
    try:
        asked = tingfeng("rescore", "--json").json
    finally:
        owning.close()
    for result in (alone, asked):
        assert result.pop("seconds") >= 0
        assert result == {"engine": "vader 1", "rescored": 3, "waiting": 0}


@pytest.mark.usefixtures("folder")
def test_in_words_and_what_other_engines_scored(tingfeng: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    aged(tingfeng)
    (store,) = [check for check in tingfeng("doctor", "--json").json["checks"] if check["name"] == "store"]
    assert "3 wait to be read again with vader 1" in store["detail"]
    done = tingfeng("rescore")
    assert (done.code, done.out, done.err) == (0, "", "Read 3 mentions again with vader 1; 0 wait.\n")
    monkeypatch.setenv("TINGFENG_ENGINE", "router")
    assert tingfeng("rescore").err == "Read 0 mentions again with router 1; 0 wait.\n"
    assert tingfeng("rescore", "--all").err == "Read 3 mentions again with router 1; 0 wait.\n"
    assert tingfeng("export", "--watchlist", "Skin", "--out", "out.csv").code == 0
    assert Path("out.csv").read_text(encoding="utf-8-sig").count("router 1") == 2


def test_an_unknown_engine_is_wrong_usage(tingfeng: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TINGFENG_ENGINE", "oracle")
    done = tingfeng("rescore", "--json")
    assert (done.code, done.json["error"]["what"]) == (2, "There is no sentiment engine called 'oracle'")
