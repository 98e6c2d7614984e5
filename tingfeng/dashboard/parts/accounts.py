"""The accounts of a subject: what each published, and stored authors to choose from."""

from typing import Final

import streamlit as st

from tingfeng.dashboard.asking import ask_about
from tingfeng.dashboard.drafts import SubjectDraft
from tingfeng.dashboard.parts.doing import say_error
from tingfeng.dashboard.safe import plain
from tingfeng.dashboard.view import View
from tingfeng.dashboard.words import Words
from tingfeng.operations.rows import rows_of
from tingfeng.store import Filters
from tingfeng.store.authors import authors, published
from tingfeng.watchlists import WatchlistError, checked_account
from tingfeng.watchlists.watchlist import account

HEIGHT: Final = 300


def write(view: View, subject: SubjectDraft, scope: Filters, key: str) -> None:
    """The accounts, one a line, and a search for authors that adds a line."""
    words = view.words
    subject.accounts = (
        st.text_area(
            words("editor.accounts"),
            # What a click on an author put there already is no default.
            "" if key in st.session_state else subject.accounts,
            key=key,
            help=words("editor.accounts_help"),
            placeholder="xiaohongshu:5f1e0a\nweibo:@riversong",
            height=76,
        )
        or ""
    )
    with st.popover(words("editor.pick"), icon=":material/person_search:", key=f"{key}.pick"):
        search = st.text_input(words("editor.find_author"), key=f"{key}.search", live="400ms") or ""
        found = rows_of(ask_about(view, scope, authors, search))
        if not found:
            st.caption(words("editor.no_author"))
        with st.container(height=HEIGHT if found else "content", border=False):
            for row in found:
                written = f"{row['platform']}:{row['account']}"
                st.button(
                    _called(row, words),
                    key=f"{key}.{written}",
                    type="tertiary",
                    disabled=written in subject.listed,
                    on_click=_add,
                    args=(subject, key, written),
                )


def preview(view: View, subject: SubjectDraft, scope: Filters) -> None:
    """What each account published among the mentions of `scope`; what is no account, or none that is known, is said."""
    words = view.words
    for written in subject.listed:
        try:
            checked_account(written, words("editor.accounts"))
        except WatchlistError as error:
            say_error(words, error)
            continue
        posts = ask_about(view, scope, published, account(written))
        said = words("editor.no_author") if posts is None else words("editor.hits", n=posts)
        st.markdown(f"**{plain(words('editor.account', account=written, said=said))}**")


def _called(row: dict[str, object], words: Words) -> str:
    """An author as people tell them apart: name, handle, id, platform, mentions."""
    handle = f"@{str(row['handle']).lstrip('@')}" if row["handle"] else None
    own = None if str(row["account"]).startswith("@") else row["account"]
    platform, mentions = words.platform(str(row["platform"])), words("watchlists.mentions", n=row["mentions"])
    said = dict.fromkeys(str(each) for each in (row["name"], handle, own, platform, mentions) if each)
    return plain(words("list.dot").join(said))


def _add(subject: SubjectDraft, key: str, written: str) -> None:
    subject.accounts = "\n".join([*subject.listed, written])
    st.session_state[key] = subject.accounts
