"""Mentions: search, read, and follow each number to what was really said."""

from dataclasses import replace
from typing import Any, Final

import streamlit as st

from tingfeng.dashboard import filterbar, labels
from tingfeng.dashboard.asking import ask_about, mentions_page
from tingfeng.dashboard.parts import card, detail, downloads, states
from tingfeng.dashboard.parts.doing import say_query_error
from tingfeng.dashboard.parts.panel import link_back
from tingfeng.dashboard.safe import link, plain
from tingfeng.dashboard.view import View
from tingfeng.queries import describe, parse
from tingfeng.store import Filters, Store
from tingfeng.store.pages import ORDERS

PAGE: Final = 20
TRAIL: Final = "mentions.trail"


def show(view: View) -> None:
    """The search box, then a page of what it finds."""
    words = view.words
    link_back(view)
    st.title(words("mentions.title"), anchor=False)
    _search(view)
    if view.query_error:
        say_query_error(words, view.choice.query or "", view.query_error)
        return
    order, form, hidden = _controls(view)
    filters = replace(view.filters, hidden=hidden)
    count = ask_about(view, filters, Store.count)
    if not count:
        states.no_match(view)
        return
    if filters.about:
        st.caption(plain(words("mentions.toward", subject=filters.about)))
    states.outside(view, filters, count)
    trail = _trail(filters, order)
    rows = mentions_page(view, filters, order, trail[-1], PAGE)
    first = (len(trail) - 1) * PAGE
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{words('mentions.count', n=count)}**")
        st.caption(words("mentions.range", first=first + 1, last=first + len(rows), zone=words.zone(view.zone)))
        st.space("stretch")
        downloads.show(view, filters, count)
    _table(view, rows) if form == "table" else _cards(view, rows)
    _turn(view, trail, rows, more=first + len(rows) < count)


def _search(view: View) -> None:
    words = view.words
    st.text_input(
        words("mentions.search"),
        key=filterbar.seed_query(view.choice),
        type="search",
        placeholder=words("mentions.search_example"),
        help=words("mentions.search_help"),
        icon=":material/search:",
        label_visibility="collapsed",
        on_change=filterbar.take_query,
    )
    if view.choice.query and not view.query_error:
        language: Any = words.language
        meaning = describe(parse(view.choice.query, view.zone), language)
        st.caption(plain(words("query.understood", meaning=meaning)))


def _controls(view: View) -> tuple[str, str, bool]:
    """Order, form of the list, and whether the hidden mentions are meant."""
    words = view.words
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        order = st.selectbox(
            words("mentions.order"),
            list(ORDERS),
            format_func=lambda each: words(f"orders.{each}"),
            key=filterbar.seed_order(view.choice, next(iter(ORDERS))),
            on_change=filterbar.take_order,
            label_visibility="collapsed",
            width=210,
        )
        form = st.segmented_control(
            words("mentions.form"),
            ["cards", "table"],
            default="cards",
            required=True,
            format_func=lambda each: words(f"mentions.{each}"),
            key="mentions.form",
            label_visibility="collapsed",
        )
        hidden = st.toggle(words("mentions.hidden"), key="mentions.hidden", help=words("mentions.hidden_help"))
    return str(order), str(form), hidden


def _trail(filters: Filters, order: str) -> list[str | None]:
    """Where each page up to this one begins; a new question begins at the first."""
    question = repr((filters, order))
    kept = st.session_state.get(TRAIL)
    if kept is None or kept["question"] != question:
        kept = st.session_state[TRAIL] = {"question": question, "starts": [None]}
    starts: list[str | None] = kept["starts"]
    return starts


def _cards(view: View, rows: list[dict[str, Any]]) -> None:
    st.html(card.style())
    queries = view.queries
    for row in rows:
        key = f"{row['platform']}:{row['id']}"
        with st.container(border=True, gap=None, key=f"mention.{key}"):
            st.html(card.card(row, view.words, view.zone, queries))
            with st.container(horizontal=True, gap="small"):
                if st.button(
                    view.words("mentions.why"), icon=":material/psychology_alt:", type="tertiary", key=f"why.{key}"
                ):
                    detail.show(view, row["platform"], row["id"])
                if url := link(row["url"]):
                    st.link_button(view.words("mentions.original"), url, icon=":material/open_in_new:", type="tertiary")


def _table(view: View, rows: list[dict[str, Any]]) -> None:
    words = view.words
    shown = [
        {
            words("columns.time"): words.moment(row["published_at"], view.zone),
            words("columns.platform"): words.platform(row["platform"]),
            words("columns.author"): card.author(row, words),
            words("columns.text"): "\n".join(part for part in (row["title"], row["text"]) if part),
            words("columns.label"): labels.written(row, words),
            words("columns.engagement"): row["engagement"],
            words("columns.original"): link(row["url"]),
        }
        for row in rows
    ]
    picked: Any = st.dataframe(
        shown,
        hide_index=True,
        row_height=56,
        height=64 + 56 * len(shown),
        key="mentions.table",
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            words("columns.text"): st.column_config.TextColumn(width="large"),
            words("columns.original"): st.column_config.LinkColumn(display_text=words("columns.open")),
            words("columns.engagement"): st.column_config.NumberColumn(format="localized"),
        },
    )
    st.caption(words("mentions.table_help"))
    if chosen := picked["selection"]["rows"]:
        row = rows[chosen[0]]
        detail.show(view, row["platform"], row["id"])


def _turn(view: View, trail: list[str | None], rows: list[dict[str, Any]], *, more: bool) -> None:
    words = view.words
    with st.container(horizontal=True, horizontal_alignment="center", vertical_alignment="center"):
        st.button(
            words("mentions.back"),
            icon=":material/chevron_left:",
            disabled=len(trail) < 2,
            on_click=_go_back,
            args=(trail,),
            key="mentions.back",
        )
        st.caption(words("mentions.page", number=len(trail)))
        st.button(
            words("mentions.next"),
            icon=":material/chevron_right:",
            icon_position="right",
            disabled=not more,
            on_click=trail.append,
            args=(rows[-1]["after"],) if rows else (),
            key="mentions.next",
        )


def _go_back(trail: list[str | None]) -> None:
    trail.pop()
