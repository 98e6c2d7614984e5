"""What changed: told when it is more than chance, with what drove it."""

import pytest

from tests.tiny_store import filled, mention, watchlist
from tingfeng.insights import changes
from tingfeng.store import Filters

WEEK = Filters(watchlist="Brands", since="2025-01-13", until="2025-01-20")


def said(times, day, label, subject, **fields):
    return [{"day": day, "label": label, "about": {subject: label}} | fields] * times


def stored(folder, *groups):
    rows = [row for group in groups for row in group]
    mentions = [mention(number, f"{row.pop('day')} 12:00", **row) for number, row in enumerate(map(dict, rows))]
    return filled(folder, [watchlist("Lumora", "Nova")], mentions)


@pytest.fixture
def store(tmp_path):
    groups = (
        said(40, "2025-01-07", "positive", "Lumora", language="zh"),
        said(10, "2025-01-07", "negative", "Lumora", language="zh"),
        said(30, "2025-01-08", "neutral", "Nova", platform="reddit", language="en"),
        said(40, "2025-01-14", "negative", "Lumora", language="zh"),
        said(50, "2025-01-14", "negative", "Lumora", platform="tiktok", language="en"),
        said(30, "2025-01-15", "neutral", "Nova", platform="reddit", language="en"),
    )
    with stored(tmp_path, *groups) as store:
        yield store


def test_the_first_fact_is_about_all_mentions(store):
    volume = changes(store, WEEK)[0]
    assert (volume.kind, volume.subject, volume.value, volume.previous) == ("mentions", None, 120, 80)
    assert volume.change == 0.5
    assert volume.significant
    drivers = {driver.dimension: (driver.value, driver.change, driver.share) for driver in volume.drivers}
    assert drivers == {
        "subject": ("Lumora", 40, 1.0),
        "platform": ("tiktok", 50, 1.25),
        "language": ("en", 50, 1.25),
    }


def test_net_sentiment_fell_and_its_drivers_say_where(store):
    net = changes(store, WEEK)[1]
    assert (net.kind, net.subject) == ("net", None)
    assert net.value == -90 / 120
    assert net.previous == 30 / 80
    assert net.change == pytest.approx(-1.125)
    platform = net.drivers[1]
    # Weibo: -40/120 now, 30/80 before; TikTok: -50/120 now, nothing before
    assert (platform.dimension, platform.value) == ("platform", "weibo")
    assert platform.change == pytest.approx(-40 / 120 - 30 / 80)
    assert sum(driver.share for driver in net.drivers if driver.dimension == "subject") == pytest.approx(1)


def test_subjects_that_moved_are_told_and_the_others_not(store):
    told = [(fact.kind, fact.subject) for fact in changes(store, WEEK)[2:]]
    assert told == [("mentions", "Lumora"), ("net", "Lumora")]


def test_a_small_change_is_told_as_none(tmp_path):
    groups = (said(20, "2025-01-07", "neutral", "Nova"), said(22, "2025-01-14", "neutral", "Nova"))
    with stored(tmp_path, *groups) as store:
        (fact,) = changes(store, WEEK)
    assert (fact.change, fact.significant) == (pytest.approx(0.1), False)


def test_what_is_new_has_no_relative_change(tmp_path):
    with stored(tmp_path, said(9, "2025-01-14", None, "Nova")) as store:
        (fact,) = changes(store, WEEK)
    assert (fact.value, fact.previous, fact.change, fact.significant) == (9, 0, None, True)


@pytest.mark.parametrize("filters", [Filters(watchlist="Brands"), Filters(since="2020-01-01", until="2020-01-08")])
def test_without_a_period_or_in_silence_nothing_is_told(store, filters):
    assert changes(store, filters) == []


def test_without_a_watchlist_no_subjects_are_told(store):
    facts = changes(store, Filters(since="2025-01-13", until="2025-01-20"))
    assert [fact.subject for fact in facts] == [None, None]
    assert [driver.dimension for driver in facts[0].drivers] == ["platform", "language"]
