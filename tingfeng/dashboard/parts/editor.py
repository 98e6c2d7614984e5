"""The editor of a watchlist, with a live preview of what each query means and finds."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

import streamlit as st

from tingfeng.dashboard.asking import ask_about, mentions_page
from tingfeng.dashboard.drafts import Draft, SubjectDraft
from tingfeng.dashboard.parts import accounts, card, zones
from tingfeng.dashboard.parts.doing import do, remember, say_query_error
from tingfeng.dashboard.safe import plain
from tingfeng.dashboard.view import View
from tingfeng.dashboard.words import Words
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
            words("editor.zone"),
            zones.listed(draft.time_zone),
            format_func=words.zone,
            key=_key(draft, "zone", words),
            help=words("editor.zone_help"),
        )
        draft.platforms = left.multiselect(
            words("editor.platforms"),
            _with(config("platforms"), draft.platforms),
            default=draft.platforms,
            format_func=words.platform,
            placeholder=words("editor.all"),
            key=_key(draft, "platforms", words),
        )
        draft.languages = right.multiselect(
            words("editor.languages"),
            _with(("zh", "en", "mixed", "ja", "ko"), draft.languages),
            default=draft.languages,
            format_func=words.tongue,
            placeholder=words("editor.all"),
            key=_key(draft, "languages", words),
        )


@st.fragment
def _subject(view: View, draft: Draft, number: int) -> None:
    """One subject: its fields beside the preview of its query."""
    words, subject = view.words, draft.subjects[number]
    scope = Filters(platforms=tuple(draft.platforms), languages=tuple(draft.languages), zone=draft.time_zone, own=True)
    left, right = st.columns([1, 1], gap="medium")
    with left:
        name, kind = st.columns([2, 1])
        subject.name = name.text_input(words("editor.subject"), subject.name, key=_key(subject, "name")) or ""
        subject.kind = kind.selectbox(
            words("editor.kind"),
            SUBJECT_KINDS,
            index=SUBJECT_KINDS.index(subject.kind),
            format_func=lambda each: words(f"subject_kinds.{each}"),
            key=_key(subject, "kind", words),
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
        accounts.write(view, subject, scope, _key(subject, "accounts"))
        if len(draft.subjects) > 1 and st.button(
            words("editor.remove"), icon=":material/delete:", type="tertiary", key=_key(subject, "remove")
        ):
            draft.subjects.remove(subject)
            st.rerun()
    with right:
        if not subject.query.strip() and not subject.listed:
            st.caption(words("editor.no_query"))
        if subject.query.strip():
            preview(view, subject.query, scope)
        accounts.preview(view, subject, scope)


def preview(view: View, written: str, scope: Filters) -> None:
    """What the query means, how many mentions of `scope` it hits, and some; where it is wrong, what and where."""
    words, zone = view.words, scope.zone
    language: Any = words.language
    try:
        query = parse(written, zone)
    except QueryError as error:
        say_query_error(words, written, error)
        return
    found = replace(scope, query=written)
    count = ask_about(view, found, Store.count)
    st.markdown(f"**{plain(words('editor.hits', n=count))}**")
    st.caption(plain(words("query.understood", meaning=describe(query, language))))
    if count:
        with st.container(height=260, border=False):
            st.html(card.style())
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


def _key(owner: object, field: str, words: Words | None = None) -> str:
    """The key of a widget; one whose options are `words` is another in each language, or it keeps the old ones."""
    return f"draft.{id(owner)}.{field}{words.language if words else ''}"
