"""Entry of the web dashboard: workspace, language, navigation and the bar of filters; then the page."""

from functools import partial

import streamlit as st

from tingfeng.dashboard import filterbar, opening
from tingfeng.dashboard.pages import mentions, overview, settings, sources, watchlists
from tingfeng.dashboard.parts import states
from tingfeng.dashboard.parts.doing import errors_in_words, say_remembered
from tingfeng.dashboard.view import View
from tingfeng.dashboard.words import words
from tingfeng.home import CHECKOUT

PAGES = {
    "listen": {"overview": (overview.show, "monitoring"), "mentions": (mentions.show, "forum")},
    "set_up": {
        "sources": (sources.show, "database"),
        "watchlists": (watchlists.show, "visibility"),
        "settings": (settings.show, "tune"),
    },
}
FILTERED = ("overview", "mentions")


def main() -> None:
    """One run of the page."""
    say = words(filterbar.language())
    icon = str(CHECKOUT / "config" / "icon.svg")
    st.set_page_config(page_title="Tingfeng 听风", page_icon=icon, layout="wide", initial_sidebar_state=232)
    st.html(CHECKOUT / "config" / "dashboard.css")
    st.html(f"<style>:root{{--tf-choose:'{say('uploader.choose')}';--tf-drop:'{say('uploader.drop')}'}}</style>")
    with errors_in_words(say):
        view = opening.view(say)
        page = navigate(view)
        known = opening.known(view)
        view.choice = filterbar.settle(known)
        view.last_day = opening.last_day(view)
        say_remembered()
        if view.store.shows_demo(view.choice.watchlist):
            states.demo_banner(view)
        states.reading_again(view)
        filtered = page in [view.pages[name] for name in FILTERED]
        if filtered and not view.store.count():
            states.first_run(view)
            return
        if filtered:
            filterbar.show(view, known)
        filterbar.write(view.params())
        page.run()


def navigate(view: View) -> st.Page:
    """The navigation in the reader's language; it returns the page to show."""
    st.logo(CHECKOUT / "config" / "logo.svg", size="large")
    menu: dict[str, list[st.Page]] = {}
    for group, pages in PAGES.items():
        for name, (show, icon) in pages.items():
            page = st.Page(
                partial(show, view),
                title=view.words(f"nav.{name}"),
                icon=f":material/{icon}:",
                url_path=name,
                default=name == "overview",
            )
            view.pages[name] = page
            menu.setdefault(view.words(f"nav.{group}"), []).append(page)
    chosen = st.navigation(menu)
    with st.sidebar:
        filterbar.language_switch(view.words)
    return chosen


if __name__ == "__main__":
    main()
