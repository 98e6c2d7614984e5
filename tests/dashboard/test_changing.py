"""What people change through pages is in the store afterwards."""

import io

import polars as pl
import pytest
import yaml
from streamlit.testing.v1 import AppTest

from sentiment import WordRule, version
from tests.dashboard.conftest import words_on
from tests.tiny_store import add, mention
from tingfeng import operations
from tingfeng.dashboard.address import Choice
from tingfeng.dashboard.parts import doing, zones
from tingfeng.dashboard.parts.downloads import _written
from tingfeng.dashboard.safe import plain
from tingfeng.dashboard.view import View
from tingfeng.dashboard.words import words
from tingfeng.mentions.record import SCHEMA, conform
from tingfeng.operations import run
from tingfeng.store import Filters
from tingfeng.store.matches import MATCH
from tingfeng.watchlists import read


def dialog(platform: str, identity: str) -> None:
    """What the dialog over a mention shows, as a page of its own: AppTest runs no fragments."""
    import streamlit

    from tingfeng.dashboard import opening
    from tingfeng.dashboard.address import Choice
    from tingfeng.dashboard.parts import detail
    from tingfeng.dashboard.words import words

    view = opening.view(words("en"))
    view.choice = Choice("Coffee", "all")
    detail.body(view, platform, identity)
    streamlit.space()


def opened(platform, identity):
    return AppTest.from_function(dialog, default_timeout=60, args=(platform, identity)).run()


def test_the_dialog_opens_over_its_mention(filled, page):
    app = page("mentions", lang="en", period="all", query="避雷")
    app.button(key="why.weibo:2").click().run()
    assert not app.exception
    assert "found Negative with confidence 90%" in words_on(app)


def test_the_reason_of_a_label_is_told(filled):
    said = words_on(opened("weibo", "2"))
    assert "found Negative with confidence 90%" in said
    assert plain("2025-01-13 13:00 (Asia/Shanghai)") in said
    assert "score −0\\.50" in said


def test_an_explanation_by_another_version_than_the_labels_says_so(filled):
    said = words_on(opened("weibo", "1"))
    assert plain(f"The label came from tiny 1. The words below show how {version()} reads the mention") in said
    with filled.transaction() as cursor:
        cursor.execute("UPDATE mentions SET engine = ?", [version()])
    assert "The label came from" not in words_on(opened("weibo", "1"))
    with operations.workspace().operating():  # so nothing is read again meanwhile
        filled.save_word_rule(WordRule("lovely", "negative"))
        said = words_on(opened("weibo", "1"))
    now = operations.workspace().engine_version()
    assert plain(f"The label came from {version()}. The words below show how {now} reads the mention") in said
    assert "which finds Negative" in said


def test_correcting_a_label_changes_the_store_and_can_be_withdrawn(filled):
    app = opened("weibo", "2")
    app.button(key="label.weibo:2:.positive").click().run()
    assert filled.mention("weibo", "2")["label"] == "positive"
    assert [(each["label"], each["origin"]) for each in filled.corrections("weibo", "2")] == [("positive", "dashboard")]
    assert "An analyst set the label Positive" in words_on(app)
    app.button(key="label.weibo:2:.none").click().run()
    assert filled.mention("weibo", "2")["label"] == "negative"
    assert app.expander[0].label == "2 corrections"


def test_correcting_what_is_said_about_one_subject_leaves_the_mention(filled):
    app = opened("x", "4")
    app.button(key="label.x:4:Bluepine.positive").click().run()
    assert filled.mention("x", "4")["corrected"] is False
    labels = filled.labels(Filters("Coffee", platforms=("x",)), ["subject"]).set_index("subject")
    assert labels.loc["Bluepine", "positive"] == 1
    assert labels.loc["Kova", "corrected"] == 0
    assert app.button(key="label.x:4:Bluepine.none").label == "Withdraw"


def test_hiding_takes_a_mention_out_of_every_number(filled, page):
    app = opened("weibo", "2")
    app.button(key="hide.weibo:2").click().run()
    assert filled.count(Filters("Coffee")) == 4
    assert app.button(key="hide.weibo:2").label == "Show again"
    app = page("mentions", lang="en", period="all")
    app.toggle(key="mentions.hidden").set_value(True).run()
    assert "1 mention" in words_on(app)


def test_tags_are_kept(filled):
    filled.tag("weibo", "2", ["price", "rude"])
    opened("weibo", "2").multiselect(key="tags.weibo:2").set_value(["price"]).run()
    assert filled.mention("weibo", "2")["tags"] == "price"


