"""Take the mentions in view away as CSV or XLSX."""

import re
from functools import partial
from tempfile import TemporaryFile
from typing import BinaryIO, Final, cast

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
    """The file's bytes, once: it is written to the disk first, because building it takes as much again."""
    try:
        with TemporaryFile(dir=view.workspace.home) as out:
            export(view.store, filters, cast("BinaryIO", out), form, lambda _step: None)
            out.seek(0)
            return out.read()
    except Exception as error:
        raise unexpected(error) from error
