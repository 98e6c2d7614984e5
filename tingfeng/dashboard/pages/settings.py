"""Settings: which engine reads the mentions, what it learned from corrections, and what it is told about words."""

from typing import Any, Final

import pandas as pd
import streamlit as st

from sentiment import DEFAULT_ENGINE
from tingfeng.dashboard import figures
from tingfeng.dashboard.parts import word_rules
from tingfeng.dashboard.parts.doing import do, remember
from tingfeng.dashboard.safe import badge, plain
from tingfeng.dashboard.view import View

State = dict[str, Any]

#: Fewer corrections than these give figures that still move a lot.
_FEW: Final = 100


def show(view: View) -> None:
    """The engine, learning, and the word rules."""
    words = view.words
    st.title(words("settings.title"), anchor=False)
    state = do(words, "learning", {}, words("settings.looking"))
    if state is None:
        return
    st.markdown(plain(words("settings.engine", engine=state["engine"])))
    if not state["engine"].startswith(DEFAULT_ENGINE):
        st.info(words("settings.other_engine"), icon=":material/info:")
    st.subheader(words("settings.learning"), anchor=False)
    with st.container(border=True, key="settings.learning"):
        _learning(view, state)
    st.subheader(words("rules.title"), anchor=False)
    word_rules.show(view)


def _learning(view: View, state: State) -> None:
    words, report = view.words, state["report"]
    st.caption(words("settings.lead"))
    st.markdown(f"**{plain(_sentence(view, state))}**")
    if report:
        _report(view, state, report)
    with st.container(horizontal=True):
        if st.button(words("settings.learn"), icon=":material/school:", type="primary", key="settings.learn"):
            _change(view, "learn", words("settings.learning_now"))
        if (state["adapted"] or state["outdated"]) and st.button(
            words("settings.forget"), icon=":material/undo:", key="settings.forget"
        ):
            _change(view, "learn_forget", words("settings.forgetting"))
    with st.expander(words("settings.limits"), icon=":material/help:"):
        st.markdown(words("settings.limits_text"))


def _sentence(view: View, state: State) -> str:
    """What came of the last learning, or how many corrections there are to learn from."""
    words, report = view.words, state["report"]
    if not report:
        return words("settings.none_yet", n=state["corrections"])
    if report["after"] is None:
        return words("settings.corrections", n=report["corrections"])
    before, after = (figures.percent(report[name]) for name in ("before", "after"))
    return words("settings.agreement", n=report["corrections"], before=before, after=after)


def _report(view: View, state: State, report: State) -> None:
    """Whether it is kept and why not, the figures by language, and what to make of them."""
    words = view.words
    if report["reason"]:
        st.info(words(f"settings.reasons.{report['reason']}"), icon=":material/info:")
    elif state["outdated"]:
        st.warning(words("settings.outdated"), icon=":material/update:")
    elif report["corrections"] < _FEW:
        st.warning(words("settings.small"), icon=":material/warning:")
    said = [words("settings.learned_at", time=words.zoned(state["at"], view.zone))]
    if (uncounted := state["corrections"] - report["corrections"]) > 0:
        said.append(words("settings.since", n=uncounted))
    if report["presumed"]:
        said.append(words("settings.presumed", n=report["presumed"]))
    st.caption(plain(words("list.dot").join(said)))
    if report["languages"]:
        _table(view, report["languages"])
    if report["terms"] and state["adapted"]:
        with st.container(horizontal=True, gap="xsmall"):
            st.markdown(plain(words("settings.terms")))
            for term in report["terms"]:
                st.markdown(badge(term, "gray"))


def _table(view: View, languages: list[State]) -> None:
    """Agreement by language: the plain engine, with word rules where they change it, and with what was learned."""
    words = view.words
    ruled = any(each.get("plain") != each["before"] for each in languages)
    shares = ("plain", "before", "after") if ruled else ("plain", "after")
    names = {name: words(f"settings.columns.{name}") for name in ("language", "corrections", *shares)}
    rows = [
        (
            words.tongue(each["language"]) if each["language"] else words("settings.no_letters"),
            each["corrections"],
            *(figures.percent(each.get(name)) for name in shares),
        )
        for each in languages
    ]
    right = st.column_config.TextColumn(alignment="right")
    st.dataframe(
        pd.DataFrame(rows, columns=list(names.values())),
        hide_index=True,
        width="content",
        column_config={names[name]: right for name in shares},
    )


def _change(view: View, op: str, doing: str) -> None:
    if state := do(view.words, op, {}, doing):
        remember(view.words("settings.now", engine=state["engine"]))
        st.rerun()
