"""What another process may send: a field of the wrong kind is said by its name, and nothing is done."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.tiny_store import add, mention, watchlist
from tingfeng import operations
from tingfeng.errors import UsageError
from tingfeng.operations import Workspace, run
from tingfeng.operations.catalogue import OPERATIONS
from tingfeng.operations.fields import FIELDS
from tingfeng.operations.ownership import answering
from tingfeng.store import owner


@pytest.fixture
def workspace(home: Path) -> Iterator[Workspace]:
    assert home.is_dir()
    opened = operations.own()
    opened.store.save_watchlist(watchlist("Kova", name="W"))
    add(opened.store, "W", [mention(1, text="kova is lovely", label="positive", language="en")])
    yield opened
    operations.disown()


def test_every_operation_says_what_it_takes() -> None:
    assert FIELDS.keys() == OPERATIONS.keys()


@pytest.mark.parametrize(
    ("op", "params", "said"),
    [
        ("rule_add", {"term": ["lovely"], "label": "neutral"}, "The field 'term' is not a text"),
        ("rule_add", {"term": 7, "label": "neutral"}, "The field 'term' is not a text"),
        ("rule_add", {"term": "lovely", "label": {}}, "The field 'label' is not a text"),
        ("rule_add", {"term": "lovely", "label": "negative", "weight": "2"}, "The field 'weight' is not a number"),
        ("rule_add", {"term": "lovely", "label": "negative", "weight": True}, "The field 'weight' is not a number"),
        ("rule_add", {"term": "lovely", "label": "negative", "weight": 10**400}, "The field 'weight' is not a number"),
        ("rule_add", {"term": "lovely", "label": "neutral", "note": 1}, "The field 'note' is not a text"),
        ("rule_add", {"term": "lovely", "label": "neutral", "by": []}, "The field 'by' is not a text"),
        ("rule_add", {"label": "neutral"}, "The field 'term' is missing"),
        ("rule_add", {"term": "lovely", "label": None}, "The field 'label' is missing"),
        ("rule_add", {"term": "l\ud800", "label": "neutral"}, "is no UTF-8"),
        ("rule_remove", {"term": 7}, "The field 'term' is not a text"),
        ("learn", {"engine": 3}, "The field 'engine' is not a text"),
        ("undo", {"number": "1"}, "The field 'number' is not a whole number"),
        ("undo", {"number": 10**30}, "The field 'number' is not a whole number"),
        ("import", {"paths": ["a.csv"]}, "The field 'paths' is not a list of {given, path}"),
        ("retry", {"rows": [{"number": 1}]}, "The field 'rows' is not a list of {number, raw}"),
        ("tag", {"platform": "weibo", "id": "1", "tags": "new"}, "The field 'tags' is not a list of texts"),
        ("hide", {"platform": "weibo", "id": 1}, "The field 'id' is not a text"),
        ("hide", {"platform": "weibo", "id": "1", "hidden": "no"}, "The field 'hidden' is not true or false"),
        ("measure", {"measure": "volume", "watchlist": "W", "platform": "weibo"}, "'platform' is not a list of texts"),
        ("watchlist_show", {"name": None}, "The field 'name' is missing"),
        ("watchlist_show", ["W"], "is an object"),
        ("drop_everything", {}, "There is no operation 'drop_everything'"),
    ],
)
def test_a_field_of_the_wrong_kind_is_named(workspace: Workspace, op: str, params: Any, said: str) -> None:
    generation = workspace.store.generation
    with pytest.raises(UsageError, match=said):
        answering(workspace, "command")(op, params, print)
    assert workspace.store.generation == generation


def test_the_one_who_asks_over_the_socket_hears_it(home: Path) -> None:
    operations.own()
    try:
        with pytest.raises(UsageError, match="The field 'term' is not a text") as refused:
            owner.ask(home, "rule_add", {"term": ["lovely"], "label": "neutral"})
        assert refused.value.where == "rule_add"
        assert run("rules", {}) == []
    finally:
        operations.disown()


def test_a_missing_or_null_field_that_may_be_missing_is_as_good_as_none(workspace: Workspace) -> None:
    assert run("rule_add", {"term": "lovely", "label": "negative", "weight": 1, "note": None})[0]["weight"] == 1.0
    assert workspace.store.word_rules()[0]["note"] == ""
