"""What a page says of the whole store: the first run, nothing that matches, invented data, an engine at work."""

from dataclasses import replace
from typing import Final

import streamlit as st

from tingfeng.dashboard import filterbar
from tingfeng.dashboard.address import Choice
from tingfeng.dashboard.asking import ask_about
from tingfeng.dashboard.parts.doing import do, remember
from tingfeng.dashboard.view import View
from tingfeng.store import Filters, Store
from tingfeng.store.filters import LISTS

FORMATS_NAMED: Final = ("known", "table")
LOOK_SECONDS: Final = 3.0


def first_run(view: View) -> None:
    """Nothing was imported yet: two ways to begin."""
    words = view.words
    st.title(words("first.title"), anchor=False)
    st.markdown(words("first.lead"))
    left, right = st.columns(2, gap="medium")
    with left.container(border=True, height="stretch"):
        st.markdown(f"##### {words('first.own')}")
        st.markdown("\n".join(f"- {words(f'first.formats.{name}')}" for name in FORMATS_NAMED))
        st.page_link(view.pages["sources"], label=words("first.import"), icon=":material/upload_file:")
    with right.container(border=True, height="stretch"):
        st.markdown(f"##### {words('first.demo')}")
        st.markdown(words("first.demo_lead"))
        if st.button(words("first.load"), icon=":material/auto_stories:", type="primary", key="demo.load"):
            loaded = do(words, "demo", {"remove": False}, words("first.loading"))
            if loaded:
                remember(words("first.loaded", n=loaded["total"]["new"]))
                st.rerun()


def demo_banner(view: View) -> None:
    """Say on every page that the data is invented, and offer to take it out."""
    words = view.words
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="demo.banner"):
        st.badge(words("demo.badge"), icon=":material/science:", color="orange")
        st.caption(words("demo.lead"))
        st.space("stretch")
        with st.popover(words("demo.remove"), icon=":material/delete_sweep:", type="tertiary", key="demo.popover"):
            st.markdown(words("demo.confirm"))
            if st.button(words("demo.remove_now"), type="primary", key="demo.remove"):
                remove_demo(view)


def remove_demo(view: View) -> None:
    """Take the demo data and its watchlists out, and begin again."""
    words = view.words
    removed = do(words, "demo", {"remove": True}, words("demo.removing"))
    if removed:
        filterbar.put(Choice())
        remember(words("demo.removed"))
        st.rerun()


def reading_again(view: View) -> None:
    """Say quietly how many mentions the engine still reads again, as long as it does."""
    if view.workspace.reading_again:
        st.fragment(_still_reading, run_every=LOOK_SECONDS)(view)


def _still_reading(view: View) -> None:
    if left := view.workspace.reading_again:
        st.caption(f":material/autorenew: {view.words('reading_again', n=left)}")


def no_match(view: View) -> None:
    """Nothing passes the filters: which one keeps most out, and one click to let it go."""
    words = view.words
    with st.container(border=True, key="no_match"):
        st.markdown(f"##### {words('no_match.title')}")
        found = relaxations(view)
        if not found:
            st.markdown(words("no_match.nothing"))
            st.page_link(view.pages["sources"], label=words("first.import"), icon=":material/upload_file:")
            return
        st.markdown(words("no_match.lead"))
        with st.container(horizontal=True):
            for name, (choice, count) in found.items():
                label = words("no_match.without", what=words(f"no_match.filters.{name}"), n=count)
                st.button(label, key=f"relax.{name}", on_click=filterbar.put, args=(choice,))


def outside(view: View, filters: Filters, inside: int) -> None:
    """How many more mentions there are than the `inside` ones when the period is left out, and the way to them."""
    words = view.words
    further = ask_about(view, replace(filters, since=None, until=None), Store.count) - inside
    if further:
        every = replace(view.choice, period="all", since=None, until=None)
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="outside"):
            st.caption(words("outside.further", n=further))
            st.button(words("outside.all"), type="tertiary", key="outside.all", on_click=filterbar.put, args=(every,))


def relaxations(view: View) -> dict[str, tuple[Choice, int]]:
    """For each filter in force, the choice without it and how many mentions that has, the most first."""
    found: dict[str, tuple[Choice, int]] = {}
    for name, choice in _without_one(view.choice).items():
        count = ask_about(view, choice.filters(view.zone, view.last_day), Store.count)
        if count:
            found[name] = (choice, count)
    return dict(sorted(found.items(), key=lambda entry: -entry[1][1]))


def _without_one(choice: Choice) -> dict[str, Choice]:
    fewer = {name: replace(choice, **{where: ()}) for name, where in LISTS.items() if getattr(choice, where)}  # type: ignore[arg-type]
    if choice.period != "all":
        fewer["period"] = replace(choice, period="all", since=None, until=None)
    if choice.query:
        fewer["query"] = choice.without("query")
    if len(fewer) > 1:
        fewer["all"] = Choice(watchlist=choice.watchlist, period="all")
    return fewer
