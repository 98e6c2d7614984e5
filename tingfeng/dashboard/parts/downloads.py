"""Take the mentions in view away as CSV or XLSX."""

import re
from functools import partial
from io import BytesIO
from typing import Final

import streamlit as st

from tingfeng.dashboard.view import View
from tingfeng.operations.log import unexpected
from tingfeng.reports import export
from tingfeng.store import Filters

TYPES: Final = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def show(view: View, filters: Filters, count: int) -> None:
    """A button that opens both downloads; files are written when they are asked for."""
    words = view.words
    with st.popover(words("downloads.title"), icon=":material/download:", key="downloads"):
        st.caption(words("downloads.lead", n=count))
        for form, mime in TYPES.items():
            st.download_button(
                words(f"downloads.{form}"),
                data=partial(_written, view, filters, form),
                file_name=file_name(filters, words.language, form),
                mime=mime,
                on_click="ignore",
                key=f"download.{form}",
                width="stretch",
            )


def file_name(filters: Filters, language: str, form: str) -> str:
    """`<watchlist>_mentions_<since>_<until>_<language>.<form>`, without what a file's name must not have."""
    parts = [filters.watchlist or "tingfeng", "mentions", filters.since or "", filters.until or "", language]
    safe = [re.sub(r"[^\w-]+", "-", part).strip("-") for part in parts if part]
    return f"{'_'.join(safe)}.{form}"


def _written(view: View, filters: Filters, form: str) -> bytes:
    out = BytesIO()
    try:
        export(view.store, filters, out, form, lambda _step: None)
    except Exception as error:
        raise unexpected(error) from error
    return out.getvalue()
