"""The questions, on a dozen mentions that a person can count.

Days differ between Shanghai (UTC+8) and New York (UTC-5, in July UTC-4). Lumora is in a, b, c, f, g; Kova in c, d.
"""

import json
from dataclasses import replace
from datetime import date, datetime

import pandas as pd
import pytest

from tests.store.bringing import bring, frame
from tingfeng.errors import UsageError
from tingfeng.mentions.record import FIELDS
from tingfeng.store import Filters, Store, UnknownNameError
from tingfeng.watchlists import read

W = read("name: W\nsubjects:\n  - {name: Lumora, query: lumora}\n  - {name: Kova, query: kova}")
SHANGHAI = Filters(watchlist="W", zone="Asia/Shanghai")
NEW_YORK = Filters(watchlist="W", zone="America/New_York")

DOZEN = [
    # 13 January in Shanghai already, still 12 January in New York
    {"id": "a", "published_at": datetime(2025, 1, 12, 16, 30), "text": "good lumora", "author_id": "1", "likes": 3},
    {
        "id": "b",
        "published_at": datetime(2025, 1, 13, 2),
        "text": "bad lumora",
        "author_id": "1",
        "likes": 1,
        "saves": 4,
    },
    {"id": "c", "published_at": datetime(2025, 1, 13, 12), "text": "good lumora and kova", "author_id": "2"},
    {"id": "d", "published_at": datetime(2025, 1, 14, 3), "text": "kova", "author_id": "3", "comments": 0},
    {"id": "e", "published_at": datetime(2025, 1, 14, 4), "text": "neither", "author_id": "3", "likes": 100},
    # undated, and without an author
    {"id": "f", "text": "lumora 很好", "shares": 7},
    # in summer, in another platform and kind, known by a handle only
    {
        "id": "g",
        "platform": "x",
        "kind": "comment",
        "region": "US",
        "author_handle": "@jo",
        "published_at": datetime(2025, 7, 1, 4),
        "text": "good lumora",
    },
    {"id": "h", "published_at": datetime(2025, 1, 13, 5), "text": "bad lumora", "author_id": "9", "likes": 50},
    *({"id": f"z{number}", "published_at": datetime(2024, 1, 1), "text": None, "title": "x"} for number in range(4)),
]


@pytest.fixture
def dozen(store: Store) -> Store:
    """The dozen mentions; h is hidden."""
    store.save_watchlist(W)
    bring(store, frame(*DOZEN))
    store.hide("weibo", "h")
    return store


def rows(found: pd.DataFrame) -> list[tuple[object, ...]]:
    return [tuple(None if pd.isna(value) else value for value in row) for row in found.itertuples(index=False)]


def test_volume_by_day_cuts_days_in_the_zone(dozen: Store) -> None:
    assert rows(dozen.volume(SHANGHAI, ["day"])) == [
        ("2025-01-13", 3, 8, 2),
        ("2025-01-14", 1, 0, 1),
        ("2025-07-01", 1, None, 1),
    ]
    assert rows(dozen.volume(NEW_YORK, ["day"])) == [
        ("2025-01-12", 2, 8, 1),
        ("2025-01-13", 2, 0, 2),
        ("2025-07-01", 1, None, 1),
    ]


def test_by_subject_a_mention_counts_for_each_and_undated_ones_count_where_no_day_is_asked_for(dozen: Store) -> None:
    assert rows(dozen.volume(SHANGHAI, ["subject"])) == [("Kova", 2, 0, 2), ("Lumora", 5, 15, 3)]
    assert rows(dozen.volume(SHANGHAI, [])) == [(6, 15, 4)]
    assert rows(dozen.volume(SHANGHAI)) == [
        ("2025-01-13", "Kova", 1, None, 1),
        ("2025-01-13", "Lumora", 3, 8, 2),
        ("2025-01-14", "Kova", 1, 0, 1),
        ("2025-07-01", "Lumora", 1, None, 1),
    ]


@pytest.mark.parametrize(
    ("bucket", "buckets"),
    [
        ("hour", ["2025-01-13T00:00", "2025-01-13T10:00", "2025-01-13T20:00", "2025-01-14T11:00", "2025-07-01T12:00"]),
        ("week", ["2025-01-13", "2025-06-30"]),
        ("month", ["2025-01", "2025-07"]),
    ],
)
def test_other_buckets(dozen: Store, bucket: str, buckets: list[str]) -> None:
    assert dozen.volume(SHANGHAI, [bucket])["date"].tolist() == buckets


