"""Overview: what changed, how much is said, how it is meant, whose voice is heard."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

import pandas as pd
import streamlit as st

from tingfeng.dashboard import charts, colours, headlines, slices
from tingfeng.dashboard.address import Choice
from tingfeng.dashboard.asking import ask
from tingfeng.dashboard.parts import card, cards, states
from tingfeng.dashboard.parts.panel import Panel, draw, link_mentions
from tingfeng.dashboard.safe import plain
from tingfeng.dashboard.view import View
from tingfeng.insights import MEASURES, Overview, Standout, overview, previous, unsure_share
from tingfeng.insights.formulas import FEW
from tingfeng.operations.rows import rows_of
from tingfeng.store import Filters
from tingfeng.store.filters import LISTS

BY: Final = ("subject", "platform", "language")


def show(view: View) -> None:
    """The whole page for the filters in force."""
    found = comparable(ask(view, overview), view.filters)
    mentions = int(found.cards["mentions"].value or 0)
    _head(view, found, mentions)
    if not mentions:
        states.no_match(view)
        return
    unsure = ask(view, unsure_share)
    cards.show(view, found, unsure)
    bucket = _bucket(view)
    _volume(view, found, bucket)
    left, right = st.columns(2, gap="small")
    frame = _sentiment(view, found, bucket)
    with left:
        _net(view, frame, bucket)
    with right:
        _labels(view, frame, bucket, unsure)
    if view.watchlist is not None:
        columns = iter(st.columns(2 if found.shares else 1, gap="small"))
        if found.shares:
            with next(columns):
                for voices, shares in found.shares.items():
                    _shares(view, voices, shares)
        with next(columns):
            _subjects(view)
    _top(view, found)


def comparable(found: Overview, filters: Filters) -> Overview:
    """`found` without unfair changes: the data begin only after the period before does, or say little of it."""
    before = previous(filters)
    first = min((each.first for each in found.covered), default=None)
    fair = before is None or before.since is None or first is None or first <= before.since[:10]
    if not fair:
        cards = {name: replace(card, previous=None, change=None, before=None) for name, card in found.cards.items()}
        found = replace(found, facts=[], cards=cards)
    if fair and not found.cards["mentions"].incomparable:
        return found
    shares = {voices: frame.assign(previous_share=float("nan")) for voices, frame in found.shares.items()}
    return replace(found, shares=shares)


def _head(view: View, found: Overview, mentions: int) -> None:
    words = view.words
    fixed = {name for name, where in LISTS.items() if len(getattr(view.choice, where)) == 1}
    said = [headlines.headline(found.facts, mentions, words, fixed), *headlines.further(found.facts, words, fixed)]
    if found.standout:
        said.insert(0, headlines.standing_out(found.standout, words))
    first, *more = said
    st.subheader(plain(first), anchor=False)
    if found.standout:
        label = words("headline.read", n=found.standout.n)
        link_mentions(view, label, behind(found.standout, view.choice))
    if more:
        st.markdown("\n".join(f"- {plain(each)}" for each in more))
    if mentions:
        st.caption(plain(_period(view, compared=bool(found.facts))))
        states.outside(view, view.filters, mentions)
    if view.watchlist is None:
        with st.container(horizontal=True, vertical_alignment="center", key="no_watchlist"):
            st.caption(f":material/info: {words('overview.no_watchlist')}")
            st.page_link(view.pages["watchlists"], label=words("watchlists.new"), icon=":material/add:")


def behind(day: Standout, choice: Choice) -> Choice:
    """The mentions of a day that stands out, exactly those that were counted."""
    narrow = slices.narrowed(choice, {"date": day.day, "subject": day.subject})
    labels = choice.labels if day.counted == "mentions" else ("negative",)
    return replace(narrow, platforms=day.platforms, labels=labels)


def _period(view: View, *, compared: bool) -> str:
    """Which days and zone the numbers speak of, whether they are held against the days before, and what is felt."""
    words = view.words
    since, until = view.choice.span(view.last_day)
    meant = headlines.meant(view.filters.about, words)
    if since is None and until is None:
        return words("list.dot").join([words("overview.all_time", zone=words.zone(view.zone)), meant])
    first, last = words.first_and_last(since, until)
    said = words("overview.period", since=first, last=last, zone=words.zone(view.zone))
    against = words("overview.compared") if compared else words("overview.alone")
    return words("list.dot").join([said, against, meant])


def _bucket(view: View) -> str:
    since, until = view.choice.span(view.last_day)
    if since is None or until is None:
        first, last = ask(view, type(view.store).date_range)
        return slices.bucket_of((last - first).days + 1 if first and last else None)
    return slices.bucket_of((date.fromisoformat(until[:10]) - date.fromisoformat(since[:10])).days)


def _subtitle(view: View, unit: str, n: int) -> str:
    return view.words("overview.subtitle", unit=unit, zone=view.words.zone(view.zone), n=n)


def _volume(view: View, found: Overview, bucket: str) -> None:
    words = view.words
    known = [by for by in BY if by in found.volume]
    chosen = st.session_state.get("overview.by")
    by = chosen if chosen in known else known[0]
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
    draw(view, panel, chart, bucket, lambda: _switch(view, known, by))


def _switch(view: View, known: Sequence[str], by: str) -> None:
    """By what the volume is cut."""
    st.segmented_control(
        view.words("overview.by"),
        known,
        default=by,
        required=True,
        format_func=lambda each: view.words(f"overview.by_{each}"),
        key="overview.by",
        label_visibility="collapsed",
    )


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
    unit = words("list.dot").join([headlines.meant(view.filters.about, words), words("overview.net_unit")])
    subtitle = _subtitle(view, unit, n)
    warning = words("overview.few", few=FEW) if n < FEW * max(len(frame), 1) else ""
    panel = Panel("net_sentiment", words("overview.net"), subtitle, frame, columns, warning)
    draw(view, panel, charts.net(frame, words), bucket)


def _labels(view: View, frame: pd.DataFrame, bucket: str, unsure: float | None) -> None:
    words = view.words
    columns = {"date": words("by.date"), **_sentiment_columns(view)}
    unit = words("list.dot").join([headlines.meant(view.filters.about, words), words(f"overview.per_{bucket}")])
    subtitle = _subtitle(view, unit, _labelled(frame))
    panel = Panel("sentiment", words("overview.labels"), subtitle, frame, columns, cards.doubt(unsure, words))
    draw(view, panel, charts.labels(frame, words), bucket)


def _shares(view: View, voices: str, shares: pd.DataFrame) -> None:
    words = view.words
    subjects = [subject.name for subject in view.watchlist.subjects] if view.watchlist else []
    palette = colours.of_series("subject", list(shares["subject"]), subjects)
    names = ("mentions", "share", "previous_share")
    columns = {"subject": words("by.subject"), **{name: words(f"measure.{name}") for name in names}}
    subtitle = _subtitle(view, words(f"overview.share_unit_{voices}"), int(shares["mentions"].sum()))
    topics = any(subject.kind == "topic" for subject in view.subjects)
    left_out = words("overview.no_topics") if topics and voices == "brands" else ""
    panel = Panel(f"share_of_voice_{voices}", words(f"overview.shares_{voices}"), subtitle, shares, columns, left_out)
    draw(view, panel, charts.shares(shares, palette, words))


def _subjects(view: View) -> None:
    words = view.words
    frame = ask(view, MEASURES["sentiment"], ("subject",))
    sizes = frame.set_index("subject")[list(colours.of_labels())].sum(axis="columns")
    order = [str(name) for name in sizes.sort_values(ascending=False, kind="stable").index]
    columns = {"subject": words("by.subject"), **_sentiment_columns(view)}
    subtitle = _subtitle(view, words("overview.toward_unit"), _labelled(frame))
    panel = Panel("sentiment_by_subject", words("overview.toward"), subtitle, frame, columns)
    draw(view, panel, charts.subject_labels(frame, order, words))


def _top(view: View, found: Overview) -> None:
    words = view.words
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(words("overview.top"), anchor=False)
        st.space("stretch")
        link_mentions(view, words("overview.all_mentions"), replace(view.choice, order="engagement"))
    st.html(card.style())
    rows = rows_of(found.top)
    for left in range(0, len(rows), 2):
        for place, row in zip(st.columns(2, gap="small"), rows[left : left + 2], strict=False):
            with place.container(border=True, height="stretch", key=f"top.{row['platform']}:{row['id']}"):
                st.html(card.card(row, words, view.zone, view.queries))