@pytest.mark.parametrize("tags", [["x" * 201], ["price", *map(str, range(100))]])
def test_tags_without_end_are_refused(filled, tags):
    app = opened("weibo", "2")
    app.multiselect(key="tags.weibo:2").set_value(tags).run()
    assert "A mention has at most 100 tags of 200 characters" in app.error[0].value
    assert not filled.mention("weibo", "2")["tags"]


def test_a_watchlist_is_made_with_a_preview_of_its_query(filled, page):
    app = page("watchlists", lang="en")
    app.button(key="watchlist.new").click().run()
    fields = {each.label: each for each in app.text_input}
    fields["Name"].set_value("Prices")
    fields["Subject"].set_value("Dear")
    fields["Query"].set_value("涨价 OR (").run()
    assert "position" in app.error[0].value
    next(each for each in app.text_input if each.label == "Query").set_value("涨价").run()
    assert "1 stored mention" in words_on(app)
    app.button(key="editor.save").click().run()
    assert not app.error
    assert [each.name for each in filled.watchlists()] == ["Coffee", "Prices"]
    assert filled.count(Filters("Prices")) == 1


def test_a_preview_reads_the_query_with_the_drafts_zone_and_platforms(filled, page):
    watched = (
        "name: Tea\ntime_zone: {}\nplatforms: [weibo]\nsubjects: [{{name: Kova, query: 'since:2025-01-13T11:00'}}]"
    )
    for zone, said in (("Asia/Shanghai", "2 stored mentions"), ("UTC", "1 stored mention")):
        filled.save_watchlist(read(watched.format(zone)))
        app = page("watchlists", lang="en")
        app.button(key="edit.Tea").click().run()
        assert not app.exception
        assert f"**{said}**" in words_on(app)


RIVER = [
    mention(6, "2025-01-13T02:00", text="morning", author_id="u6", author_name="River *Song*", author_handle="river"),
    mention(7, "2025-01-13T03:00", text="noon", author_id="u6", author_name="River *Song*", author_handle="River"),
    mention(8, "2025-01-13T03:00", text="night", platform="x", author_handle="@RiverX"),
]  # fmt: skip


def editing(page, lang="en"):
    app = page("watchlists", lang=lang)
    return app.button(key="watchlist.new").click().run()


def test_the_posts_of_accounts_are_counted_and_a_mistyped_one_is_said(filled, page):
    add(filled, "Coffee", RIVER)
    app = editing(page)
    app.text_area[0].set_value("weibo:u6\nx:@riverx\nweibo:@riversng\nweibo:").run()
    said = words_on(app)
    assert plain("weibo:u6: 2 stored mentions") in said
    assert plain("x:@riverx: 1 stored mention") in said
    assert plain("weibo:@riversng: no stored author is called that") in said
    assert "names no author" in app.error[0].value
    assert "Write a query" not in said


def test_a_stored_author_is_chosen_and_written_as_watchlists_need_it(filled, page):
    add(filled, "Coffee", RIVER)
    app = editing(page)
    next(each for each in app.text_input if each.label == "Name, handle or id").set_value("RIVER").run()
    found = {each.key.rsplit(".", 1)[1]: each for each in app.button if ".accounts." in each.key}
    assert found["weibo:u6"].label == plain("River *Song* · @river · u6 · Weibo · 2 mentions")
    assert found["x:@riverx"].label == plain("@RiverX · X · 1 mention")
    found["weibo:u6"].click().run()
    assert app.text_area[0].value == "weibo:u6"
    assert not app.warning
    next(each for each in app.button if each.key.endswith("x:@riverx")).click().run()
    fields = {each.label: each for each in app.text_input}
    fields["Name"].set_value("KOLs")
    fields["Subject"].set_value("River").run()
    app.button(key="editor.save").click().run()
    assert filled.watchlist("KOLs").subjects[0].accounts == ("weibo:u6", "x:@riverx")
    assert filled.count(Filters("KOLs")) == 3


def test_the_kind_of_a_subject_is_said_in_the_language_switched_to(filled, page):
    app = editing(page)
    english = next(each for each in app.selectbox if each.label == "Kind")
    assert english.set_value("topic").run().selectbox
    app.segmented_control(key="bar.lang").set_value("zh").run()
    chinese = next(each for each in app.selectbox if each.label == "类型")
    assert (chinese.value, chinese.options[0]) == ("topic", "品牌")
    assert chinese.key != english.key


