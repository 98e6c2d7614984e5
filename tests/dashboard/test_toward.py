"""One subject in view, over the demo data: every number speaks of it, and a bar opens as many mentions as it says."""

from collections.abc import Iterator

import pytest
import streamlit as st

from tingfeng import operations
from tingfeng.dashboard import slices
from tingfeng.dashboard.address import Choice
from tingfeng.dashboard.pages.overview import behind
from tingfeng.insights import MEASURES, changes, overview, sentiment
from tingfeng.insights.formulas import net_sentiment
from tingfeng.mentions.record import LABELS
from tingfeng.store import Filters, Store
from tingfeng.watchlists import examples


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The demo data, whole."""
    st.cache_data.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TINGFENG_HOME", str(tmp_path_factory.mktemp("demo")))
        patch.delenv("TINGFENG_STORE", raising=False)
        workspace = operations.own()
        operations.run("demo", {"remove": False})
        yield workspace.store
        operations.disown()


@pytest.mark.parametrize("watchlist", examples(), ids=lambda each: each.name)
@pytest.mark.parametrize("extra", [{}, {"labels": ("negative", "neutral")}, {"platforms": ("weibo",)}], ids=str)
def test_a_bar_of_every_subject_and_label_opens_the_mentions_that_it_counts(demo, watchlist, extra):
    last = demo.date_range(Filters(watchlist.name, zone=watchlist.time_zone))[1]
    choice = Choice(watchlist.name, "30", **extra)
    frame = MEASURES["sentiment"](demo, choice.filters(watchlist.time_zone, last), ("subject",))
    assert len(frame) == len(watchlist.subjects)
    for row in frame.to_dict("records"):
        for label in LABELS:
            opened = slices.narrowed(choice, {"subject": row["subject"], "label": label})
            if label in (choice.labels or LABELS):
                assert demo.count(opened.filters(watchlist.time_zone, last)) == row[label], (row["subject"], label)


@pytest.mark.parametrize("watchlist", examples(), ids=lambda each: each.name)
@pytest.mark.parametrize("period", ["30", "90"])
def test_the_day_that_stands_out_opens_the_mentions_that_it_counts(demo, watchlist, period):
    zone = watchlist.time_zone
    last = demo.date_range(Filters(watchlist.name, zone=zone))[1]
    choice = Choice(watchlist.name, period)
    day = overview(demo, choice.filters(zone, last)).standout
    if day is None:
        assert (watchlist.name, period) == ("Demo: coffee and KOLs", "30")
        return
    totals = demo.totals(behind(day, choice).filters(zone, last))
    assert totals["mentions"] == day.n
    assert net_sentiment(*(totals[label] for label in LABELS)) == day.net


def test_the_crisis_of_the_demo_is_the_first_thing_said(demo):
    (skin,) = [each for each in examples() if "Lumora" in [subject.name for subject in each.subjects]]
    last = demo.date_range(Filters(skin.name, zone="Asia/Shanghai"))[1]
    day = overview(demo, Choice(skin.name, "30").filters("Asia/Shanghai", last)).standout
    assert (day.day, day.subject, set(day.platforms)) == ("2025-02-04", "Lumora", {"weibo", "xiaohongshu"})
    assert day.n > 3 * day.usual
    assert day.net < -0.4


def test_all_numbers_of_one_subject_are_about_it(demo):
    (skin,) = [each for each in examples() if "Lumora" in [subject.name for subject in each.subjects]]
    last = demo.date_range(Filters(skin.name, zone="Asia/Shanghai"))[1]
    filters = Choice(skin.name, "30", subjects=("Lumora",)).filters("Asia/Shanghai", last)
    (toward,) = sentiment(demo, filters, ("subject",)).to_dict("records")
    found = overview(demo, filters)
    assert found.cards["net"].value == toward["net"]
    assert found.cards["net"].n == sum(toward[label] for label in LABELS)
    assert found.sentiment[list(LABELS)].sum().tolist() == [toward[label] for label in LABELS]
    assert net_sentiment(*found.sentiment[list(LABELS)].sum()) == toward["net"]
    (net,) = [fact for fact in changes(demo, filters) if fact.kind == "net" and fact.subject is None]
    assert net.value == toward["net"]
