"""Connections: how each source that can be pulled stands, what it needs, and pulling it now."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Final, Literal

import streamlit as st

from tingfeng.dashboard.parts.doing import done, say_error
from tingfeng.dashboard.parts.pulled import pulled
from tingfeng.dashboard.safe import plain
from tingfeng.dashboard.spoken import translated
from tingfeng.dashboard.view import View
from tingfeng.dashboard.words import Words
from tingfeng.errors import TingfengError
from tingfeng.operations import run
from tingfeng.operations.formats import described
from tingfeng.operations.sources import connections, pull_source

Source = dict[str, Any]

RESULT: Final = "connections.result"
#: How a connection stands: the colour and the icon of its badge.
_BADGES: Final[dict[str, tuple[Literal["green", "gray", "orange", "red"], str]]] = {
    "working": ("green", ":material/check_circle:"),
    "new": ("gray", ":material/radio_button_unchecked:"),
    "missing": ("orange", ":material/key:"),
    "failed": ("red", ":material/error:"),
}
_JOBS_SHOWN: Final = 5


def show(view: View) -> None:
    """Each source as a card, those that can be pulled first."""
    words = view.words
    st.markdown(words("connections.lead"))
    try:
        known = connections()
    except TingfengError as error:
        say_error(words, error)
        return
    if not view.watchlists:
        with st.container(border=True, key="connections.none"):
            st.markdown(f"##### {words('connections.no_watchlist')}")
            st.markdown(words("connections.no_watchlist_lead"))
            st.page_link(view.pages["watchlists"], label=words("nav.watchlists"), icon=":material/playlist_add:")
    ready = [source for source in known if standing(source) != "missing"]
    for source in [*ready, *(source for source in known if source not in ready)]:
        with st.container(border=True, key=f"connection.{source['source']}"):
            _card(view, source)
    st.caption(words("connections.scheduling"))


def standing(source: Source) -> str:
    """How it stands: a name of `_BADGES`."""
    if source["trouble"] or (source["last_error"] and not _is_missing(source)):
        return "failed"
    if _is_missing(source):
        return "missing"
    return "working" if source["last_success"] else "new"


def _is_missing(source: Source) -> bool:
    return bool(source["credential"] and not source["found"] and not source["optional"])


def _is_due(utc: str) -> bool:
    return datetime.fromisoformat(utc) <= datetime.now(UTC)


def _card(view: View, source: Source) -> None:
    words, name = view.words, source["source"]
    colour, icon = _BADGES[standing(source)]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"##### {plain(called(words, name))}", width="content")
        st.badge(words(f"connections.standing.{standing(source)}"), icon=icon, color=colour)
    st.caption(plain(words("list.dot").join(_facts(view, source))))
    if trouble := source["trouble"]:
        say_error(words, TingfengError(**trouble))
    elif source["last_error"] and standing(source) == "failed":
        why = translated(source["last_error"], words.language)
        st.error(
            words("connections.failed", when=_when(view, source["last_try"]), why=plain(why)), icon=":material/error:"
        )
    if _is_missing(source):
        what, places = translated(source["credential"], words.language), (source["variable"], source["file"])
        st.markdown(words("connections.needs", what=plain(what), variable=places[0], file=places[1], source=name))
    _guide(view, name)
    if not _is_missing(source) and view.watchlists:
        _pulling(view, source)
    if result := st.session_state.get(RESULT, {}).get(name):
        pulled(view, result)


def called(words: Words, name: str) -> str:
    """A source as its readers know it."""
    return words.known(f"formats.{name}", name)


def _facts(view: View, source: Source) -> list[str]:
    """Platform, credential, last success and next run, each in a few words."""
    words = view.words
    facts = [words.platform(source["platform"])]
    if source["found"]:
        facts.append(words("connections.credential", place=source["found"]))
    elif not source["credential"]:
        facts.append(words("connections.no_credential"))
    elif source["optional"]:
        facts.append(words("connections.optional", variable=source["variable"]))
    if source["address"]:
        facts.append(words("connections.address", address=source["address"]))
    if source["last_success"]:
        facts.append(words("connections.last_success", when=_when(view, source["last_success"])))
    return [*facts, *_next(view, source)]


def _next(view: View, source: Source) -> list[str]:
    """When it is pulled again, as far as anything is planned."""
    words, when = view.words, source["next_run"]
    said = [words("connections.every", every=_every(words, source["every"]))] if source["every"] else []
    if when and _is_due(when):
        return [*said, words("connections.overdue", when=_when(view, when))]
    return [*said, words("connections.next_run", when=_when(view, when))] if when else said


def _every(words: Words, seconds: float) -> str:
    for name, size in (("days", timedelta(days=1)), ("hours", timedelta(hours=1))):
        if not seconds % size.total_seconds():
            return words(f"connections.{name}", n=int(seconds // size.total_seconds()))
    return words("connections.minutes", n=int(seconds // 60))


def _when(view: View, utc: str) -> str:
    return view.words.zoned(utc, view.zone)


def _guide(view: View, name: str) -> None:
    """How to get the credential and what the terms are, as its format says it."""
    words = view.words
    guide = next((form["guide"] for form in described() if form["name"] == name), None)
    if guide:
        with st.expander(words("connections.how"), icon=":material/help:"):
            st.markdown(guide["get"][words.language])
            st.markdown(f"**{words('known.terms')}**  {guide['terms'][words.language]}")


def _pulling(view: View, source: Source) -> None:
    """What would be asked of the source, and the button that asks it."""
    words, name = view.words, source["source"]
    opened = st.expander(
        words("connections.pull"), icon=":material/cloud_download:", key=f"pull.open.{name}", on_change="rerun"
    )
    if not opened.open:
        return
    with opened:
        params = _params(view, name)
        forecast = _forecast(params)
        if isinstance(forecast, TingfengError):
            st.info(plain(_wants_nothing(words, forecast)), icon=":material/info:")
        else:
            st.caption(_cost(words, forecast))
        label = words("connections.pull_now")
        unwanted = isinstance(forecast, TingfengError)
        if st.button(label, type="primary", icon=":material/cloud_download:", disabled=unwanted, key=f"pull.{name}"):
            said = words("connections.pulling", source=called(words, name))
            result = done(words, partial(pull_source, params), said)
            if result:
                st.session_state.setdefault(RESULT, {})[name] = result
                st.rerun()


def _params(view: View, name: str) -> dict[str, Any]:
    """For which watchlist, from when on, and how much at most."""
    words = view.words
    for_whom, from_when, at_most = st.columns(3)
    watchlist = for_whom.selectbox(
        words("connections.watchlist"),
        list(view.watchlists),
        index=None,
        placeholder=words("connections.all_watchlists"),
        key=f"pull.watchlist.{name}",
    )
    since = from_when.date_input(
        words("connections.since"),
        value=None,
        format="YYYY-MM-DD",
        help=words("connections.since_help"),
        key=f"pull.since.{name}",
    )
    limit = at_most.number_input(
        words("connections.limit"),
        min_value=1,
        value=None,
        step=100,
        help=words("connections.limit_help"),
        key=f"pull.limit.{name}",
    )
    return {"source": name, "watchlist": watchlist, "since": since.isoformat() if since else None, "limit": limit}


def _forecast(params: dict[str, Any]) -> dict[str, Any] | TingfengError:
    try:
        forecast: dict[str, Any] = run("pull", params | {"dry_run": True})
    except TingfengError as error:
        return error
    return forecast


def _wants_nothing(words: Words, error: TingfengError) -> str:
    return f"{translated(error.what, words.language)}{words('list.colon')}{translated(error.hint, words.language)}"


def _cost(words: Words, forecast: dict[str, Any]) -> str:
    """How many requests at least, what they cost, and the first things that are asked."""
    jobs = [job["job"] for job in forecast["jobs"]]
    shown = plain(words("list.dot").join(jobs[:_JOBS_SHOWN]))
    lines = [words("connections.requests", n=forecast["requests"])]
    if cost := forecast["cost"]:
        unit = translated(cost["unit"], words.language)
        lines.append(words("connections.cost", n=cost["at_least"], unit=plain(unit)))
    more = words("connections.more_jobs", n=len(jobs) - _JOBS_SHOWN) if len(jobs) > _JOBS_SHOWN else ""
    return f"{' '.join(lines)}  \n{words('connections.asks', jobs=shown)} {more}"
