"""What was found in files, or done with them: one row a file, and what is worth saying beside the counts."""

from collections.abc import Sequence
from typing import Any, Final

import streamlit as st

from tingfeng.dashboard.safe import plain
from tingfeng.dashboard.spoken import translated
from tingfeng.dashboard.view import View
from tingfeng.dashboard.words import Words

COUNTS: Final = ("read", "new", "updated", "unchanged", "rejected")


def table(view: View, verdicts: Sequence[dict[str, Any]]) -> None:
    """The verdicts as a table, then a line for each file that was not read or was repaired."""
    words = view.words
    rows = [_row(view, verdict) for verdict in verdicts]
    st.dataframe(
        rows,
        hide_index=True,
        column_config={
            words(f"verdicts.{name}"): st.column_config.NumberColumn(format="localized")
            for name in (*COUNTS, "repaired")
        },
    )
    said = [line for verdict in verdicts for line in remarks(view, verdict)]
    if said:
        st.caption("\n".join(f"- {line}" for line in said))


def _row(view: View, verdict: dict[str, Any]) -> dict[str, Any]:
    words = view.words
    unread = words("verdicts.refused") if verdict.get("refused") else words("verdicts.not_recognised")
    form = verdict["format"] if not verdict.get("error") else None
    return {
        words("verdicts.file"): verdict["file"],
        words("verdicts.format"): words.known(f"formats.{form}", form) if form else unread,
        words("verdicts.platform"): words.platform(verdict["platform"]) if verdict["platform"] else "",
        **{words(f"verdicts.{name}"): verdict[name] for name in COUNTS},
        words("verdicts.repaired"): sum(verdict["repaired"].values()),
        words("verdicts.time_zone"): _zone(words, verdict),
    }


def _zone(words: Words, verdict: dict[str, Any]) -> str:
    zone = words.zone(verdict["time_zone"] or "")
    return words("verdicts.zone_guess", zone=zone) if zone and verdict.get("time_zone_assumed") else zone


def remarks(view: View, verdict: dict[str, Any]) -> list[str]:
    """Lines of Markdown about one file: why it was not read, and what was repaired in it."""
    words, file = view.words, plain(verdict["file"])
    said = [f"**{file}**: {plain(reason)}" for reason in _reasons(words, verdict)]
    repaired = verdict["repaired"]
    if repaired["times"]:
        said.append(f"**{file}**: {words('verdicts.times', n=repaired['times'])}")
    if repaired["ids"]:
        said.append(f"**{file}**: {words('verdicts.ids', n=repaired['ids'])}")
    if verdict.get("time_zone_assumed"):
        said.append(
            f"**{file}**: :orange[{words('verdicts.zone_assumed', zone=plain(words.zone(verdict['time_zone'])))}]"
        )
    if verdict.get("running_ids"):
        said.append(f"**{file}**: :orange[{words('verdicts.running_ids')}]")
    for field, unread in verdict.get("unread", {}).items():
        name, example = words.known(f"fields.{field}", field), plain(unread["example"])
        left_out = words("verdicts.unread", field=name, n=unread["cells"], example=example)
        said.append(f"**{file}**: :orange[{left_out}]")
    return said


def _reasons(words: Words, verdict: dict[str, Any]) -> list[str]:
    """Why the file was not read, if it was not; a table whose columns are unclear is mended on the page."""
    if verdict.get("error") and verdict.get("mapping"):
        what = translated(str(verdict["error"]).partition(": ")[0], words.language)
        return [words("verdicts.see_below", what=what)]
    reasons = [str(verdict[name]) for name in ("error", "refused") if verdict.get(name)]
    guess = verdict.get("guess")
    guesses = [words("verdicts.guess", guess=guess)] if guess and not any(guess in reason for reason in reasons) else []
    return [*(translated(reason, words.language) for reason in reasons), *guesses]
