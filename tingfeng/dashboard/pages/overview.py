"""Overview: what changed, how much is said, how it is meant, whose voice is heard."""

from dataclasses import replace
from datetime import date
from typing import Any, Final

import pandas as pd
import streamlit as st

from tingfeng.dashboard import charts, colours, headlines, slices
from tingfeng.dashboard.asking import ask
from tingfeng.dashboard.parts import card, cards, states
from tingfeng.dashboard.parts.panel import Panel, draw, link_mentions
from tingfeng.dashboard.safe import plain
from tingfeng.dashboard.view import View
from tingfeng.insights import MEASURES, Overview, overview
from tingfeng.insights.formulas import FEW
from tingfeng.operations.rows import rows_of

BY: Final = ("subject", "platform", "language")


def show(view: View) -> None:
    """The whole page for the filters in force."""
    found = ask(view, overview)
    mentions = int(found.cards["mentions"].value or 0)
    _head(view, found, mentions)
    if not mentions:
        states.no_match(view)
        return
    cards.show(view, found)
    bucket = _bucket(view)
    _volume(view, found, bucket)
    left, right = st.columns(2, gap="small")
    frame = _sentiment(view, found, bucket)
    with left:
        _net(view, frame, bucket)
    with right:
        _labels(view, frame, bucket)
    if found.shares is not None:
        left, right = st.columns(2, gap="small")
        with left:
            _shares(view, found.shares)
        with right:
            _subjects(view, found.shares)
    _top(view, found)


def _head(view: View, found: Overview, mentions: int) -> None:
    words = view.words
    st.subheader(plain(headlines.headline(found.facts, mentions, words)), anchor=False)
    more = headlines.further(found.facts, words)
    if more:
        st.markdown("\n".join(f"- {plain(each)}" for each in more))
    st.caption(plain(_period(view)))


def _period(view: View) -> str:
    """Which days and which zone the numbers speak of."""
    words = view.words
    since, until = view.choice.span(view.last_day)
    if since is None and until is None:
        return words("overview.all_time", zone=view.zone)
    first, last = words.first_and_last(since, until)
    return words("overview.period", since=first, last=last, zone=view.zone)


def _bucket(view: View) -> str:
    since, until = view.choice.span(view.last_day)
    if since is None or until is None:
        first, last = ask(view, type(view.store).date_range)
        return slices.bucket_of((last - first).days + 1 if first and last else None)
    return slices.bucket_of((date.fromisoformat(until[:10]) - date.fromisoformat(since[:10])).days)


def _subtitle(view: View, unit: str, n: int) -> str:
    return view.words("overview.subtitle", unit=unit, zone=view.zone, n=n)


def _volume(view: View, found: Overview, bucket: str) -> None:
    words = view.words
    known = [by for by in BY if by in found.volume]
    by = str(
        st.session_state.setdefault("overview.by", known[0])
        if st.session_state.get("overview.by") in known
        else known[0]
    )
    st.segmented_control(
        words("overview.by"),
        known,
        default=by,
        required=True,
        format_func=lambda each: words(f"overview.by_{each}"),
        key="overview.by",
        label_visibility="collapsed",
    )
    frame = found.volume[by] if bucket == "day" else ask(view, MEASURES["volume"], (bucket, by))
    frame = frame.dropna(subset=[by])
    sizes = frame.groupby(by)["mentions"].sum().sort_values(ascending=False, kind="stable")
    largest = [str(name) for name in sizes.index[sizes > 0]]
    subjects = [subject.name for subject in view.watchlist.subjects] if view.watchlist else []
    palette = colours.of_series(by, largest, subjects)
    naming: dict[str, Any] = {"platform": words.platform, "language": words.tongue}
    names = {name: naming.get(by, str)(name) for name in largest}
    title = words(f"overview.volume_{by}")
    columns = {"date": words("by.date"), by: words(f"by.{by}"), "mentions": words("measure.mentions")}
    subtitle = _subtitle(view, words(f"overview.per_{bucket}"), int(sizes.sum()))
    panel = Panel(f"volume_{by}", title, subtitle, frame, columns, _silent(view, found))
    chart = charts.volume(frame[frame["mentions"] > 0], by, names, palette, words)
    draw(view, panel, chart, bucket)


