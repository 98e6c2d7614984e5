"""One mention in full: why it has its label, what its slang means, and what an analyst may change about it."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any, Final

import streamlit as st

from sentiment import Gloss, analyze, engines, glosses, says_nothing
from tingfeng.dashboard import figures, labels
from tingfeng.dashboard.asking import one_mention
from tingfeng.dashboard.evidence import WORDS_SHOWN, Evidence, Sum, evidence
from tingfeng.dashboard.parts import card
from tingfeng.dashboard.parts.doing import say_error
from tingfeng.dashboard.safe import link, marked, plain
from tingfeng.dashboard.view import View
from tingfeng.dashboard.words import Words
from tingfeng.errors import TingfengError
from tingfeng.mentions.record import LABELS
from tingfeng.mentions.text import scored_text
from tingfeng.operations import run

FAILED: Final = "detail.failed"
Row = dict[str, Any]


def show(view: View, platform: str, identity: str) -> None:
    """Open the dialog over the mention; the page behind it is drawn anew when it closes."""
    dialog = st.dialog(view.words("detail.title"), width="large", on_dismiss="rerun")
    dialog(body)(view, platform, identity)


def body(view: View, platform: str, identity: str) -> None:
    """What the dialog shows."""
    if failed := st.session_state.pop(FAILED, None):
        say_error(view.words, failed)
    row = one_mention(view, platform, identity)
    scored = scored_text(row["title"], row["text"], row["own_chars"])
    found = analyze([scored], spans=True, engine=_engine(row), adaptation=view.workspace.adaptation())[0]
    slang = glosses(scored)
    said = evidence(row["title"], scored, found, slang, view.words.language)
    _text(view, row, said)
    _why(view, row, scored, said, found.label)
    _slang(view, slang)
    _labels(view, row)
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        _tags(view, row)
    with right:
        _hide(view, row)
    _history(view, row)


def _engine(row: Row) -> str | None:
    """The engine that gave the label, so that the evidence speaks of the same one."""
    name = (row["engine"] or "").split(" ")[0]
    return name if name in engines() else None


def _text(view: View, row: Row, said: Evidence) -> None:
    title = f"<h4>{marked(row['title'], said.title.spans, said.title.titles)}</h4>" if row["title"] else ""
    text = f"<p>{marked(row['text'], said.text.spans, said.text.titles)}</p>" if row["text"] else ""
    st.html(f'{card.style()}<article class="tf">{title}{text}</article>')
    known = [
        view.words.platform(row["platform"]),
        view.words.kind(row["kind"]),
        card.author(row, view.words),
        view.words.zoned(row["published_at"], view.zone),
        *card.counts(row, view.words),
    ]
    st.caption(plain(view.words("list.dot").join(known)))
    if url := link(row["url"]):
        st.link_button(view.words("mentions.original"), url, icon=":material/open_in_new:", type="tertiary")


def _why(view: View, row: Row, scored: str, said: Evidence, now: str | None) -> None:
    """What stands behind the label; `now` is the one that the engine of now gives."""
    words = view.words
    st.markdown(f"**{words('detail.why')}**")
    if row["corrected"]:
        st.markdown(words("detail.corrected", label=words.label(row["label"])))
    if says_nothing(scored):
        st.markdown(words("detail.nothing"))
    elif row["engine_label"] is None:
        st.markdown(plain(words("detail.unread", language=words.tongue(row["language"]))))
    else:
        _read(row, words)
        _other_version(view, row, now)
        _words(said, words, now)


def _read(row: Row, words: Words) -> None:
    """What the engine read, and whether it is sure."""
    said = words(
        "detail.engine",
        engine=row["engine"] or words("unknown"),
        language=words.tongue(row["language"]),
        label=words.label(row["engine_label"]),
        sure=figures.percent(row["engine_confidence"]),
        score=figures.signed(row["engine_score"]),
    )
    st.markdown(plain(said))
    of_engine = {"label": row["engine_label"], "confidence": row["engine_confidence"], "engine": row["engine"]}
    if labels.is_unsure(of_engine):
        st.markdown(plain(words("detail.unsure")))


def _other_version(view: View, row: Row, now: str | None) -> None:
    """That the words below are those of another engine than the label, until the mention is read again."""
    engine = view.workspace.engine_version(_engine(row))
    if row["engine"] != engine:
        words = view.words
        was = row["engine"] or words("unknown")
        st.caption(plain(words("detail.other_version", was=was, engine=engine, label=words.label(now))))


def _words(said: Evidence, words: Words, now: str | None) -> None:
    """The words that drove the label, and how they add up."""
    if not said.words:
        st.caption(words("detail.no_words"))
        return
    st.caption(words("detail.words"))
    more = said.words[WORDS_SHOWN:]
    chips = [_chip(word.text, word.weight, word.meaning) for word in said.words[:WORDS_SHOWN]]
    if more:
        chips.append(_chip(words("detail.more_words", n=len(more)), sum(word.weight for word in more)))
    st.html(f'{card.style()}<div class="tf">{"".join(chips)}</div>')
    if said.sum:
        st.markdown(plain(_sum(said.sum, words)))
        if now == "neutral":
            st.caption(words("detail.sum_neutral"))


def _chip(text: str, weight: float, meaning: str = "") -> str:
    style = "positive" if weight > 0 else "negative"
    title = f' title="{escape(meaning)}"' if meaning else ""
    return f'<span class="word {style}"{title}>{escape(text)} <b>{figures.signed(weight)}</b></span>'


def _sum(found: Sum, words: Words) -> str:
    """Words and rest as one sum, in words."""
    values = {name: figures.signed(value) for name, value in vars(found).items()}
    sides = {"side": words(f"detail.sides.{_side(found.words)}"), "leans": words(f"detail.sides.{_side(found.lean)}")}
    return words("detail.sum", **values, **sides)


def _side(weight: float) -> str:
    return "positive" if weight > 0 else "negative" if weight < 0 else "neither"


def _slang(view: View, found: Sequence[Gloss]) -> None:
    meanings = {gloss.term: gloss.zh if view.words.language == "zh" else gloss.en for gloss in found}
    if not meanings:
        return
    st.markdown(f"**{view.words('detail.slang')}**")
    st.markdown("\n".join(f"- **{plain(term)}** {plain(meaning)}" for term, meaning in meanings.items()))


def _labels(view: View, row: Row) -> None:
    """The label of the mention and of what it says about each subject, each ready to be corrected."""
    words = view.words
    st.markdown(f"**{words('detail.correct')}**")
    _label(view, row, None, row["label"], bool(row["corrected"]))
    targets: dict[str, Any] = row["target_sentiment"]
    if targets:
        st.caption(words("detail.toward"))
    corrected = corrected_subjects(view.store.corrections(row["platform"], row["id"]))
    for subject, target in targets.items():
        _label(view, row, subject, target["label"], subject in corrected)


def corrected_subjects(history: Iterable[dict[str, Any]]) -> set[str | None]:
    """Whose correction stands after a history, oldest first; None is the mention as a whole."""
    last = {each["subject"]: each["label"] for each in history}
    return {subject for subject, label in last.items() if label != "none"}


def _label(view: View, row: Row, subject: str | None, label: str | None, corrected: bool) -> None:
    words = view.words
    key = f"{row['platform']}:{row['id']}:{subject or ''}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(plain(subject) if subject else words("detail.whole"), width=180)
        for name in LABELS:
            chosen = name == label
            st.button(
                words.label(name),
                key=f"label.{key}.{name}",
                type="primary" if chosen else "secondary",
                icon=":material/check:" if chosen else None,
                on_click=None if chosen and corrected else _correct,
                args=(view, row, subject, name),
            )
        if corrected:
            st.button(
                words("detail.withdraw"),
                key=f"label.{key}.none",
                type="tertiary",
                icon=":material/undo:",
                on_click=_correct,
                args=(view, row, subject, "none"),
            )


def _correct(view: View, row: Row, subject: str | None, label: str) -> None:
    _change(view, row, "correct", {"label": label, "subject": subject, "origin": "dashboard"})


def _tags(view: View, row: Row) -> None:
    tags = [tag for tag in (row["tags"] or "").split("|") if tag]
    key = f"tags.{row['platform']}:{row['id']}"
    st.multiselect(
        view.words("detail.tags"),
        tags,
        default=tags,
        accept_new_options=True,
        placeholder=view.words("detail.tag_example"),
        key=key,
        on_change=lambda: _change(view, row, "tag", {"tags": list(st.session_state[key])}),
    )


def _hide(view: View, row: Row) -> None:
    hidden = bool(row["hidden"])
    st.button(
        view.words("detail.unhide") if hidden else view.words("detail.hide"),
        icon=":material/visibility:" if hidden else ":material/visibility_off:",
        help=view.words("detail.hide_help"),
        key=f"hide.{row['platform']}:{row['id']}",
        on_click=lambda: _change(view, row, "hide", {"hidden": not hidden}),
    )


def _change(view: View, row: Row, op: str, params: dict[str, Any]) -> None:
    """Do it before the dialog is drawn again; what goes wrong is kept until then."""
    try:
        run(op, {"platform": row["platform"], "id": row["id"], **params})
    except TingfengError as error:
        st.session_state[FAILED] = error


def _history(view: View, row: Row) -> None:
    words = view.words
    history = view.store.corrections(row["platform"], row["id"])
    if not history:
        return
    with st.expander(words("detail.history", n=len(history))):
        for each in reversed(history):
            what = words("detail.withdrawn") if each["label"] == "none" else words.label(each["label"])
            said = [
                words.zoned(each["at"], view.zone),
                each["subject"] or words("detail.whole"),
                what,
                words.known(f"origins.{each['origin']}", each["origin"] or words("unknown")),
            ]
            st.markdown(plain(words("list.dot").join(said)))
