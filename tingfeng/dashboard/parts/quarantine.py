"""The quarantine: rows that could not be read, why, and another try, as they are or mended."""

import json
from typing import Any, Final

import streamlit as st

from tingfeng.dashboard.parts.doing import do, remember
from tingfeng.dashboard.safe import plain
from tingfeng.dashboard.spoken import translated
from tingfeng.dashboard.view import View
from tingfeng.dashboard.words import Words

PAGE: Final = 50


def show(view: View) -> None:
    """Which rows lie there, file by file."""
    words = view.words
    counted = view.store.count_rejects()
    if not counted:
        st.info(words("quarantine.none"), icon=":material/verified:")
        return
    st.markdown(words("quarantine.lead"))
    files = list(dict.fromkeys(entry["file"] for entry in counted))
    sizes = {file: sum(entry["rows"] for entry in counted if entry["file"] == file) for file in files}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        file = st.selectbox(
            words("quarantine.file"),
            files,
            format_func=lambda each: words("quarantine.size", file=each, n=sizes[each]),
            key="quarantine.file",
            width=460,
        )
        if st.button(words("quarantine.retry_all"), icon=":material/refresh:", key="quarantine.retry"):
            _retry(view, {})
    for entry in counted:
        if entry["file"] == file:
            reason = plain(translated(entry["reason"], words.language))
            st.caption(words("quarantine.reason", reason=reason, n=entry["rows"]))
    _rows(view, str(file), sizes[str(file)])


def _rows(view: View, file: str, size: int) -> None:
    words = view.words
    number = st.pagination(-(-size // PAGE), key=f"quarantine.page.{file}") if size > PAGE else 1
    rows = view.store.rejects(file=file, limit=PAGE, offset=(number - 1) * PAGE)
    shown = [
        {
            words("quarantine.line"): row["line"],
            words("quarantine.why"): translated(row["reason"], words.language),
            words("quarantine.raw"): row["raw"],
        }
        for row in rows
    ]
    picked: Any = st.dataframe(
        shown,
        hide_index=True,
        key=f"quarantine.rows.{file}.{number}",
        on_select="rerun",
        selection_mode="single-row",
        column_config={words("quarantine.raw"): st.column_config.TextColumn(width="large")},
    )
    st.caption(words("quarantine.help"))
    chosen = [place for place in picked["selection"]["rows"] if place < len(rows)]
    if chosen:
        _mend(view, rows[chosen[0]])


def _mend(view: View, row: dict[str, Any]) -> None:
    """The row, to be edited cell by cell and read again."""
    words, number = view.words, row["number"]
    with st.form(f"mend.{number}"):
        edited = _edited(words, row)
        if st.form_submit_button(words("quarantine.retry"), type="primary", icon=":material/refresh:"):
            _retry(view, {"rows": [{"number": number, "raw": edited}]})


def _edited(words: Words, row: dict[str, Any]) -> str:
    """The row as it is edited: a field a column, or as one text what is no flat record."""
    number, cells = row["number"], _cells(row["raw"])
    if not cells:
        return st.text_area(words("quarantine.edit"), row["raw"], height=180, key=f"raw.{number}") or str(row["raw"])
    st.caption(words("quarantine.edit"))
    made: dict[str, Any] = {}
    with st.container(height=360, border=False):
        for name, cell in cells.items():
            written = "" if cell is None else str(cell)
            said = st.text_input(plain(name), written, key=f"raw.{number}.{name}")
            made[name] = cell if said == written else said
    return json.dumps(made, ensure_ascii=False)


def _cells(raw: str) -> dict[str, Any] | None:
    """The cells of a row by column; None for what is no record of plain values."""
    try:
        record = json.loads(raw)
    except ValueError:
        return None
    flat = isinstance(record, dict) and not any(isinstance(cell, dict | list) for cell in record.values())
    return record if flat else None


def _retry(view: View, params: dict[str, Any]) -> None:
    words = view.words
    result = do(words, "retry", params, words("quarantine.retrying"))
    if result is None:
        return
    total = result["total"]
    if params and result["refused"]:
        st.error(plain(translated(result["refused"][0]["reason"], words.language)), icon=":material/error:")
        return
    remember(words("quarantine.retried", n=total["new"] + total["updated"] + total["unchanged"]))
    st.rerun()