def test_a_mention_whose_id_holds_a_quote_opens(filled):
    add(filled, "Coffee", [mention('7"x', "2025-01-13T02:00", text="kova", label="neutral", about={"Kova": "neutral"})])
    app = opened("weibo", '7"x')
    assert not app.exception
    assert app.button(key='label.weibo:7"x:Kova.positive').label == "Positive"


def test_a_watchlist_that_is_wrong_is_not_saved_and_says_why(filled, page):
    app = page("watchlists", lang="zh")
    app.button(key="watchlist.new").click().run()
    app.button(key="editor.save").click().run()
    assert "缺少名称" in app.error[0].value
    assert len(filled.watchlists()) == 1


def test_renaming_a_watchlist_leaves_no_old_one(filled, page):
    app = page("watchlists", lang="en")
    app.button(key="edit.Coffee").click().run()
    next(each for each in app.text_input if each.label == "Name").set_value("Beans").run()
    app.button(key="editor.save").click().run()
    assert [each.name for each in filled.watchlists()] == ["Beans"]


def test_every_deleted_watchlist_can_be_restored_after_the_page_was_left(filled, page):
    filled.save_watchlist(read("name: Tea\nsubjects: [{name: Leaf, query: leaf}]"))
    app = page("watchlists", lang="en")
    assert not app.expander
    app.button(key="delete.Coffee").click().run()
    assert app.toast[0].value == plain("Deleted Coffee. It can be restored below.")
    app.button(key="delete.Tea").click().run()
    assert filled.watchlists() == []
    app = page("watchlists", lang="en")
    assert app.expander[0].label == "Recently deleted: 2 watchlists"
    app.button(key="restore.Coffee").click().run()
    assert [each.name for each in filled.watchlists()] == ["Coffee"]
    assert app.expander[0].label == "Recently deleted: 1 watchlist"
    assert filled.count(Filters("Coffee", ("Kova",))) == 4


def test_a_duplicate_has_a_name_of_its_own(filled, page):
    app = page("watchlists", lang="en")
    app.button(key="copy.Coffee").click().run()
    app.button(key="editor.save").click().run()
    assert [each.name for each in filled.watchlists()] == ["Coffee", "Coffee copy 1"]


def test_a_file_is_checked_before_it_is_imported(store, page):
    table = "评论内容,昵称,时间,视频链接\n" + "".join(
        f"这款面霜真的很好用{number},阿柚,2025-01-{number:02} 09:30:00,https://www.douyin.com/video/74500000000000000{number}\n"
        for number in range(10, 15)
    )
    app = page("sources", lang="en")
    app.get("file_uploader")[0].upload("douyin.csv", io.BytesIO(table.encode("gb18030")).read()).run()
    assert store.count() == 0
    checked = app.dataframe[0].value
    assert (checked["Read"][0], checked["New"][0], checked["Platform"][0]) == (5, 5, "Douyin")
    app.button(key="sources.begin").click().run()
    assert store.count() == 5
    assert "5 mentions stored." in app.success[0].value
    assert store.imports()[0]["paths"] == ["douyin.csv"]
    app.button(key="undo.1").click().run()
    assert store.count() == 0


def test_a_file_that_is_no_table_is_said_and_cannot_be_imported(store, page):
    app = page("sources", lang="zh")
    app.get("file_uploader")[0].upload("empty.csv", b"").run()
    assert "文件为空" in words_on(app)
    assert app.button(key="sources.begin").disabled


def test_a_file_that_was_left_out_stands_in_the_result_and_in_the_history(store, page):
    app = page("sources", lang="en")
    app.get("file_uploader")[0].upload("empty.csv", b"")
    row = "text,link,time\na lovely cream,https://www.douyin.com/video/7450000000000000012,2025-01-14 10:00:00\n"
    app.get("file_uploader")[0].upload("own.csv", row.encode()).run()
    assert app.button(key="sources.begin").label == "Import 1 file"
    app.button(key="sources.begin").click().run()
    assert not app.error
    assert app.dataframe[0].value["File"].tolist() == ["empty.csv", "own.csv"]
    assert words_on(app).count("**empty\\.csv**: The file is empty") == 2
    assert [(file["file"], file["new"]) for file in store.imports()[0]["files"]] == [("empty.csv", 0), ("own.csv", 1)]


def test_an_unclear_table_is_mapped_on_the_page(store, page):
    rows = "a,b\n" + "".join(f"2025-01-{day:02},the cream number {day} is lovely\n" for day in range(10, 16))
    app = page("sources", lang="en")
    app.get("file_uploader")[0].upload("x1.csv", rows.encode()).run()
    assert app.button(key="sources.begin").disabled
    next(each for each in app.selectbox if each.key.endswith(".platform") and each.key.startswith("map.")).set_value(
        "web"
    )
    next(each for each in app.button if each.label == "Apply").click().run()
    assert not app.button(key="sources.begin").disabled
    app.button(key="sources.begin").click().run()
    assert store.count() == 6
    assert [yaml.safe_load(text)["platform"] for text in store.mappings().values()] == ["web"]


