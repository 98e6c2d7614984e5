"""Doing what a reader asked for: the same operations as the command line's, with progress, and errors in words."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import streamlit as st

from tingfeng.dashboard.safe import plain
from tingfeng.dashboard.spoken import spoken
from tingfeng.dashboard.words import Words
from tingfeng.errors import TingfengError
from tingfeng.operations import run
from tingfeng.operations.log import unexpected
from tingfeng.queries import QueryError


def do(words: Words, op: str, params: dict[str, Any], doing: str) -> Any:
    """The result of the operation `op`, or None when it failed and the page says why; `doing` stands above the bar."""
    bar = st.progress(0.0, text=doing)

    def on_progress(step: dict[str, Any]) -> None:
        done, of = step["done"], step["of"]
        share = min(done / of, 1.0) if of else 0.0
        bar.progress(share, text=words("doing.step", doing=doing, done=done, of=of) if of else doing)

    try:
        with errors_in_words(words):
            return run(op, params, on_progress)
    finally:
        bar.empty()
    return None


@contextmanager
def errors_in_words(words: Words) -> Iterator[None]:
    """What goes wrong inside is said in one sentence, never as a traceback; the log file keeps where it arose."""
    try:
        yield
    except TingfengError as error:
        say_error(words, error)
    except Exception as error:  # noqa: BLE001 - a page shows a sentence whatever happens
        say_error(words, unexpected(error))


def say_error(words: Words, error: TingfengError) -> None:
    """Show `error` on the page."""
    st.error(plain(spoken(error, words.language)), icon=":material/error:")


def say_query_error(words: Words, written: str, error: QueryError) -> None:
    """Show what is wrong with a query, and where in it."""
    say_error(words, error)
    st.code(f"{written}\n{' ' * (error.position - 1)}^", language=None)


def remember(message: str) -> None:
    """Say `message` after the page has run again."""
    st.session_state.setdefault("to say", []).append(message)


def say_remembered() -> None:
    """Say what was done in the run before."""
    for message in st.session_state.pop("to say", []):
        st.toast(plain(message), icon=":material/check_circle:")
