"""Watchlists: what is tracked; make, change, copy, share and delete."""

import streamlit as st

import tingfeng.watchlists as format_
from tingfeng.dashboard.address import Choice
from tingfeng.dashboard.asking import ask_about
from tingfeng.dashboard.drafts import Draft, copy_of, draft_of
from tingfeng.dashboard.parts.doing import do, errors_in_words, remember
from tingfeng.dashboard.parts.editor import edit
from tingfeng.dashboard.safe import badge, plain
from tingfeng.dashboard.view import View
from tingfeng.store import Filters, Store
from tingfeng.watchlists import Watchlist

DRAFT = "draft"


def show(view: View) -> None:
    """The list, or the editor while one is being changed."""
    draft = st.session_state.get(DRAFT)
    if draft is None:
        _list(view)
    elif edit(view, draft):
        del st.session_state[DRAFT]
        st.rerun()


def _list(view: View) -> None:
    words = view.words
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.title(words("watchlists.title"), anchor=False)
        st.space("stretch")
        with st.popover(words("watchlists.import"), icon=":material/upload_file:"):
            _import(view)
        if st.button(words("watchlists.new"), icon=":material/add:", type="primary", key="watchlist.new"):
            _open(Draft())
    st.caption(words("watchlists.lead"))
    if not view.watchlists:
        st.info(words("watchlists.none"), icon=":material/playlist_add:")
    for watchlist in view.watchlists.values():
        with st.container(border=True, key=f"watchlist.{watchlist.name}"):
            _row(view, watchlist)
    if gone := view.store.deleted_watchlists():
        with st.expander(words("watchlists.deleted_ones", n=len(gone)), icon=":material/delete:", key="deleted"):
            for watchlist in gone:
                _deleted(view, watchlist)


def _row(view: View, watchlist: Watchlist) -> None:
    words, name = view.words, watchlist.name

    def named(number: int) -> str:
        return words("watchlists.copy_name", name=name, number=number)

    count = ask_about(view, Filters(watchlist=name), Store.count)
    with st.container(gap=None):
        st.markdown(f"##### {plain(name)}")
        where = [words.platform(each) for each in watchlist.platforms] or [words("watchlists.all_platforms")]
        tongues = [words.tongue(each) for each in watchlist.languages] or [words("watchlists.all_languages")]
        scope = [words.zone(watchlist.time_zone), words("list.comma").join(where), words("list.comma").join(tongues)]
        st.caption(plain(words("list.dot").join([words("watchlists.mentions", n=count), *scope])))
    with st.container(horizontal=True, gap="xsmall"):
        for subject in watchlist.subjects:
            kind = words(f"subject_kinds.{subject.kind}")
            st.markdown(badge(words("watchlists.subject", name=subject.name, kind=kind), "gray"))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        params = view.params(Choice(watchlist=name, period="all"))
        query = [(key, value) for key, values in params.items() for value in values]
        st.page_link(
            view.pages["overview"], label=words("watchlists.open"), icon=":material/monitoring:", query_params=query
        )
        if st.button(words("watchlists.edit"), icon=":material/edit:", key=f"edit.{name}"):
            _open(draft_of(watchlist))
        if st.button(words("watchlists.copy"), icon=":material/content_copy:", key=f"copy.{name}"):
            _open(copy_of(watchlist, view.watchlists, named))
        st.download_button(
            words("watchlists.export"),
            data=format_.write(watchlist),
            file_name=f"{name}.yaml",
            mime="application/yaml",
            icon=":material/download:",
            on_click="ignore",
            key=f"export.{name}",
        )
        if st.button(words("watchlists.delete"), icon=":material/delete:", type="tertiary", key=f"delete.{name}"):
            _delete(view, name)


def _open(draft: Draft) -> None:
    st.session_state[DRAFT] = draft
    st.rerun()


def _delete(view: View, name: str) -> None:
    if do(view.words, "watchlist_delete", {"name": name}, view.words("watchlists.deleting")):
        remember(view.words("watchlists.deleted", name=name))
        st.rerun()


def _deleted(view: View, watchlist: Watchlist) -> None:
    words, name = view.words, watchlist.name
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(plain(words("watchlists.found", name=name, n=len(watchlist.subjects))))
        st.space("stretch")
        restore = st.button(words("watchlists.restore"), icon=":material/undo:", key=f"restore.{name}")
    if restore and do(words, "watchlist_restore", {"name": name}, words("watchlists.matching")):
        st.rerun()


def _import(view: View) -> None:
    words = view.words
    file = st.file_uploader(words("watchlists.file"), type=["yaml", "yml"], key="watchlist.file", max_upload_size=2)
    if file is None:
        return
    with errors_in_words(words):
        text = file.getvalue().decode("utf-8-sig", errors="replace")
        watchlist = format_.read(text)
        replaces = watchlist.name in view.watchlists
        st.markdown(plain(words("watchlists.found", name=watchlist.name, n=len(watchlist.subjects))))
        if replaces:
            st.warning(words("watchlists.replaces"), icon=":material/warning:")
        if st.button(words("watchlists.save"), type="primary", key="watchlist.import"):
            saved = do(words, "watchlist_save", {"yaml": text, "file": file.name}, words("watchlists.matching"))
            if saved:
                remember(words("watchlists.saved", name=watchlist.name, n=saved["mentions"]))
                st.rerun()
