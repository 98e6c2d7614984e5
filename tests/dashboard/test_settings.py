"""The page of settings: what is in force, learning and going back, and word rules with a way back."""

import json

import pytest

from sentiment import WordRule, version
from tests.dashboard.conftest import words_on
from tests.sentiment.test_learning import workspace
from tests.tiny_store import add, mention
from tingfeng import operations
from tingfeng.dashboard.safe import plain

GIVEN = workspace(60)


@pytest.fixture
def labelled(filled):
    """Sixty captions and complaints more, each with an analyst's label."""
    rows = [mention(f"m{i}", text=one.text, label="positive", language="en") for i, one in enumerate(GIVEN)]
    add(filled, "Coffee", rows)
    for i, one in enumerate(GIVEN):
        filled.correct("weibo", f"m{i}", one.label)
    return filled


def test_learning_is_told_by_language_and_can_be_taken_back(labelled, page):
    app = page("settings", lang="en")
    assert "60 corrections\\. Nothing is learned from them yet\\." in words_on(app)
    assert not [each for each in app.button if each.key == "settings.forget"]
    app.button(key="settings.learn").click().run()
    assert not app.exception
    report = labelled.learning_history()[0]["report"]
    before, after = (f"{report[name] * 100:.0f}%" for name in ("before", "after"))
    assert plain(f"60 corrections: agreement {before} → {after}") in words_on(app)
    assert app.dataframe[0].value.values.tolist() == [["English", 60, before, after]]
    columns = json.loads(app.dataframe[0].proto.columns)
    assert {name: columns[name]["alignment"] for name in ("Plain engine", "With learning")} == {
        "Plain engine": "right",
        "With learning": "right",
    }
    assert "These are few corrections." in app.warning[0].value
    engine = operations.workspace().engine_version()
    assert engine != version()
    assert plain(f"Mentions are read with {engine}.") in words_on(app)
    app.button(key="settings.forget").click().run()
    assert plain(f"Mentions are read with {version()}.") in words_on(app)
    assert len(labelled.corrected_texts()) == 60


def test_the_plain_engine_is_told_apart_from_the_one_with_word_rules(labelled, page):
    labelled.save_word_rule(WordRule("lovely", "neutral"))
    app = page("settings", lang="en")
    app.button(key="settings.learn").click().run()
    report = labelled.learning_history()[0]["report"]
    assert report["before"] > report["plain"]
    figures = [f"{report[name] * 100:.0f}%" for name in ("plain", "before", "after")]
    table = app.dataframe[0].value
    assert list(table) == ["Language", "Corrections", "Plain engine", "With word rules", "With learning"]
    assert table.values.tolist() == [["English", 60, *figures]]


def test_too_few_corrections_are_told_in_the_readers_language(filled, page):
    filled.correct("weibo", "1", "neutral")
    app = page("settings", lang="zh")
    app.button(key="settings.learn").click().run()
    assert "1 条更正" in words_on(app)
    assert "至少需要 20 条" in app.info[0].value
    assert not app.warning


def test_a_rule_is_added_listed_removed_and_brought_back(filled, page):
    app = page("settings", lang="en")
    app.text_input(key="rules.term").set_value("Kova")
    app.text_input(key="rules.note").set_value("<b>our</b> name")
    app.button(key="rules.add.submit").click().run()
    assert not app.exception
    assert [(row["term"], row["label"], row["note"]) for row in filled.word_rules()] == [
        ("Kova", "neutral", "<b>our</b> name")
    ]
    assert plain("<b>our</b> name · 4 stored mentions") in words_on(app)
    assert [app.text_input(key=f"rules.{name}").value for name in ("term", "note")] == ["", ""]
    app.button(key="rule.remove.Kova").click().run()
    assert filled.word_rules() == []
    assert plain("Removed the rule on Kova.") in words_on(app)
    app.button(key="rule.undo").click().run()
    assert [(row["term"], row["note"]) for row in filled.word_rules()] == [("Kova", "<b>our</b> name")]
    assert "Removed the rule" not in words_on(app)


@pytest.mark.parametrize(
    ("term", "language", "said"),
    [
        ("", "zh", "词语须有 1 至 100 个字符"),
        ("?! …", "en", "A term is more than marks"),
        ("。。。", "zh", "词语不能只有标点和符号"),
        ("ko\u202eva", "en", "mark of writing direction hides in the term: type the value anew"),
        ("ko\nva", "zh", "词语中含有换行、控制字符或书写方向标记：请重新输入"),
    ],
)
def test_a_term_that_is_none_is_refused_in_words_and_stays_to_be_mended(filled, page, term, language, said):
    app = page("settings", lang=language)
    app.text_input(key="rules.term").set_value(term)
    app.button(key="rules.add.submit").click().run()
    assert said in app.error[0].value.replace("\\", "")
    assert app.text_input(key="rules.term").value == term
    assert filled.word_rules() == []