def test_volume_by_other_fields_keeps_unknown_values(dozen: Store) -> None:
    assert rows(dozen.volume(SHANGHAI, ["region", "kind"])) == [("US", "comment", 1, None, 1), (None, None, 5, 15, 3)]
    assert rows(dozen.volume(SHANGHAI, ["language"])) == [("en", 5, 8, 4), ("zh", 1, 7, 0)]
    assert rows(dozen.volume(Filters(), ["platform"])) == [("weibo", 10, 115, 3), ("x", 1, None, 1)]


def test_labels_by_day_and_toward_subjects(dozen: Store) -> None:
    dozen.correct("weibo", "c", "negative", "Kova")
    columns = ["positive", "neutral", "negative", "unlabelled", "corrected"]
    assert rows(dozen.labels(SHANGHAI, ["day"])) == [
        ("2025-01-13", 2, 0, 1, 0, 0),
        ("2025-01-14", 0, 1, 0, 0, 0),
        ("2025-07-01", 1, 0, 0, 0, 0),
    ]
    by_subject = dozen.labels(SHANGHAI, ["subject"])
    assert list(by_subject) == ["subject", *columns]
    assert rows(by_subject) == [("Kova", 0, 1, 1, 0, 1), ("Lumora", 3, 1, 1, 0, 0)]
    assert rows(dozen.labels(Filters(), [])) == [(3, 3, 1, 4, 0)]


def test_filters_select(dozen: Store) -> None:
    def ids(**values: object) -> str:
        found = dozen.mentions_page(Filters(watchlist="W", **values), "oldest")  # type: ignore[arg-type]
        return "".join(found["id"])

    assert ids() == "abcdgf"
    assert ids(subjects=("Kova",)) == "cd"
    assert ids(platforms=("x", "reddit")) == "g"
    assert ids(kinds=("comment",), regions=("US",)) == "g"
    assert ids(languages=("zh",)) == "f"
    assert ids(labels=("negative",)) == "b"
    assert ids(query="good NOT kova") == "ag"
    assert ids(since="2025-01-13", until="2025-01-14") == "bc"
    assert ids(since="2025-01-13", until="2025-01-14", zone="Asia/Shanghai") == "abc"
    assert ids(hidden=True) == "h"
    dozen.correct("weibo", "c", "negative", "Kova")
    assert ids(labels=("negative",), toward=True) == "bc"
    assert ids(labels=("negative",), toward=True, subjects=("Lumora",)) == "b"


def test_labels_of_one_subject_are_those_toward_it(dozen: Store) -> None:
    dozen.correct("weibo", "c", "negative", "Kova")
    kova = Filters(watchlist="W", subjects=("Kova",), toward=True)
    assert (kova.about, Filters(watchlist="W", subjects=("Kova", "Lumora"), toward=True).about) == ("Kova", None)
    assert rows(dozen.labels(kova, [])) == [(0, 1, 1, 0, 1)]
    totals = dozen.totals(kova)
    assert [totals[name] for name in ("mentions", "positive", "neutral", "negative", "corrected")] == [2, 0, 1, 1, 1]
    assert dozen.count(replace(kova, labels=("negative",))) == 1
    facets = dozen.facets(kova).query("field == 'label'")
    assert rows(facets) == [("label", "negative", 1), ("label", "neutral", 1)]
    worst = dozen.mentions_page(kova, "most_negative")
    assert rows(worst[["id", "label", "corrected"]]) == [("c", "negative", True), ("d", "neutral", False)]
    assert dozen.mentions_page(replace(kova, toward=False), "oldest")["label"].tolist() == ["positive", "neutral"]


def test_count_totals_and_range(dozen: Store) -> None:
    assert dozen.count() == 11
    assert dozen.count(SHANGHAI) == 6
    assert dozen.totals(SHANGHAI) == {
        "mentions": 6,
        "engagement": 15,
        "authors": 4,
        "undated": 1,
        "positive": 3,
        "neutral": 2,
        "negative": 1,
        "unlabelled": 0,
        "corrected": 0,
    }
    assert dozen.date_range(SHANGHAI) == (date(2025, 1, 13), date(2025, 7, 1))
    assert dozen.date_range(NEW_YORK) == (date(2025, 1, 12), date(2025, 7, 1))


def test_engagement_beyond_the_largest_number_is_the_largest_number(store: Store) -> None:
    most = 2**63 - 1
    bring(store, frame({"likes": most, "shares": most}, {"id": "2", "likes": most}, {"id": "3", "likes": 1}))
    assert rows(store.volume(Filters(), [])) == [(3, most, 0)]
    assert store.totals(Filters())["engagement"] == most
    first = store.mentions_page(Filters(), "engagement", limit=1)
    assert first["engagement"].tolist() == [most]
    rest = store.mentions_page(Filters(), "engagement", first["after"].iloc[0])
    assert rest["id"].tolist() == ["2", "3"]


