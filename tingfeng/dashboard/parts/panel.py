"""A chart with its title, what it shows, its numbers as a table and as CSV, and the way to the mentions behind it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import altair as alt
import pandas as pd
import streamlit as st

from tingfeng.dashboard import charts, slices
from tingfeng.dashboard.address import Choice
from tingfeng.dashboard.parts.table import as_csv
from tingfeng.dashboard.safe import plain
from tingfeng.dashboard.view import View

CAME_FROM: Final = "came from"


@dataclass(frozen=True)
class Panel:
    """What a chart says besides its marks; `columns` names those of the frame that people see, in order."""

    key: str
    title: str
    subtitle: str
    frame: pd.DataFrame
    columns: Mapping[str, str]
    warning: str = ""

    def table(self) -> pd.DataFrame:
        """The numbers behind the chart under the names that people read."""
        return self.frame[list(self.columns)].rename(columns=dict(self.columns))


def draw(
    view: View,
    panel: Panel,
    chart: alt.Chart | alt.LayerChart,
    bucket: str = "day",
    switch: Callable[[], None] = lambda: None,
) -> None:
    """Draw the panel, `switch` in its head; a click on a mark opens the mentions behind it."""
    with st.container(border=True, height="stretch", key=f"panel.{panel.key}"):
        _head(view, panel, switch)
        event: Any = st.altair_chart(
            chart, key=f"chart.{panel.key}", on_select="rerun", selection_mode=charts.SLICE, alt=panel.title
        )
        if panel.warning:
            st.caption(f":material/info: {plain(panel.warning)}")
    fields = slices.picked(event)
    if fields:
        open_mentions(view, slices.narrowed(view.choice, fields, bucket))


def open_mentions(view: View, choice: Choice) -> None:
    """Go to the mentions of `choice`, and remember where the reader came from."""
    st.session_state[CAME_FROM] = view.choice
    st.switch_page(view.pages["mentions"], query_params=_query(view, choice))


def link_mentions(view: View, label: str, choice: Choice | None = None) -> None:
    """A link to the mentions of `choice`, the present one by default."""
    st.page_link(
        view.pages["mentions"], label=label, icon=":material/arrow_forward:", query_params=_query(view, choice)
    )


def link_back(view: View) -> None:
    """A link back to where a click in a chart led away from: the browser's own way back keeps the narrowed address."""
    before = st.session_state.get(CAME_FROM)
    if before is not None and before != view.choice:
        label, query = view.words("panel.back"), _query(view, before)
        st.page_link(view.pages["overview"], label=label, icon=":material/arrow_back:", query_params=query)


def _query(view: View, choice: Choice | None) -> list[tuple[str, str]]:
    return [(name, value) for name, values in view.params(choice).items() for value in values]


def _head(view: View, panel: Panel, switch: Callable[[], None]) -> None:
    words = view.words
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(gap=None):
            st.markdown(f"##### {panel.title}")
            st.caption(panel.subtitle)
        switch()
        with st.popover(words("panel.data"), icon=":material/table_rows:", type="tertiary", key=f"data.{panel.key}"):
            table = panel.table()
            st.dataframe(table, hide_index=True, width=640, height=min(38 + 35 * len(table), 420))
            st.download_button(
                words("panel.csv"),
                data=lambda: as_csv(table),
                file_name=f"tingfeng_{panel.key}.csv",
                mime="text/csv",
                icon=":material/download:",
                on_click="ignore",
                key=f"csv.{panel.key}",
            )
