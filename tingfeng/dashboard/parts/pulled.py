"""What a pull did: its counts, and what is worth saying beside them."""

from collections.abc import Iterator
from typing import Any, Final

import streamlit as st

from tingfeng.dashboard.parts.doing import say_error
from tingfeng.dashboard.safe import plain
from tingfeng.dashboard.spoken import translated
from tingfeng.dashboard.view import View
from tingfeng.errors import TingfengError
from tingfeng.operations.sources import COUNTED

_SHOWN: Final = 5


def pulled(view: View, result: dict[str, Any]) -> None:
    """The result of a pull of this session."""
    words = view.words
    if error := result.get("error"):
        say_error(words, TingfengError(**error))
    else:
        st.success(words("sources.done", n=result["new"] + result["updated"]), icon=":material/check_circle:")
    st.dataframe(
        [{words(f"verdicts.{name}"): result[name] for name in COUNTED}],
        hide_index=True,
        column_config={
            words(f"verdicts.{name}"): st.column_config.NumberColumn(format="localized") for name in COUNTED
        },
    )
    if said := list(_remarks(view, result)):
        st.caption("\n".join(f"- {line}" for line in said))
    if result["new"] + result["updated"]:
        st.page_link(view.pages["overview"], label=words("sources.look"), icon=":material/monitoring:")


def _remarks(view: View, result: dict[str, Any]) -> Iterator[str]:
    words = view.words
    if result["dropped"]:
        yield words("connections.dropped", n=result["dropped"])
    if result["next_run"]:
        why = plain(translated(result["stopped"], words.language))
        yield words("connections.stopped", why=why, when=plain(words.zoned(result["next_run"], view.zone)))
    elif not result["complete"] and not result.get("error"):
        yield words("connections.more")
    beside = [*result["skipped"], *result["partial"]]
    for entry in beside[:_SHOWN]:
        yield plain(f"{entry['job']}{words('list.colon')}{translated(entry['what'], words.language)}")
    if len(beside) > _SHOWN:
        yield words("connections.more_jobs", n=len(beside) - _SHOWN)
    if cost := result["cost"]:
        yield words("connections.spent", n=cost["units"], unit=plain(translated(cost["unit"], words.language)))
