"""Doing what a reader asked for: the same operations as the command line's, with progress, and errors in words."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from contextlib import contextmanager
from functools import partial
from threading import Thread
from typing import Any, Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tingfeng.dashboard.safe import plain
from tingfeng.dashboard.spoken import spoken
from tingfeng.dashboard.words import Words
from tingfeng.errors import TingfengError
from tingfeng.operations import run
from tingfeng.operations.log import unexpected
from tingfeng.queries import QueryError

OnProgress = Callable[[dict[str, Any]], None]

_LOOK_SECONDS: Final = 0.1


def do(words: Words, op: str, params: dict[str, Any], doing: str) -> Any:
    """The result of the operation `op`, or None when it failed and the page says why; `doing` stands above the bar."""
    return done(words, partial(run, op, params), doing)


def done(words: Words, work: Callable[[OnProgress], Any], doing: str) -> Any:
    """The same for any work that reports its progress.

    A page that is left or run again meanwhile stops waiting; the work goes on to its end.
    """
    bar = st.progress(0.0, text=doing)
    steps: deque[dict[str, Any]] = deque(maxlen=1)
    with errors_in_words(words):
        under_way = begun(work, steps.append)
        while not wait([under_way], _LOOK_SECONDS).done:
            if steps:
                draw(bar, words, doing, steps.pop())
        bar.empty()
        return under_way.result()
    return None


def begun(work: Callable[[OnProgress], Any], on_progress: OnProgress) -> Future[Any]:
    """The work in a thread of its own: Streamlit ends a page's thread wherever that draws."""
    future: Future[Any] = Future()

    def whole() -> None:
        try:
            future.set_result(work(on_progress))
        except BaseException as error:  # noqa: BLE001 - raised again where the result is asked for
            future.set_exception(error)

    Thread(target=whole, name="tingfeng-page", daemon=True).start()
    return future


def draw(bar: DeltaGenerator, words: Words, doing: str, step: dict[str, Any]) -> None:
    """Show how far the operation has come."""
    so_far, of = step["done"], step["of"]
    if of:
        bar.progress(min(so_far / of, 1.0), text=words("doing.step", doing=doing, done=so_far, of=of))
    else:
        bar.progress(0.0, text=words("doing.so_far", doing=doing, done=so_far) if so_far else doing)


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
