"""The editor of a watchlist, with a live preview of what each query means and finds."""

from collections.abc import Iterable
from typing import Any, Final

import streamlit as st

from tingfeng.dashboard.asking import ask_about, mentions_page
from tingfeng.dashboard.drafts import Draft, SubjectDraft
from tingfeng.dashboard.parts import card, zones
from tingfeng.dashboard.parts.doing import do, remember, say_query_error
from tingfeng.dashboard.safe import plain
from tingfeng.dashboard.view import View
from tingfeng.home import config
from tingfeng.queries import QueryError, describe, parse
from tingfeng.store import Filters, Store
from tingfeng.watchlists import SUBJECT_KINDS

EXAMPLES: Final = 10


def edit(view: View, draft: Draft) -> bool:
    """Draw the editor over `draft`, which it changes; True when the reader is done with it."""
    words = view.words
    title = words("editor.change", name=draft.saved_as) if draft.saved_as else words("editor.new")
    st.title(plain(title), anchor=False)
    _scope(view, draft)
    st.subheader(words("editor.subjects"), anchor=False)
    for number, subject in enumerate(draft.subjects):
        with st.container(border=True, key=f"subject.{id(subject)}"):
            _subject(view, draft, number)
    if st.button(words("editor.add"), icon=":material/add:", key="editor.add"):
        draft.subjects.append(SubjectDraft())
        st.rerun()
    with st.container(horizontal=True):
        save = st.button(words("editor.save"), type="primary", icon=":material/check:", key="editor.save")
        leave = st.button(words("editor.cancel"), key="editor.cancel")
    return leave or (save and _save(view, draft))


def _scope(view: View, draft: Draft) -> None:
    """Name, zone, platforms and languages."""
    words = view.words
    with st.container(border=True):
        left, right = st.columns(2)
        draft.name = left.text_input(words("editor.name"), draft.name, key=_key(draft, "name")) or ""
        draft.time_zone = right.selectbox(
            words("editor.zone"), zones.listed(draft.time_zone), key=_key(draft, "zone"), help=words("editor.zone_help")
        )
        draft.platforms = left.multiselect(
            words("editor.platforms"),
            _with(config("platforms"), draft.platforms),
            default=draft.platforms,
            format_func=words.platform,
            placeholder=words("editor.all"),
            key=_key(draft, "platforms"),
        )
        draft.languages = right.multiselect(
            words("editor.languages"),
            _with(("zh", "en", "mixed", "ja", "ko"), draft.languages),
            default=draft.languages,
            format_func=words.tongue,
            placeholder=words("editor.all"),
            key=_key(draft, "languages"),
        )


@st.fragment
def _subject(view: View, draft: Draft, number: int) -> None:
    """One subject: its fields beside the preview of its query."""
    words, subject = view.words, draft.subjects[number]
    left, right = st.columns([1, 1], gap="medium")
    with left:
        name, kind = st.columns([2, 1])
        subject.name = name.text_input(words("editor.subject"), subject.name, key=_key(subject, "name")) or ""
        subject.kind = kind.selectbox(
            words("editor.kind"),
            SUBJECT_KINDS,
            index=SUBJECT_KINDS.index(subject.kind),
            format_func=lambda each: words(f"subject_kinds.{each}"),
            key=_key(subject, "kind"),
        )
        subject.query = (
            st.text_input(
                words("editor.query"),
                subject.query,
                key=_key(subject, "query"),
                help=words("editor.query_help"),
                placeholder=words("editor.query_example"),
                live="400ms",
            )
            or ""
        )
        subject.accounts = (
            st.text_area(
                words("editor.accounts"),
                subject.accounts,
                key=_key(subject, "accounts"),
                help=words("editor.accounts_help"),
                placeholder="xiaohongshu:5f1e0a\nweibo:@riversong",
                height=76,
            )
            or ""
        )
        if len(draft.subjects) > 1 and st.button(
            words("editor.remove"), icon=":material/delete:", type="tertiary", key=_key(subject, "remove")
        ):
            draft.subjects.remove(subject)
            st.rerun()
    with right:
        preview(view, subject.query, draft)


def preview(view: View, written: str, draft: Draft) -> None:
    """What the query means, how many stored mentions it hits, and ten of them; where it is wrong, what and where.

    Zone, platforms and languages are those of the draft.
    """
    words, zone = view.words, draft.time_zone
    language: Any = words.language
    if not written.strip():
        st.caption(words("editor.no_query"))
        return
    try:
        query = parse(written, zone)
    except QueryError as error:
        say_query_error(words, written, error)
        return
    found = Filters(
        platforms=tuple(draft.platforms), languages=tuple(draft.languages), query=written, zone=zone, own=True
    )
    count = ask_about(view, found, Store.count)
    st.markdown(f"**{plain(words('editor.hits', n=count))}**")
    st.caption(plain(words("query.understood", meaning=describe(query, language))))
    if count:
        with st.container(height=260, border=False):
            st.html(card.style(view.dark))
            for example in mentions_page(view, found, "newest", None, EXAMPLES):
                st.html(card.card(example, words, zone, [query]))


def _save(view: View, draft: Draft) -> bool:
    """Save and match again; the old name goes when the watchlist has a new one."""
    words = view.words
    saved = do(words, "watchlist_save", {"yaml": draft.to_yaml()}, words("watchlists.matching"))
    if not saved:
        return False
    if draft.saved_as and draft.saved_as != saved["watchlist"]:
        do(words, "watchlist_delete", {"name": draft.saved_as}, words("watchlists.deleting"))
    remember(words("watchlists.saved", name=saved["watchlist"], n=saved["mentions"]))
    return True


def _with(options: Iterable[str], chosen: list[str]) -> list[str]:
    return list(dict.fromkeys([*options, *chosen]))


def _key(owner: object, field: str) -> str:
    return f"draft.{id(owner)}.{field}"
