"""The bar of filters: one for all pages, kept in the address. Nothing else reads or writes the address."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final
from urllib.parse import urlencode

import streamlit as st

from tingfeng.dashboard import address
from tingfeng.dashboard.address import PERIODS, Choice, Known
from tingfeng.dashboard.safe import plain
from tingfeng.dashboard.view import View
from tingfeng.dashboard.words import LANGUAGES, Words, preferred
from tingfeng.store.filters import LISTS

_CHOICE: Final = "choice"
_WRITTEN: Final = "address as written"
_DROPPED: Final = "dropped from the address"
_LANGUAGE: Final = "bar.lang"


def language() -> str:
    """The language in force: the address's, else the one chosen before, else the browser's."""
    given = st.query_params.get("lang")
    state = st.session_state
    if given in LANGUAGES and given != state.get(_WRITTEN, {}).get("lang", [None])[0]:
        state[_LANGUAGE] = given
        _say_again()
    elif _LANGUAGE not in state:
        state[_LANGUAGE] = preferred(st.context.locale)
    return str(state[_LANGUAGE])


def language_switch(words: Words) -> None:
    """The two languages to choose from, each by its own name."""
    st.segmented_control(
        words("bar.language"),
        list(LANGUAGES),
        format_func=LANGUAGES.__getitem__,
        key=_LANGUAGE,
        required=True,
        label_visibility="collapsed",
        on_change=_say_again,
    )


def _say_again() -> None:
    """Let all widgets of the bar begin anew: Streamlit forgets what is chosen when the words of the options change."""
    if _CHOICE in st.session_state:
        put(st.session_state[_CHOICE])


def settle(known: Known) -> Choice:
    """The choice in force: the address's where it is news, else the one made before.

    Streamlit empties the address when a reader goes to another page, so an empty one is no news.
    """
    state = st.session_state
    given = {name: st.query_params.get_all(name) for name in address.NAMES if name in st.query_params}
    before = {name: values for name, values in state.get(_WRITTEN, {}).items() if name in address.NAMES}
    if _CHOICE not in state or (given and given != before):
        choice, dropped = address.read(given, known)
        put(choice)
        state[_DROPPED] = dropped
    else:
        # What was chosen may be gone meanwhile: a deleted watchlist, a platform whose import was undone.
        state[_CHOICE], _ = address.read(state[_CHOICE].to_params(), known)
    chosen: Choice = state[_CHOICE]
    return chosen


def put(choice: Choice) -> None:
    """Make `choice` the one in force, widgets included."""
    state = st.session_state
    state[_CHOICE] = choice
    state.pop(_DROPPED, None)
    for name in ("watchlist", "period", "days", "query", "order", *LISTS):
        state.pop(f"bar.{name}", None)


def seed_query(choice: Choice) -> str:
    """The key of the search box, which shows the query in force."""
    return _seed("query", choice.query or "")


def take_query() -> None:
    """Take over what was written into the search box."""
    state = st.session_state
    put(replace(state[_CHOICE], query=(state["bar.query"] or "").strip() or None))


def seed_order(choice: Choice, usual: str) -> str:
    """The key of the list of orders, which shows the one in force."""
    return _seed("order", choice.order or usual)


def take_order() -> None:
    """Take over the order that was chosen."""
    state = st.session_state
    put(replace(state[_CHOICE], order=state["bar.order"]))


def write(params: dict[str, list[str]]) -> None:
    """Put `params` into the address."""
    st.session_state[_WRITTEN] = params
    if {name: st.query_params.get_all(name) for name in st.query_params} != params:
        st.query_params.from_dict(params)


def show(view: View, known: Known) -> None:
    """Draw the bar and take over what the reader chooses in it."""
    words = view.words
    with st.container(key="bar", horizontal=True, vertical_alignment="center", gap="xsmall"):
        choice = _what(view, known, view.choice)
        for name in ("subject", "platform", "language"):
            choice = _several(words, known, choice, [name], f"{name}s")
        choice = _several(words, known, choice, ["kind", "label", "region"], "more")
        st.space("stretch")
        _link(view, choice)
    if choice.narrowed():
        choice = _narrowed(view, choice)
    view.choice = st.session_state[_CHOICE] = choice
    dropped = st.session_state.get(_DROPPED)
    if dropped:
        values = words("list.comma").join(f"{each[:80]}…" if len(each) > 80 else each for each in dropped)
        st.warning(words("bar.dropped", values=plain(values)), icon=":material/link_off:")


def _what(view: View, known: Known, choice: Choice) -> Choice:
    """Watchlist and period."""
    words, names = view.words, list(known.watchlists)
    if names:
        key = _seed("watchlist", choice.watchlist)
        picked = st.selectbox(words("bar.watchlist"), names, key=key, label_visibility="collapsed", width=180)
        if picked != choice.watchlist:
            choice = replace(choice, watchlist=picked, subjects=())
            st.session_state["bar.subject"] = []
    period = st.selectbox(
        words("bar.period"),
        PERIODS,
        format_func=lambda each: _period(words, each, choice),
        key=_seed("period", choice.period),
        label_visibility="collapsed",
        width=150,
    )
    if period == "custom":
        return replace(choice, period=period)
    return replace(choice, period=period, since=None, until=None)


def _period(words: Words, period: str, choice: Choice) -> str:
    if period == "custom" and "T" in (choice.since or ""):
        return words("bar.hours", since=words.first_and_last(choice.since, choice.until)[0])
    return words(f"bar.periods.{period}")


def _days(view: View, choice: Choice) -> Choice:
    """First and last day of a period of the reader's own; a period of hours stays as the link gave it."""
    last = view.last_day or date.today()
    shown = _shown_days(choice, last)
    picked = st.date_input(
        view.words("bar.days"),
        key=_seed("days", shown),
        format="YYYY-MM-DD",
        label_visibility="collapsed",
        width=230,
    )
    if not isinstance(picked, tuple) or len(picked) != 2 or (choice.since and picked == shown):
        return choice
    return replace(choice, since=str(picked[0]), until=str(picked[1] + timedelta(days=1)))


