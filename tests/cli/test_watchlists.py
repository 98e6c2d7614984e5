from pathlib import Path

from tests.cli.conftest import WATCHLIST, Command


def test_a_watchlist_comes_and_goes(tingfeng: Command, folder: Path) -> None:
    assert folder.is_dir()
    tingfeng("import", "posts.csv", "--platform", "weibo")
    saved = tingfeng("watchlist", "save", "skin.yaml", "--json").json
    assert (saved["watchlist"], saved["mentions"]) == ("Skin", 2)
    assert tingfeng("watchlist", "list", "--json").json == [
        {"name": "Skin", "time_zone": "Asia/Shanghai", "subjects": ["Lumora", "Velune"]}
    ]
    shown = tingfeng("watchlist", "show", "Skin").out
    assert tingfeng("watchlist", "save", "-", "--json", stdin=shown.encode()).json["mentions"] == 2
    assert tingfeng("watchlist", "show", "Skin", "--json").json["subjects"][1] == {
        "name": "Velune",
        "kind": "competitor",
        "query": "velune",
        "accounts": [],
    }
    assert tingfeng("watchlist", "delete", "Skin").code == 0
    assert tingfeng("measure", "volume", "--watchlist", "Skin").code == 1
    assert tingfeng("watchlist", "restore", "Skin", "--json").json == {"watchlist": "Skin", "mentions": 2}
    assert tingfeng("measure", "volume", "--watchlist", "Skin").code == 0


def test_order_of_import_and_save_does_not_matter(tingfeng: Command, folder: Path) -> None:
    assert folder.is_dir()
    measure = ("measure", "sentiment", "--watchlist", "Skin", "--by", "subject,day", "--json")
    tingfeng("import", "posts.csv", "--platform", "weibo")
    tingfeng("watchlist", "save", "skin.yaml")
    after = tingfeng(*measure).json
    tingfeng("imports", "undo", "1")
    tingfeng("import", "posts.csv", "--platform", "weibo")
    assert tingfeng(*measure).json == after
    assert len(after["rows"]) == 3


def test_what_a_query_means_and_finds(tingfeng: Command, folder: Path) -> None:
    assert folder.is_dir()
    tingfeng("import", "posts.csv", "--platform", "weibo")
    result = tingfeng("watchlist", "test", "velune OR sunscreen NOT terrible", "--json").json
    assert set(result) == {"understood", "count", "examples"}
    assert result["count"] == 2
    assert [example["id"] for example in result["examples"]] == ["a3", "a1"]
    assert "AND is read before OR" in result["understood"]


def test_a_query_is_tested_as_its_watchlist_would_match_it(tingfeng: Command, folder: Path) -> None:
    narrow = WATCHLIST.replace("Skin", "Narrow").replace("subjects:", "platforms: [x]\nsubjects:")
    (folder / "narrow.yaml").write_text(narrow, encoding="utf-8")
    late = "platform,id,published_at,text\nweibo,late,2025-01-13T17:00:00Z,lumora at one in the morning\n"
    (folder / "late.csv").write_text(late, encoding="utf-8")
    for command in (("save", "skin.yaml"), ("save", "narrow.yaml")):
        tingfeng("watchlist", *command)
    tingfeng("import", "late.csv")

    def count(*options: str) -> int:
        done = tingfeng("watchlist", "test", "lumora since:2025-01-14", *options, "--json")
        return int(done.json["count"])

    assert count() == 0
    assert count("--watchlist", "Skin") == count("--time-zone", "+08:00") == 1
    assert count("--watchlist", "Skin", "--time-zone", "UTC") == 0
    assert count("--watchlist", "Narrow") == 0


def test_replies_to_a_kol_are_matched_whichever_comes_first(tingfeng: Command, folder: Path) -> None:
    (folder / "kol.yaml").write_text(
        "name: KOLs\nsubjects: [{name: River, kind: kol, accounts: [weibo:77]}]\n", encoding="utf-8"
    )
    reply = (
        "platform,id,kind,parent_id,author_id,published_at,text\nweibo,c1,comment,p1,5,2025-01-13T10:00:00Z,so true\n"
    )
    post = "platform,id,kind,parent_id,author_id,published_at,text\nweibo,p1,post,,77,2025-01-13T09:00:00Z,my day\n"
    (folder / "reply.csv").write_text(reply, encoding="utf-8")
    (folder / "post.csv").write_text(post, encoding="utf-8")
    tingfeng("watchlist", "save", "kol.yaml")
    tingfeng("import", "reply.csv")
    mentions = []
    for command in (("import", "post.csv"), ("imports", "undo", "2")):
        tingfeng(*command)
        rows = tingfeng("measure", "volume", "--watchlist", "KOLs", "--by", "subject", "--json").json["rows"]
        mentions.append([row["mentions"] for row in rows])
    assert mentions == [[2], []]


def test_saving_counts_replies_and_names_accounts_that_published_nothing(tingfeng: Command, folder: Path) -> None:
    (folder / "said.csv").write_text(
        "platform,id,kind,parent_id,author_id,author_handle,published_at,text\n"
        "weibo,p1,post,,77,Rive,2025-01-13T09:00:00Z,my day\n"
        "weibo,c1,comment,p1,5,,2025-01-13T10:00:00Z,so true\n"
        "weibo,c2,comment,p1,6,,2025-01-13T11:00:00Z,me too\n"
        "weibo,p2,post,,8,,2025-01-13T12:00:00Z,something else\n",
        encoding="utf-8",
    )
    accounts = "['weibo:77', 'weibo:@RIVE', 'weibo:@River', 'x:77', 'weibo:7']"
    watchlist = f"name: KOLs\nsubjects: [{{name: River, kind: kol, accounts: {accounts}}}]\n"
    tingfeng("import", "said.csv")
    saved = tingfeng("watchlist", "save", "-", "--json", stdin=watchlist.encode()).json
    assert saved["mentions"] == 3
    assert saved["unmatched_accounts"] == ["weibo:@river", "x:77", "weibo:7"]
    said = tingfeng("watchlist", "save", "-", stdin=watchlist.encode()).err
    assert "No stored mention is by weibo:@river, x:77, weibo:7" in said


def test_a_broken_watchlist_changes_nothing(tingfeng: Command, folder: Path) -> None:
    assert folder.is_dir()
    tingfeng("watchlist", "save", "skin.yaml")
    for broken in (WATCHLIST.replace("subjects:", "subject:"), WATCHLIST.replace("lumora}", "'(lumora'}"), "[", ""):
        done = tingfeng("watchlist", "save", "-", "--json", stdin=broken.encode())
        assert done.code == 1
        assert set(done.json["error"]) == {"what", "where", "hint"}
    assert len(tingfeng("watchlist", "show", "Skin", "--json").json["subjects"]) == 2
