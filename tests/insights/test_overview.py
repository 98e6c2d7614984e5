"""The overview's cards and frames."""

import math

import pytest

from tests.tiny_store import filled, mention, watchlist
from tingfeng.insights import overview, share_of_voice
from tingfeng.insights.formulas import net_interval
from tingfeng.store import Filters
from tingfeng.watchlists import read

MENTIONS = [
    mention(1, "2025-01-12 12:00", label="positive", author_id="a", likes=10, about={"Lumora": "positive"}),
    mention(2, "2025-01-13 12:00", label="negative", author_id="a", likes=4, about={"Lumora": "negative"}),
    mention(3, "2025-01-13 13:00", label="positive", author_id="b", likes=9, about={"Lumora": "positive"}),
    mention(4, "2025-01-15 12:00", author_id="c", likes=7, about={"Lumora": None}),
]
PERIOD = Filters(watchlist="Brands", since="2025-01-13", until="2025-01-16")


@pytest.fixture
def store(tmp_path):
    with filled(tmp_path, [watchlist("Lumora")], MENTIONS) as store:
        yield store


def test_cards_count_and_compare(store):
    cards = overview(store, PERIOD).cards
    assert list(cards) == ["mentions", "net", "engagement", "authors", "negative"]
    numbers = {name: (card.value, card.previous, card.change, card.n) for name, card in cards.items()}
    assert numbers == {
        "mentions": (3, 1, None, 3),
        "net": (0.0, 1.0, None, 2),
        "engagement": (20, 10, None, 3),
        "authors": (3, 1, None, 3),
        "negative": (0.5, 0.0, None, 2),
    }
    assert cards["net"].interval == net_interval(1, 0, 1)
    assert all(card.few and card.incomparable and not card.new for card in cards.values())
    assert [card.before for card in cards.values()] == [1, 1, 1, 1, 1]


def test_cards_compare_enough_mentions(tmp_path):
    before = [mention(n, "2025-01-12 12:00", label="positive", likes=1, about={}) for n in range(30)]
    now = [mention(100 + n, "2025-01-13 12:00", label="negative", likes=1, about={}) for n in range(45)]
    with filled(tmp_path, [watchlist("Lumora")], before + now) as store:
        cards = overview(store, Filters(since="2025-01-13", until="2025-01-14")).cards
    assert {name: card.change for name, card in cards.items()} == {
        "mentions": 0.5, "net": -2.0, "engagement": 0.5, "authors": None, "negative": 1.0,
    }  # fmt: skip


def test_sparklines_have_zeros_for_silent_days_but_no_mood(store):
    cards = overview(store, PERIOD).cards
    assert cards["mentions"].daily["date"].tolist() == ["2025-01-13", "2025-01-14", "2025-01-15"]
    assert cards["mentions"].daily["value"].tolist() == [2, 0, 1]
    assert cards["engagement"].daily["value"].tolist() == [13, 0, 7]
    assert cards["net"].daily["value"].tolist()[0] == 0.0
    assert math.isnan(cards["negative"].daily["value"].tolist()[1])


def test_frames_below_the_cards(store):
    found = overview(store, PERIOD)
    assert list(found.volume) == ["platform", "language", "subject"]
    assert found.volume["platform"]["mentions"].tolist() == [2, 0, 1]
    assert found.shares["brands"]["share"].tolist() == [1.0]
    assert found.top["id"].tolist() == ["3", "4", "2"]
    assert found.sentiment["date"].tolist() == ["2025-01-13", "2025-01-15"]
    assert [fact.kind for fact in found.facts] == ["mentions"]
    assert found.covered[0].first == "2025-01-12"


def test_without_a_period_there_is_nothing_to_compare_with(store):
    card = overview(store, Filters(watchlist="Brands")).cards["mentions"]
    assert (card.value, card.previous, card.change, card.new) == (4, None, None, False)


def test_what_was_nothing_before_is_new(store):
    cards = overview(store, Filters(watchlist="Brands", since="2025-01-12", until="2025-01-16")).cards
    assert cards["mentions"].new
    assert cards["mentions"].change is None
    assert not cards["negative"].new


def test_an_empty_store_has_cards_of_nothing(tmp_path):
    with filled(tmp_path, [watchlist("Lumora")], []) as store:
        found = overview(store, Filters())
    assert found.cards["mentions"].value == 0
    assert found.cards["net"].value is None
    assert found.cards["engagement"].value is None
    assert found.shares == {}
    assert found.top.empty


MIXED = """
name: Brands
subjects:
  - {name: Sunscreen, kind: topic, query: sunscreen}
  - {name: Lumora, kind: brand, query: lumora}
  - {name: Nova, kind: competitor, query: nova}
  - {name: River, kind: kol, query: river}
"""


def test_topics_are_no_voice_and_kols_are_compared_among_themselves(tmp_path):
    about = [{"Lumora": None, "Sunscreen": None}, {"Lumora": None}, {"Lumora": None}, {"Nova": None}, {"River": None}]
    mentions = [mention(n, "2025-01-13 12:00", about=each) for n, each in enumerate(about)]
    with filled(tmp_path, [read(MIXED)], mentions) as store:
        shares = overview(store, Filters("Brands")).shares
        one = overview(store, Filters("Brands", subjects=("Nova",))).shares
        every = share_of_voice(store, Filters("Brands"))
    said = {name: dict(zip(frame["subject"], frame["share"], strict=True)) for name, frame in shares.items()}
    assert said == {"brands": {"Lumora": 0.75, "Nova": 0.25}, "kols": {"River": 1.0}}
    assert {name: frame["share"].tolist() for name, frame in one.items()} == {"brands": [0.25]}
    assert every["share"].tolist() == [0.5, 1 / 6, 1 / 6, 1 / 6]
