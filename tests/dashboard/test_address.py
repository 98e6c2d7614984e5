from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tingfeng.dashboard.address import PERIODS, Choice, Known, read

KNOWN = Known({"Skin": ("Lumora", "Velune"), "Coffee": ("Kova",)}, ("xiaohongshu", "x"), ("zh", "en"), ("上海",))
LAST = date(2025, 1, 31)


def some(*values: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), unique=True).map(tuple)


@st.composite
def choices(draw: st.DrawFn) -> Choice:
    watchlist = draw(st.sampled_from(sorted(KNOWN.watchlists)))
    period = draw(st.sampled_from(PERIODS))
    own = period == "custom"
    return Choice(
        watchlist,
        period,
        draw(st.sampled_from([None, "2025-01-01", "2025-01-13T05:00"])) if own else None,
        draw(st.sampled_from([None, "2025-02-01"])) if own else None,
        draw(some(*KNOWN.watchlists[watchlist])),
        draw(some(*KNOWN.platforms)),
        draw(some(*KNOWN.languages)),
        draw(some("post", "comment")),
        draw(some(*KNOWN.regions)),
        draw(some("positive", "negative")),
        draw(st.none() | st.text(min_size=1).map(str.strip).filter(bool)),
    )


@given(choices())
def test_an_address_reproduces_the_choice(choice):
    assert read(choice.to_params(), KNOWN) == (choice, [])


@given(choices())
def test_a_copied_link_asks_for_the_same_days_for_ever(choice):
    fixed = choice.fixed(LAST)
    assert fixed.span(None) == choice.span(LAST)
    assert fixed.filters("UTC", None) == choice.filters("UTC", LAST)


def test_presets_end_with_the_last_day_of_data():
    assert Choice("Skin", "7").span(LAST) == ("2025-01-25", "2025-02-01")
    assert Choice("Skin", "all").span(LAST) == (None, None)
    assert Choice("Skin", "30").span(None) == (None, None)


def test_what_an_address_cannot_mean_is_dropped_and_said():
    params = {
        "watchlist": ["Tea"],
        "platform": ["x", "myspace"],
        "subject": ["Kova"],
        "label": ["angry"],
        "since": ["yesterday"],
        "period": ["5"],
    }
    choice, dropped = read(params, KNOWN)
    assert choice == Choice("Skin", platforms=("x",))
    assert sorted(dropped) == [
        *("label=angry", "period=5", "platform=myspace", "since=yesterday", "subject=Kova", "watchlist=Tea"),
    ]


@pytest.mark.parametrize(
    "ends",
    [
        {"since": "9999-99-99"},
        {"since": "0001-01-01"},
        {"until": "9999-12-31"},
        {"since": "2025-02-01", "until": "2025-01-01T10:00+08:00"},
        {"since": "2025-02-01T18:00", "until": "2025-02-01T09:00"},
    ],
)
def test_a_period_that_cannot_be_is_dropped(ends):
    choice, dropped = read({name: [value] for name, value in ends.items()}, KNOWN)
    assert (choice, dropped) == (Choice("Skin"), [f"{name}={value}" for name, value in ends.items()])


def test_days_in_an_address_mean_a_period_of_ones_own():
    choice, _ = read({"since": ["2025-01-13"], "until": ["2025-01-14"]}, KNOWN)
    assert (choice.period, choice.span(LAST)) == ("custom", ("2025-01-13", "2025-01-14"))


def test_a_choice_without_one_of_its_parts():
    choice = Choice("Skin", platforms=("x", "xiaohongshu"), query="spf")
    assert choice.without("platform", "x").platforms == ("xiaohongshu",)
    assert choice.without("query").query is None
    assert choice.narrowed()
    assert not Choice("Skin").narrowed()


@pytest.mark.parametrize("nothing", [{}, {"watchlist": []}, {"query": ["  "]}])
def test_an_empty_address_is_the_usual_view_of_the_first_watchlist(nothing):
    assert read(nothing, KNOWN) == (Choice("Skin"), [])