UNCLEAR = "a,b\n" + "".join(f"2025-01-{day:02},the cream number {day} is lovely\n" for day in range(10, 16))


def uploaded(app, *names):
    for name in names:
        app.get("file_uploader")[0].upload(name, UNCLEAR.encode())
    return app.run()


def apply(app):
    next(each for each in app.button if each.label == "Apply").click().run()


def field(app, ending):
    return next(each for each in [*app.selectbox, *app.text_input] if each.key.endswith(ending))


@pytest.fixture
def checks(monkeypatch):
    """The files of the dry runs that were made, in their order."""
    made = []
    run = doing.run

    def spy(op, params, on_progress):
        if params.get("dry_run"):
            made.append(params["paths"][0]["given"])
        return run(op, params, on_progress)

    monkeypatch.setattr(doing, "run", spy)
    return made


def test_a_file_is_checked_again_only_when_it_or_what_is_said_of_it_changes(filled, page, checks):
    app = uploaded(page("sources", lang="en"), "x1.csv", "x2.csv")
    assert checks == ["x1.csv", "x2.csv"]
    filled.tag("weibo", "2", ["price"])
    app.run()
    assert checks == ["x1.csv", "x2.csv"]
    field(app, "x2.csv.platform").set_value("web")
    next(each for each in reversed(app.button) if each.label == "Apply").click().run()
    assert checks == ["x1.csv", "x2.csv", "x2.csv"]
    field(app, "sources.platform").set_value("weibo").run()
    assert checks == ["x1.csv", "x2.csv", "x2.csv", "x1.csv", "x2.csv"]


def test_a_mapping_that_is_refused_stays_open_with_what_was_chosen(store, page, monkeypatch):
    # AppTest cannot write what a select box does not list, which browsers can.
    monkeypatch.setattr(zones, "USUAL", ("Asia/Shanghia", *zones.USUAL))
    app = uploaded(page("sources", lang="en"), "x1.csv")
    field(app, ".csv.platform").set_value("web")
    field(app, ".csv.said.zone").set_value("Asia/Shanghia")
    apply(app)
    assert "Shanghia" in app.error[0].value
    assert app.button(key="sources.begin").disabled
    assert field(app, ".csv.platform").value == "web"
    field(app, ".csv.said.zone").set_value("Asia/Shanghai")
    apply(app)
    assert not app.error
    app.button(key="sources.begin").click().run()
    assert store.mention("web", store.rows("SELECT id FROM mentions")[0]["id"])["published_at"].hour == 16


def test_a_zone_that_nothing_tells_is_shown_as_assumed_and_can_be_chosen(store, page):
    rows = "text,time,likes,link\n" + "".join(
        f"cream {day},2025-01-{day} 09:30:00,{likes},https://example.org/{day}\n"
        for day, likes in enumerate(("3", "1.204", "-", *"4567890123"), 10)
    )
    app = page("sources", lang="en")
    app.get("file_uploader")[0].upload("local.csv", rows.encode()).run()
    assert "The times have no zone; taken as UTC." in words_on(app)
    assert "Likes: 1 cell could not be read and stays empty, e.g. 1\\.204" in words_on(app)
    assert field(app, ".csv.assumed.zone").value == "UTC"
    field(app, ".csv.assumed.zone").set_value("Asia/Shanghai")
    apply(app)
    assert "taken as" not in words_on(app)
    assert field(app, ".csv.said.zone").value == "Asia/Shanghai"
    app.button(key="sources.begin").click().run()
    assert [row["at"].hour for row in store.rows("SELECT published_at AS at FROM mentions")] == [1] * 13


def test_labels_edited_in_an_exported_file_are_taken_when_asked_for(filled, page, home):
    view = View(operations.workspace(), words("en"), watchlists={}, choice=Choice())
    exported = _written(view, Filters("Coffee"), "csv").decode("utf-8-sig")
    table = pl.read_csv(io.StringIO(exported), infer_schema=False)
    mine = pl.when(pl.col("id").is_in(["1", "3"])).then(pl.lit("negative")).otherwise("label").alias("label")
    app = page("sources", lang="en")
    app.get("file_uploader")[0].upload("edited.csv", table.with_columns(mine).write_csv().encode()).run()
    assert "2 labels were edited" in app.warning[0].value
    next(each for each in app.button if each.key.startswith("labels.")).click().run()
    assert [filled.mention("weibo", each)["label"] for each in "123"] == ["negative"] * 3
    assert filled.corrections("weibo", "1")[0]["origin"] == "edited.csv"
    assert not app.warning


