"""Learning and word rules in a workspace: what is asked, what is kept, and which engine then scores."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sentiment import version
from tests.sentiment.test_learning import workspace as labelled
from tests.tiny_store import add, mention, watchlist
from tingfeng import operations
from tingfeng.errors import UsageError
from tingfeng.operations import Workspace, run
from tingfeng.store import UnknownNameError

GIVEN = labelled(60)


@pytest.fixture
def workspace(home: Path) -> Iterator[Workspace]:
    """A store with sixty labelled captions and complaints."""
    assert home.is_dir()
    opened = operations.own()
    opened.store.save_watchlist(watchlist("giveaway", name="W"))
    rows = [mention(i, text=one.text, label="positive", language="en") for i, one in enumerate(GIVEN)]
    add(opened.store, "W", rows)
    yield opened
    operations.disown()


def correct_all(opened: Workspace) -> None:
    for number, one in enumerate(GIVEN):
        opened.store.correct("weibo", str(number), one.label)


def test_nothing_is_learned_before_there_are_corrections(workspace: Workspace) -> None:
    plain = run("learning", {})
    assert plain == {
        "engine": version(),
        "plain_engine": version(),
        "corrections": 0,
        "adapted": False,
        "outdated": False,
        "report": None,
        "at": None,
    }
    assert run("learn", {})["report"]["reason"] == "too_few"
    assert workspace.engine_version() == version()


def test_learning_changes_the_engine_and_forgetting_brings_the_plain_one_back(workspace: Workspace) -> None:
    correct_all(workspace)
    before = workspace.scorer().score(["a gorgeous giveaway that ends friday"])[0]
    learned = run("learn", {})
    assert (learned["adapted"], learned["corrections"], learned["report"]["corrections"]) == (True, 60, 60)
    assert learned["report"]["after"] > learned["report"]["before"]
    assert learned["engine"] == workspace.engine_version() == f"{version()} + {workspace.adaptation().mark}"
    assert run("learning", {}) == learned
    after = workspace.scorer().score(["a gorgeous giveaway that ends friday"])[0]
    assert (before.label, after.label) == ("positive", "neutral")
    forgotten = run("learn_forget", {})
    assert (forgotten["adapted"], forgotten["report"], forgotten["corrections"]) == (False, None, 60)
    assert workspace.engine_version() == version()
    assert workspace.scorer().score(["a gorgeous giveaway that ends friday"]) == [before]
    assert len(workspace.store.learning_history()) == 2
    run("learn_forget", {})
    assert len(workspace.store.learning_history()) == 2


def test_what_another_version_learned_is_said_to_be_outdated(workspace: Workspace) -> None:
    correct_all(workspace)
    run("learn", {})
    learned = workspace.store.learned().to_json().decode().replace(version(), "tingfeng 0")
    with workspace.store.transaction() as cursor:
        cursor.execute("UPDATE adaptations SET adaptation = ?", [learned])
    operations.disown()
    found = run("learning", {})
    assert (found["adapted"], found["outdated"], found["engine"]) == (False, True, version())


def test_a_rule_changes_the_engine_and_counts_what_it_touches(workspace: Workspace) -> None:
    assert workspace.scorer().score(["a lovely day"])[0].label == "positive"
    found = run("rule_add", {"term": "Lovely", "label": "neutral", "note": "our shop's name"})
    expected = sum("lovely" in one.text.split() for one in GIVEN)
    assert found == [
        {"term": "Lovely", "label": "neutral", "weight": 2.0, "note": "our shop's name", "mentions": expected}
    ]
    assert expected > 0
    assert workspace.engine_version() != version()
    assert workspace.scorer().score(["a lovely day"])[0].score == workspace.scorer().score(["a        day"])[0].score
    assert run("rules", {}) == found
    assert run("rule_remove", {"term": "lovely"}) == []
    assert workspace.engine_version() == version()


def test_another_engine_is_left_as_it_is(workspace: Workspace) -> None:
    run("rule_add", {"term": "lovely", "label": "negative"})
    assert workspace.engine_version("vader") == "vader 1"


@pytest.mark.parametrize(
    "term",
    [
        *('say "hi"', "kova*", " ", "x" * 200, "!!!", "。。。", "- _ ~", "$", "^_^"),
        *("two\nlines", "two\u2028lines", "a\tb", "\u202elovely", "love\u2066ly", "lovely\u200f", "lovely\n"),
    ],
)
def test_a_term_that_cannot_be_found_is_refused(workspace: Workspace, term: str) -> None:
    with pytest.raises(UsageError):
        run("rule_add", {"term": term, "label": "neutral"})
    assert workspace.store.word_rules() == []


@pytest.mark.parametrize("term", ["c++", "(x)", "a\\b", "50%", "OR", "-not", "😭", "👨‍👩‍👧", "5.0", "a.b!"])
def test_any_other_term_is_found_as_it_is_written(workspace: Workspace, term: str) -> None:
    add(workspace.store, "W", [mention("odd", text=f"well {term} then", label="neutral", language="en")])
    found = run("rule_add", {"term": term, "label": "neutral"})
    assert found[0]["mentions"] >= 1
    assert (
        workspace.scorer().score([f"well {term} then"])[0].score
        == workspace.scorer().score(["well " + " " * len(term) + " then"])[0].score
    )


def test_nothing_hides_in_a_note(workspace: Workspace) -> None:
    with pytest.raises(UsageError, match="hides in the note"):
        run("rule_add", {"term": "lovely", "label": "neutral", "note": "our\u202ename"})
    assert workspace.store.word_rules() == []


def test_a_rule_without_weight_is_refused(workspace: Workspace) -> None:
    with pytest.raises(UsageError, match="A weight is above 0"):
        run("rule_add", {"term": "lovely", "label": "negative", "weight": 0.0})
    assert workspace.store.word_rules() == []


def test_a_rule_that_is_not_there_cannot_be_removed(workspace: Workspace) -> None:
    assert workspace.store.word_rules() == []
    with pytest.raises(UnknownNameError, match="There is no word rule 'dupe'"):
        run("rule_remove", {"term": "dupe"})
