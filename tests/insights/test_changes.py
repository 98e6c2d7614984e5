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
    return filled(folder, [watchlist("Lumora", "Nova", "Kova")], mentions)


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
        "platform": ("tiktok", 50, 1.0),  # of the rise: Weibo fell
        "language": ("en", 50, 1.0),
    }


def test_net_sentiment_fell_and_its_drivers_say_where(store):
    net = changes(store, WEEK)[1]
    assert (net.kind, net.subject) == ("net", None)
    assert net.value == -90 / 120
    assert net.previous == 30 / 80
    assert net.change == pytest.approx(-1.125)
    platform, second = (driver for driver in net.drivers if driver.dimension == "platform")
    # Weibo: net -1 now and 30/50 before, of 40/120 and 50/80; TikTok (-1 of 50/120) and Reddit (0) are less
    assert (platform.dimension, platform.value) == ("platform", "weibo")
    weights, average = (40 / 120, 50 / 80), (-90 / 120 + 30 / 80) / 2
    weibo = sum(weights) / 2 * (-1 - 0.6) + ((-1 + 0.6) / 2 - average) * (weights[0] - weights[1])
    tiktok = 50 / 120 * (-1 - average)
    assert platform.change == pytest.approx(weibo)
    assert (second.value, second.change) == ("tiktok", pytest.approx(tiktok))
    assert platform.share == pytest.approx(weibo / (weibo + tiktok + min(0, 0 - (30 / 120 - 30 / 80) * average)))


def test_subjects_that_moved_are_told_and_the_others_not(store):
    told = [(fact.kind, fact.subject) for fact in changes(store, WEEK)[2:]]
    assert told == [("mentions", "Lumora"), ("net", "Lumora")]


def test_a_small_change_is_told_as_none(tmp_path):
    groups = (said(40, "2025-01-07", "neutral", "Nova"), said(44, "2025-01-14", "neutral", "Nova"))
    with stored(tmp_path, *groups) as store:
        (fact,) = changes(store, WEEK)
    assert (fact.change, fact.significant) == (pytest.approx(0.1), False)


def test_too_few_mentions_are_compared_with_nothing(tmp_path):
    groups = (
        said(3, "2025-01-07", "positive", "Nova"),
        said(289, "2025-01-14", "negative", "Nova"),
        said(40, "2025-01-07", "neutral", "Kova"),
        said(29, "2025-01-14", "negative", "Kova"),
    )
    with stored(tmp_path, *groups) as store:
        facts = changes(store, WEEK)
    assert [(fact.kind, fact.subject, fact.change) for fact in facts[:1]] == [("mentions", None, 318 / 43 - 1)]
    told = [(fact.kind, fact.subject, fact.value, fact.previous, fact.change) for fact in facts if fact.subject]
    assert told == [("mentions", "Nova", 289, 3, None)]


def test_a_platform_that_merely_grows_drives_no_net_sentiment(tmp_path):
    groups = (
        said(100, "2025-01-07", "positive", "Nova"),
        said(60, "2025-01-07", "positive", "Nova", platform="x"),
        said(40, "2025-01-14", "positive", "Nova"),
        said(60, "2025-01-14", "negative", "Nova"),
        said(240, "2025-01-14", "positive", "Nova", platform="x"),
        said(60, "2025-01-14", "neutral", "Nova", platform="x"),
    )
    with stored(tmp_path, *groups) as store:
        net = changes(store, WEEK)[1]
    platform = next(driver for driver in net.drivers if driver.dimension == "platform")
    assert (net.kind, platform.value) == ("net", "weibo")


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
