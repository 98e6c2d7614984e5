"""Which column of an unknown table is which field, to be seen and corrected before the import."""

from collections.abc import Iterable
from typing import Any, Final

import streamlit as st
import yaml

from listeners.table.vocabulary import FIELDS
from tingfeng.dashboard.columns import Column, columns
from tingfeng.dashboard.parts import zones
from tingfeng.dashboard.parts.doing import say_error
from tingfeng.dashboard.safe import plain
from tingfeng.dashboard.view import View
from tingfeng.errors import TingfengError, UsageError
from tingfeng.home import config
from tingfeng.intake.importing import check_mapping
from tingfeng.mentions.record import KINDS
from tingfeng.operations.given import Given

CHOSEN: Final = "sources.mappings"

#: The fields that most tables have; the others are shown on demand.
USUAL: Final = (
    *("text", "title", "published_at", "id", "url", "author_name", "author_id", "platform", "kind", "region"),
    *("likes", "comments", "shares", "saves", "views", "hashtags"),
)


def chosen(given: Iterable[Given]) -> dict[str, str]:
    """The mappings (YAML) that the reader made for these files, by path."""
    paths = {each["path"] for each in given}
    kept: dict[str, str] = st.session_state.setdefault(CHOSEN, {})
    return {path: text for path, text in kept.items() if path in paths}


def trouble(made: str | None) -> TingfengError | None:
    """What is wrong with a mapping before its table is looked at."""
    try:
        check_mapping(made)
    except UsageError as error:
        return error
    return None


def edit(view: View, given: Given, verdict: dict[str, Any]) -> None:
    """The mapping of one file, when it is a table of unknown layout; applying it checks the file again."""
    mapping = verdict.get("mapping")
    if not mapping:
        return
    words = view.words
    failed, wrong = bool(verdict.get("error")), trouble(chosen([given]).get(given["path"]))
    label = words("mapping.incomplete" if failed else "mapping.title", file=plain(given["given"]))
    needed = bool(failed or wrong or verdict["time_zone_assumed"])
    with st.expander(label, expanded=needed, icon=":material/view_column:"), st.form(f"mapping.{given['path']}"):
        if wrong:
            say_error(words, wrong)
        st.caption(words("mapping.lead"))
        found = columns(given["path"])
        with st.container(key=f"fields.{given['path']}"):
            made = _said(view, given, verdict) | {"columns": _columns(view, given, mapping["columns"], found)}
        if st.form_submit_button(words("mapping.apply"), type="primary" if failed else "secondary"):
            st.session_state[CHOSEN][given["path"]] = yaml.safe_dump(made, allow_unicode=True, sort_keys=False)
            st.rerun()


def _said(view: View, given: Given, verdict: dict[str, Any]) -> dict[str, Any]:
    """What holds for all rows that do not say it themselves."""
    words, path, mapping = view.words, given["path"], verdict["mapping"]
    assumed = verdict["time_zone_assumed"]
    said = verdict["time_zone"] if assumed else mapping["time_zone"]
    platform, kind, zone = st.columns(3)
    known = list(config("platforms"))
    return {
        "platform": platform.selectbox(
            words("sources.platform"),
            known,
            index=known.index(mapping["platform"]) if mapping["platform"] in known else None,
            format_func=words.platform,
            placeholder=words("sources.as_the_file_says"),
            key=f"map.{path}.platform",
        ),
        "kind": kind.selectbox(
            words("columns.kind"),
            KINDS,
            index=KINDS.index(mapping["kind"]) if mapping["kind"] in KINDS else None,
            format_func=words.kind,
            placeholder=words("sources.as_the_file_says"),
            key=f"map.{path}.kind",
        ),
        # What was assumed is offered as it was assumed; a widget keeps its value as long as its key.
        "time_zone": zones.of_file(zone, words, said, f"map.{path}.{'assumed' if assumed else 'said'}.zone"),
    }


def _columns(view: View, given: Given, mapped: dict[str, str], found: list[Column]) -> dict[str, str]:
    """A select box a field, four in a row; each column is named with some of its values."""
    words = view.words
    names = [column.name for column in found]
    described = {column.name: words("mapping.column", name=column.name, sample=column.sample) for column in found}
    fields = list(dict.fromkeys([*USUAL, *(field for field in FIELDS if field in mapped)]))
    made: dict[str, str] = {}
    for first in range(0, len(fields), 4):
        for place, field in zip(st.columns(4), fields[first : first + 4], strict=False):
            column = mapped.get(field)
            picked = place.selectbox(
                words.known(f"fields.{field}", field),
                names,
                index=names.index(column) if column in names else None,
                format_func=lambda name: described.get(name, name),
                placeholder=words("mapping.nothing"),
                key=f"map.{given['path']}.column.{field}",
            )
            if picked:
                made[field] = picked
    return made