def test_facets_leave_their_own_filter_out(dozen: Store) -> None:
    found = dozen.facets(Filters(watchlist="W", platforms=("x",), subjects=("Lumora",)))
    assert rows(found[found["field"] == "platform"]) == [("platform", "weibo", 4), ("platform", "x", 1)]
    assert rows(found[found["field"] == "subject"]) == [("subject", "Lumora", 1)]
    assert rows(found[found["field"] == "label"]) == [("label", "positive", 1)]


def test_an_empty_store_answers_too(store: Store) -> None:
    assert store.count() == 0
    assert store.totals(Filters())["mentions"] == 0
    assert store.date_range(Filters()) == (None, None)
    assert rows(store.volume(Filters(), ["day"])) == []
    assert store.facets(Filters()).empty
    assert store.mentions_page(Filters()).empty
    assert [batch.height for batch in store.export_batches(Filters()) if batch.height] == []


def test_pages_follow_one_another_without_gap_or_repetition(dozen: Store) -> None:
    for order in ("newest", "oldest", "engagement", "most_negative", "most_positive"):
        whole = dozen.mentions_page(Filters(), order)["id"].tolist()
        after, parts = None, []
        while len(page := dozen.mentions_page(Filters(), order, after, 2)):
            parts += page["id"].tolist()
            after = page["after"].iloc[-1]
        assert parts == whole
        assert len(set(whole)) == 11


def test_orders(dozen: Store) -> None:
    first = {order: dozen.mentions_page(SHANGHAI, order)["id"].tolist() for order in ("newest", "engagement")}
    assert first == {"newest": list("gdcbaf"), "engagement": list("fbadcg")}
    assert dozen.mentions_page(SHANGHAI, "most_negative")["id"].tolist()[0] == "b"
    assert dozen.mentions_page(SHANGHAI, "most_positive")["id"].tolist()[:3] == list("acg")
    with pytest.raises(UsageError, match="'best' is no order"):
        dozen.mentions_page(SHANGHAI, "best")


def test_a_page_says_what_is_said_about_each_subject(dozen: Store) -> None:
    row = dozen.mentions_page(Filters(watchlist="W", subjects=("Kova",)), "oldest").iloc[0]
    assert row["subjects"] == ["Kova", "Lumora"]
    assert row["target_sentiment"]["Kova"] == {"label": "positive", "score": 0.5, "confidence": 0.9}
    assert row["published_at"] == datetime(2025, 1, 13, 12)
    assert pd.isna(row["likes"])


def test_an_export_has_the_contracts_columns_in_order_and_every_mention_once(dozen: Store) -> None:
    batches = list(dozen.export_batches(SHANGHAI, size=2))
    contract = [*FIELDS]
    contract.insert(contract.index("region"), "language")
    contract += ["subjects", "label", "score", "confidence", "corrected", "target_sentiment", "source"]
    assert batches[0].columns[: len(contract)] == contract
    exported = [row for batch in batches for row in batch.iter_rows(named=True)]
    assert [row["id"] for row in exported] == list("abcdgf")
    assert exported[2]["subjects"] == "Kova|Lumora"
    assert json.loads(exported[2]["target_sentiment"])["Lumora"]["label"] == "positive"
    assert {"keywords", "marks", "own_chars", "views_estimated", "tags"} <= set(exported[0])


def test_what_is_not_there_or_cannot_be_counted_by_is_refused(dozen: Store) -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'Lumora'"):
        dozen.volume(Filters(watchlist="W", subjects=("Lumorra",)))
    with pytest.raises(UnknownNameError, match="no watchlist 'V'"):
        dozen.count(Filters(watchlist="V"))
    for filters, by in ((SHANGHAI, ["colour"]), (SHANGHAI, ["day", "week"]), (Filters(), ["subject"])):
        with pytest.raises(UsageError) as error:
            dozen.volume(filters, by)
        assert error.value.where == "by"
        assert error.value.hint


def test_what_a_mention_says_about_each_subject_is_asked_by_its_key(dozen: Store) -> None:
    bring(dozen, frame({"id": 'a "quoted" id', "text": "bad kova"}))
    found = dozen.said_toward("weibo", 'a "quoted" id', "W")
    assert found == {"Kova": {"label": "negative", "score": -0.5, "confidence": 0.9}}
    assert list(dozen.said_toward("weibo", "c", "W")) == ["Kova", "Lumora"]
    assert dozen.said_toward("weibo", "c", None) == {}
