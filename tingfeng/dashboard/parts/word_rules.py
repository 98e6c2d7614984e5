"""The word rules: what the engine is told about terms; add, remove, and take a removal back."""

from typing import Any, Final

import streamlit as st

from tingfeng.dashboard.parts.doing import do, remember
from tingfeng.dashboard.safe import badge, plain
from tingfeng.dashboard.view import View
from tingfeng.mentions.record import LABELS

REMOVED: Final = "rules.removed"
#: A rule was just made, so the form begins anew.
MADE: Final = "rules.made"
Rule = dict[str, Any]

_COLOURS: Final = {"positive": "blue", "neutral": "gray", "negative": "orange"}


def show(view: View) -> None:
    """The list, and a form for one more."""
    words = view.words
    st.caption(words("rules.lead"))
    found: list[Rule] | None = do(words, "rules", {}, words("settings.looking"))
    if removed := st.session_state.get(REMOVED):
        _removed(view, removed)
    if found == []:
        st.info(words("rules.none"), icon=":material/spellcheck:")
    for rule in found or ():
        _rule(view, rule)
    _add(view)


def _rule(view: View, rule: Rule) -> None:
    words = view.words
    with st.container(border=True, key=f"rule.{rule['term']}"):  # noqa: SIM117 - the border goes around the row
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{plain(rule['term'])}**")
            st.markdown(badge(words.label(rule["label"]), _COLOURS[rule["label"]]))
            touched = words("rules.mentions", n=rule["mentions"])
            st.caption(plain(words("list.dot").join([rule["note"], touched] if rule["note"] else [touched])))
            st.space("stretch")
            remove = st.button(
                words("rules.remove"), icon=":material/delete:", type="tertiary", key=f"rule.remove.{rule['term']}"
            )
    if remove and do(words, "rule_remove", {"term": rule["term"]}, words("rules.removing")) is not None:
        st.session_state[REMOVED] = rule
        st.rerun()


def _removed(view: View, rule: Rule) -> None:
    """The rule that was just removed, and the way back."""
    words = view.words
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(plain(words("rules.removed", term=rule["term"])))
        undo = st.button(words("rules.undo"), icon=":material/undo:", type="tertiary", key="rule.undo")
    if undo and _make(view, {name: rule[name] for name in ("term", "label", "weight", "note")}):
        st.rerun()


def _add(view: View) -> None:
    words = view.words
    if st.session_state.pop(MADE, False):
        st.session_state["rules.term"] = st.session_state["rules.note"] = ""
    with st.form("rules.add", clear_on_submit=False, enter_to_submit=False):
        term, label, note = st.columns([2, 1, 3])
        written = term.text_input(
            words("rules.term"), max_chars=100, key="rules.term", placeholder=words("rules.example")
        )
        chosen = label.selectbox(
            words("rules.label"),
            LABELS,
            index=LABELS.index("neutral"),
            format_func=words.label,
            help=words("rules.label_help"),
            key=f"rules.label.{words.language}",
        )
        said = note.text_input(
            words("rules.note"), max_chars=200, key="rules.note", placeholder=words("rules.note_example")
        )
        if st.form_submit_button(words("rules.add"), icon=":material/add:", key="rules.add.submit") and _make(
            view, {"term": written, "label": chosen, "note": said}
        ):
            st.session_state[MADE] = True
            st.rerun()


def _make(view: View, params: Rule) -> bool:
    words = view.words
    if do(words, "rule_add", params, words("rules.adding")) is None:
        return False
    st.session_state.pop(REMOVED, None)
    remember(words("rules.added", term=params["term"]))
    return True