def test_an_empty_store_is_offered_demo_data(store, page, monkeypatch):
    told = pl.DataFrame([mention("demo-1", "2025-01-13T02:00", text="kova", source="demo")], infer_schema_length=None)
    monkeypatch.setattr("tingfeng.intake.demo_data.demo_batches", lambda: [conform(told)])
    app = page(lang="en")
    app.button(key="demo.load").click().run()
    assert store.count() == 1
    assert "Brands, people and mentions here are invented." in words_on(app)
    app.button(key="demo.remove").click().run()
    assert store.count() == 0
    assert store.watchlists() == []


@pytest.mark.parametrize(("answer", "left"), [("remove", 1), ("keep", 2)])
def test_the_first_own_import_asks_what_becomes_of_demo_data(store, page, monkeypatch, answer, left):
    told = pl.DataFrame([mention("demo-1", "2025-01-13T02:00", text="kova", source="demo")], infer_schema_length=None)
    monkeypatch.setattr("tingfeng.intake.demo_data.demo_batches", lambda: [conform(told)])
    page(lang="en").button(key="demo.load").click().run()
    app = page("sources", lang="en")
    row = "text,link,time\na lovely cream,https://www.douyin.com/video/7450000000000000012,2025-01-14 10:00:00\n"
    app.get("file_uploader")[0].upload("own.csv", row.encode()).run()
    assert app.radio(key="sources.demo").value == "remove"
    app.radio(key="sources.demo").set_value(answer).run()
    app.button(key="sources.begin").click().run()
    assert store.count() == left
    app.get("file_uploader")[0].upload("more.csv", row.encode()).run()
    assert app.button(key="sources.begin").label == "Import 1 file"
    assert not app.radio


def test_rejected_rows_can_be_seen(store, page):
    number = store.begin_import(["broken.csv"])
    reject = type("Row", (), {"line": 7, "reason": "the time cannot be read: 31-13", "raw": '{"time": "31-13"}'})
    staged = store.stage(pl.DataFrame(schema=SCHEMA))
    store.commit(staged, staged.scored([], "tiny 1"), pl.DataFrame(schema=MATCH), [reject], number, "broken.csv")
    store.finish_import(number, [])
    app = page("sources", lang="zh")
    shown = next(each.value for each in app.dataframe if "内容" in each.value.columns)
    assert (shown["行"][0], shown["原因"][0]) == (7, "时间无法读取：31-13")


def test_a_rejected_row_is_mended_cell_by_cell(store, page, tmp_path):
    path = tmp_path / "odd.csv"
    link = "https://www.douyin.com/video/745000000000000001"
    rows = [f"a lovely cream {day},{link}{day},2025-01-{day} 10:00:00" for day in range(10, 16)]
    path.write_text("\n".join(["text,link,time", *rows, "another one,https://example.org/1,soon"]), encoding="utf-8")
    run("import", {"paths": [{"given": "odd.csv", "path": str(path)}]}, lambda _: None)
    (row,) = store.rejects()
    app = AppTest.from_function(mending, default_timeout=60, args=(row,)).run()
    cell = f"raw.{row['number']}.time"
    assert app.text_input(key=cell).value == "soon"
    app.text_input(key=cell).set_value("tomorrow-ish")
    app.button[0].click().run()
    assert "a date that can be read" in app.error[0].value
    assert store.count() == 6
    app.text_input(key=cell).set_value("2025-01-20 10:00:00")
    app.button[0].click().run()
    assert (store.count(), store.rejects()) == (7, [])


def mending(row: dict[str, object]) -> None:
    """The form over a row of the quarantine, as a page of its own: AppTest selects no rows."""
    from tingfeng.dashboard import opening
    from tingfeng.dashboard.parts import quarantine
    from tingfeng.dashboard.words import words

    quarantine._mend(opening.view(words("en")), row)


def test_a_download_holds_the_mentions_in_view_and_leaves_nothing_behind(filled, home):
    before = {path.name for path in home.iterdir()}
    view = View(operations.workspace(), words("en"), watchlists={}, choice=Choice())
    written = _written(view, Filters("Coffee"), "csv")
    assert len(pl.read_csv(io.BytesIO(written))) == 5
    assert {path.name for path in home.iterdir()} == before
