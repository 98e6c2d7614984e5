"""Sources: files in, what became of them, and what could not be read."""

from typing import Any, Final, NamedTuple

import streamlit as st

from tingfeng.dashboard import uploads
from tingfeng.dashboard.parts import connections, formats, history, mapping, quarantine, states, verdicts, zones
from tingfeng.dashboard.parts.doing import do, remember
from tingfeng.dashboard.safe import plain
from tingfeng.dashboard.view import View
from tingfeng.home import config
from tingfeng.operations.given import Given

ROUND: Final = "sources.round"
CHECKED: Final = "sources.checked"
#: The listener of files that were exported.
EXPORT: Final = "tingfeng"
RESULT: Final = "sources.result"
TABS: Final = ("import", "connections", "formats", "history", "quarantine")


class Checked(NamedTuple):
    """The verdicts on the files in an upload, and what they were found with.

    `labels`: in how many places a file that was exported says another label than the store.
    """

    params: dict[str, Any]
    files: list[dict[str, Any]]
    failed: bool = False
    labels: int = 0

    @property
    def readable(self) -> bool:
        """Whether there is anything to import."""
        return not self.failed and any(not each.get("error") and not each.get("refused") for each in self.files)


def show(view: View) -> None:
    """Import, connections, formats, history and quarantine."""
    words = view.words
    st.title(words("sources.title"), anchor=False)
    importing, pulling, known, past, rejects = st.tabs(
        [words(f"sources.tabs.{name}") for name in TABS], key="sources.tabs"
    )
    with importing:
        _import(view)
    with pulling:
        connections.show(view)
    with known:
        formats.show(view)
    with past:
        history.show(view)
    with rejects:
        quarantine.show(view)


def _import(view: View) -> None:
    words = view.words
    st.markdown(words("sources.lead"))
    number = st.session_state.setdefault(ROUND, 0)
    files: Any = st.file_uploader(
        words("sources.files"), accept_multiple_files=True, key=f"sources.files.{number}", label_visibility="collapsed"
    )
    if not files:
        st.caption("\n".join(f"- {words(f'first.formats.{name}')}" for name in states.FORMATS_NAMED))
        _result(view)
        return
    given = uploads.keep(files, view.workspace.home)
    options = _options(view)
    mappings = mapping.chosen(given)
    _forget(given)
    judged = [_checked(view, each, options, mappings) for each in given]
    verdicts.table(view, [verdict for check in judged for verdict in check.files])
    for each, check in zip(given, judged, strict=True):
        if len(check.files) == 1:
            mapping.edit(view, each, check.files[0])
        if check.labels:
            _offer_labels(view, each, check.labels)
    readable = [each for each, check in zip(given, judged, strict=True) if check.readable]
    known = [each for each, check in zip(given, judged, strict=True) if not check.failed]
    _begin(view, given, known, len(readable), options, mappings)


def _options(view: View) -> dict[str, Any]:
    """What a person may say where the files do not."""
    words = view.words
    with st.expander(words("sources.options"), icon=":material/tune:"):
        left, right = st.columns(2)
        platform = left.selectbox(
            words("sources.platform"),
            list(config("platforms")),
            index=None,
            format_func=words.platform,
            placeholder=words("sources.as_the_file_says"),
            key="sources.platform",
        )
        zone = zones.of_file(right, words, None, "sources.zone")
    return {"platform": platform, "time_zone": zone}


def _forget(given: list[Given]) -> None:
    """Keep no verdicts on files that were taken away again."""
    paths = {each["path"] for each in given}
    kept = st.session_state.setdefault(CHECKED, {})
    st.session_state[CHECKED] = {path: check for path, check in kept.items() if path in paths}


def _checked(view: View, given: Given, options: dict[str, Any], mappings: dict[str, str]) -> Checked:
    """What a file holds, before anything is stored: found out once for the same file, options and mapping.

    Where that cannot be found out, the page says why and shows what was found before, to be mended.
    """
    kept: dict[str, Checked] = st.session_state[CHECKED]
    params = _params([given], options, mappings)
    before = kept.get(given["path"])
    if before and before.params == params:
        return before
    if mapping.trouble(params["map"]):
        return Checked(params, before.files if before else [], failed=True)
    result = do(view.words, "import", params | {"dry_run": True}, view.words("sources.checking", file=given["given"]))
    if result is None:
        return Checked(params, before.files if before else [], failed=True)
    kept[given["path"]] = Checked(params, result["files"], labels=_edited(view, given, result["files"]))
    return kept[given["path"]]


def _edited(view: View, given: Given, files: list[dict[str, Any]]) -> int:
    """How many labels of an exported file differ from those in the store; other files have none."""
    if not any(each["format"] == EXPORT for each in files):
        return 0
    params = {"path": given["path"], "file": given["given"], "dry_run": True}
    found = do(view.words, "correct_file", params, view.words("sources.checking", file=given["given"]))
    return found["changed"] if found else 0


def _offer_labels(view: View, given: Given, labels: int) -> None:
    """Labels that were edited in an exported file are taken as corrections only when a person says so."""
    words, path = view.words, given["path"]
    st.warning(words("sources.labels_differ", file=plain(given["given"]), n=labels), icon=":material/edit:")
    if st.button(words("sources.take_labels", n=labels), key=f"labels.{path}"):
        params = {"path": path, "file": given["given"]}
        taken = do(words, "correct_file", params, words("sources.taking_labels"))
        if taken:
            del st.session_state[CHECKED][path]
            remember(words("sources.took_labels", n=taken["changed"]))
            st.rerun()


def _params(given: list[Given], options: dict[str, Any], mappings: dict[str, str]) -> dict[str, Any]:
    return {"paths": given, "map": mappings.get(given[0]["path"]), **options}


def _begin(
    view: View, given: list[Given], known: list[Given], readable: int, options: dict[str, Any], mappings: dict[str, str]
) -> None:
    """The button that imports, and what to do with demo data when own data comes.

    Files that cannot be read go along, so that the result and the history say why they are missing.
    """
    words = view.words
    demo = "keep"
    if view.store.is_demo() and not view.store.has_own_data() and readable:
        demo = st.radio(
            words("sources.demo_question"),
            ["remove", "keep"],
            format_func=lambda each: words(f"sources.demo_{each}"),
            key="sources.demo",
        )
    label = words("sources.import", n=readable)
    if st.button(label, type="primary", icon=":material/download_done:", disabled=not readable, key="sources.begin"):
        if demo == "remove" and not do(words, "demo", {"remove": True}, words("demo.removing")):
            return
        _take(view, known, options, mappings)
        uploads.drop(given, view.workspace.home)
        st.session_state[ROUND] += 1
        st.rerun()


def _take(view: View, known: list[Given], options: dict[str, Any], mappings: dict[str, str]) -> None:
    """Import the files: those with a mapping of their own one by one, the others together."""
    alone = [[each] for each in known if each["path"] in mappings]
    together = [each for each in known if each["path"] not in mappings]
    results: list[dict[str, Any]] = []
    for group in [*alone, *([together] if together else [])]:
        result = do(view.words, "import", _params(group, options, mappings), view.words("sources.importing"))
        results += result["files"] if result else []
    st.session_state[RESULT] = results


def _result(view: View) -> None:
    """What became of the files of the last import."""
    results = st.session_state.get(RESULT)
    if not results:
        return
    words = view.words
    stored = sum(verdict["new"] + verdict["updated"] for verdict in results)
    st.success(words("sources.done", n=stored), icon=":material/check_circle:")
    verdicts.table(view, results)
    st.page_link(view.pages["overview"], label=words("sources.look"), icon=":material/monitoring:")
