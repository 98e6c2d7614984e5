"""Questions to the store and to insights, answered once as long as neither the store nor the filters change."""

from collections.abc import Callable
from functools import partial
from typing import Any, Concatenate, ParamSpec, TypeVar

import streamlit as st

from tingfeng.dashboard.view import View
from tingfeng.operations.rows import rows_of
from tingfeng.store import Filters, Store, pages

P = ParamSpec("P")
T = TypeVar("T")


def ask(view: View, question: Callable[Concatenate[Store, Filters, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """`question(store, filters, ...)` about the view."""
    return ask_about(view, view.filters, question, *args, **kwargs)


def ask_about(
    view: View,
    filters: Filters,
    question: Callable[Concatenate[Store, Filters, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """`question(store, filters, ...)` about other filters than the view's."""
    key = _key(view, question.__module__, question.__qualname__, filters, args, sorted(kwargs.items()))
    answer: T = _answer(key, partial(question, view.store, filters, *args, **kwargs))
    return answer


def _key(view: View, *parts: Any) -> str:
    return repr((str(view.workspace.home), view.store.generation, *parts))


@st.cache_data(max_entries=300, show_spinner=False)
def _answer(key: str, _question: Callable[[], Any]) -> Any:
    return _question()


def mentions_page(view: View, filters: Filters, order: str, after: str | None, limit: int) -> list[dict[str, Any]]:
    """A page of mentions as plain rows."""
    return rows_of(ask_about(view, filters, pages.mentions_page, order, after, limit))


def one_mention(view: View, platform: str, identity: str) -> dict[str, Any]:
    """One mention with what it says about each subject of the watchlist in view."""
    row = view.store.mention(platform, identity)
    return {**row, "target_sentiment": view.store.said_toward(platform, identity, view.choice.watchlist)}
