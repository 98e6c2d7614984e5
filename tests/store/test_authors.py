"""Authors of stored mentions."""

import pytest

from tests.store.bringing import bring, frame
from tingfeng.store import Filters, Store
from tingfeng.store.authors import authors, published
from tingfeng.watchlists import Account

ROWS = [
    {"id": "1", "text": "a", "author_id": "u1", "author_name": "小满", "author_handle": "Man"},
    {"id": "2", "text": "b", "author_id": "u1", "author_name": "小满"},
    {"id": "3", "text": "c", "platform": "x", "author_handle": "@Manatee"},
    {"id": "4", "text": "d", "author_name": "man without an id"},
    {"id": "5", "text": "e", "author_id": "u5", "author_name": "Bo"},
]


@pytest.fixture
def written(store: Store) -> Store:
    bring(store, frame(*ROWS))
    return store


def test_authors_are_found_by_name_handle_and_id_the_busiest_first(written: Store) -> None:
    found = authors(written, Filters(), " @MAN ")
    assert list(found.fillna("").itertuples(index=False, name=None)) == [
        ("weibo", "u1", "小满", "Man", 2),
        ("x", "@manatee", "", "@Manatee", 1),
    ]
    assert list(authors(written, Filters(), "小满")["account"]) == ["u1"]
    assert list(authors(written, Filters(platforms=("weibo",)), "u")["account"]) == ["u1", "u5"]
    assert list(authors(written, Filters(), "", limit=1)["account"]) == ["u1"]


def test_posts_of_an_account_are_counted_and_an_unknown_one_is_none(written: Store) -> None:
    assert published(written, Filters(), Account("weibo", "u1")) == 2
    assert published(written, Filters(), Account("weibo", "@man")) == 1
    assert published(written, Filters(), Account("x", "@manatee")) == 1
    assert published(written, Filters(platforms=("weibo",)), Account("x", "@manatee")) == 0
    assert published(written, Filters(), Account("x", "u1")) is None