def _shown_days(choice: Choice, last: date) -> tuple[date, date]:
    """The days of a period of one's own, both included; the last week of data where an end is open."""
    until = date.fromisoformat(choice.until[:10]) - timedelta(days=1) if choice.until else last
    since = date.fromisoformat(choice.since[:10]) if choice.since else until - timedelta(days=6)
    return min(since, until), max(since, until)


def _several(words: Words, known: Known, choice: Choice, names: list[str], title: str) -> Choice:
    """One button that opens the lists `names`; it says how many values are chosen."""
    count = sum(len(getattr(choice, LISTS[name])) for name in names)
    label = words(f"bar.{title}")
    label = words("bar.chosen", what=label, count=count) if count else label
    with st.popover(label, type="primary" if count else "secondary", key=f"open.{title}"):
        for name in names:
            choice = _list(words, known, choice, name)
    return choice


def _list(words: Words, known: Known, choice: Choice, name: str) -> Choice:
    options = list(known.of(name, choice.watchlist))
    if not options:
        st.caption(words("bar.nothing_to_choose", what=words(f"bar.{name}s")))
        return choice
    key = _seed(name, list(getattr(choice, LISTS[name])))
    st.session_state[key] = [each for each in st.session_state[key] or [] if each in options]
    title = words(f"bar.{name}s")
    called = _called(words, name, options)
    if len(options) > 12:
        picked = st.multiselect(title, options, format_func=lambda each: called[each], key=key)
    else:
        # Pills read their words as Markdown, and regions are written by strangers.
        picked = st.pills(
            title,
            options,
            format_func=lambda each: plain(called[each]),
            key=key,
            selection_mode="multi",
        )
    values: Any = tuple(picked or ())
    return replace(choice, **{LISTS[name]: values})


def _called(words: Words, name: str, options: list[str]) -> dict[str, str]:
    """What each option is called. A choice travels by that, so options that would share a name keep their own."""
    called = {each: value_name(words, name, each) for each in options}
    times = Counter(called.values())
    return {each: written if times[written] == 1 else each for each, written in called.items()}


def value_name(words: Words, name: str, value: str) -> str:
    """How a value of the list `name` is called."""
    naming = {
        "platform": words.platform,
        "language": words.tongue,
        "kind": words.kind,
        "label": words.label,
        "region": words.region,
    }
    return naming[name](value) if name in naming else value


def _seed(name: str, value: Any) -> str:
    """The key of the widget for `name`, which shows `value` unless the reader has changed it."""
    key = f"bar.{name}"
    st.session_state.setdefault(key, value)
    return key


def _link(view: View, choice: Choice) -> None:
    with st.popover(view.words("bar.link"), icon=":material/link:", key="open.link"):
        st.caption(view.words("bar.link_help"))
        base = (st.context.url or "").split("?")[0]
        st.code(f"{base}?{urlencode(view.params(choice.fixed(view.last_day)), doseq=True)}", language=None)


def _narrowed(view: View, choice: Choice) -> Choice:
    """What is chosen beyond the usual view: days of one's own, and each value with a way to take it out again."""
    words = view.words
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="chips"):
        if choice.period == "custom":
            choice = _days(view, choice)
        for name, where in LISTS.items():
            for value in getattr(choice, where):
                _chip(value_name(words, name, value), choice.without(name, value), f"{name}.{value}")
        if choice.query:
            _chip(words("bar.query", query=choice.query), choice.without("query"), "query")
        fresh = Choice(watchlist=choice.watchlist, order=choice.order)
        st.button(words("bar.reset"), icon=":material/restart_alt:", type="tertiary", on_click=put, args=(fresh,))
    return choice


def _chip(label: str, rest: Choice, key: str) -> None:
    st.button(
        plain(label), icon=":material/close:", icon_position="right", key=f"chip.{key}", on_click=put, args=(rest,)
    )