def _silent(view: View, found: Overview) -> str:
    """Which platforms have days without any mention inside their own data: a silent source, perhaps."""
    words = view.words
    gaps = [
        words("overview.silent_days", platform=words.platform(row.platform), n=len(row.silent))
        for row in found.covered
        if row.silent
    ]
    return words("overview.silent", gaps=words("list.comma").join(gaps)) if gaps else ""


def _sentiment(view: View, found: Overview, bucket: str) -> pd.DataFrame:
    return found.sentiment if bucket == "day" else ask(view, MEASURES["sentiment"], (bucket,))


def _sentiment_columns(view: View) -> dict[str, str]:
    words = view.words
    labels = {label: words.label(label) for label in colours.of_labels()}
    return labels | {name: words(f"measure.{name}") for name in ("net", "low", "high")}


def _labelled(frame: pd.DataFrame) -> int:
    return int(frame[list(colours.of_labels())].sum().sum())


def _net(view: View, frame: pd.DataFrame, bucket: str) -> None:
    words, n = view.words, _labelled(frame)
    columns = {"date": words("by.date"), **_sentiment_columns(view)}
    subtitle = _subtitle(view, words("overview.net_unit"), n)
    warning = words("overview.few", few=FEW) if n < FEW * max(len(frame), 1) else ""
    panel = Panel("net_sentiment", words("overview.net"), subtitle, frame, columns, warning)
    draw(view, panel, charts.net(frame, words, colours.accent(view.dark)), bucket)


def _labels(view: View, frame: pd.DataFrame, bucket: str) -> None:
    words = view.words
    columns = {"date": words("by.date"), **_sentiment_columns(view)}
    subtitle = _subtitle(view, words(f"overview.per_{bucket}"), _labelled(frame))
    panel = Panel("sentiment", words("overview.labels"), subtitle, frame, columns)
    draw(view, panel, charts.labels(frame, words), bucket)


def _shares(view: View, shares: pd.DataFrame) -> None:
    words = view.words
    subjects = [subject.name for subject in view.watchlist.subjects] if view.watchlist else []
    palette = colours.of_series("subject", list(shares["subject"]), subjects)
    names = ("mentions", "share", "previous_share")
    columns = {"subject": words("by.subject"), **{name: words(f"measure.{name}") for name in names}}
    subtitle = _subtitle(view, words("overview.share_unit"), int(shares["mentions"].sum()))
    panel = Panel("share_of_voice", words("overview.shares"), subtitle, shares, columns)
    draw(view, panel, charts.shares(shares, palette, words))


def _subjects(view: View, shares: pd.DataFrame) -> None:
    words = view.words
    frame = ask(view, MEASURES["sentiment"], ("subject",))
    columns = {"subject": words("by.subject"), **_sentiment_columns(view)}
    subtitle = _subtitle(view, words("overview.toward_unit"), _labelled(frame))
    panel = Panel("sentiment_by_subject", words("overview.toward"), subtitle, frame, columns)
    draw(view, panel, charts.subject_labels(frame, list(shares["subject"]), words))


def _top(view: View, found: Overview) -> None:
    words = view.words
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(words("overview.top"), anchor=False)
        st.space("stretch")
        link_mentions(view, words("overview.all_mentions"), replace(view.choice))
    st.html(card.style(view.dark))
    rows = rows_of(found.top)
    for left in range(0, len(rows), 2):
        for place, row in zip(st.columns(2, gap="small"), rows[left : left + 2], strict=False):
            with place.container(border=True, height="stretch", key=f"top.{row['platform']}:{row['id']}"):
                st.html(card.card(row, words, view.zone, view.queries))
