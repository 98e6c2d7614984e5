"""The history of imports, and taking one back."""

from typing import Any

import streamlit as st

from listeners.apis.registry import apis
from tingfeng.dashboard.parts import verdicts
from tingfeng.dashboard.parts.doing import do, remember
from tingfeng.dashboard.safe import plain
from tingfeng.dashboard.view import View


def show(view: View) -> None:
    """All imports, the newest first."""
    words = view.words
    found = view.store.imports()
    if not found:
        st.info(words("history.none"), icon=":material/inbox:")
    for entry in found:
        with st.container(border=True, key=f"import.{entry['import']}"):
            _entry(view, entry)


def _entry(view: View, entry: dict[str, Any]) -> None:
    words, number, counts = view.words, entry["import"], entry["total"]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(gap=None):
            st.markdown(f"##### {plain(_name(view, entry))}")
            said = [words("history.number", number=number), words.zoned(entry["began"], view.zone)]
            said.append(words(f"history.status.{entry['status']}"))
            said += [
                words(f"history.{name}", n=counts[name]) for name in ("new", "updated", "rejected") if counts[name]
            ]
            st.caption(plain(words("list.dot").join(said)))
        if entry["status"] in {"finished", "interrupted"}:
            with st.popover(words("history.undo"), icon=":material/undo:", type="tertiary", key=f"undo.open.{number}"):
                st.markdown(words("history.confirm"))
                if st.button(words("history.undo_now"), type="primary", key=f"undo.{number}"):
                    _undo(view, number)
    if entry["files"]:
        with st.expander(words("history.files", n=len(entry["files"]))):
            verdicts.table(view, entry["files"])


def _name(view: View, entry: dict[str, Any]) -> str:
    if entry["demo"]:
        return view.words("demo.badge")
    paths: list[str] = entry["paths"]
    names = [path.rstrip("/").rsplit("/", 1)[-1] for path in paths]
    names = [view.words.known(f"formats.{name}", name) if name in apis() else name for name in names]
    if len(names) <= 2:
        return view.words("list.comma").join(names)
    return view.words("history.and_more", first=names[0], n=len(names) - 1)


def _undo(view: View, number: int) -> None:
    words = view.words
    undone = do(words, "undo", {"number": number}, words("history.undoing"))
    if undone:
        remember(words("history.undone", removed=undone["removed"], restored=undone["restored"]))
        st.rerun()
