"""The numbers at the top of the overview, each with its change, its recent days, its formula and its mentions."""

from dataclasses import replace
from typing import Any, Final, Literal

import streamlit as st

from tingfeng.dashboard import figures, headlines
from tingfeng.dashboard.address import Choice
from tingfeng.dashboard.parts.panel import link_mentions
from tingfeng.dashboard.view import View
from tingfeng.dashboard.words import Words
from tingfeng.insights import Card, Overview

#: Colours of a rise and a fall, where one is better than the other: those of the labels, never red and green.
COLOURS: Final = {"net": ("blue", "orange"), "negative": ("orange", "blue")}


def show(view: View, found: Overview, unsure: float | None) -> None:
    """One card a number, side by side; `unsure` is the share of labels in view that are not sure."""
    with st.container(key="cards"):
        for place, card in zip(st.columns(len(found.cards), gap="small"), found.cards.values(), strict=True):
            with place.container(border=True, height="stretch", key=f"card.{card.name}"):
                _card(view, card, unsure)


def _card(view: View, card: Card, unsure: float | None) -> None:
    words = view.words
    daily = card.daily["value"].dropna()
    st.metric(
        words(f"cards.{card.name}"),
        written(card, card.value, words),
        delta=change(card, words),
        delta_color=_colour(card),
        delta_arrow=_arrow(card),
        delta_description=_before(card, words),
        help=_help(card, words, view.filters.about, unsure),
        chart_data=[float(value) for value in daily] if len(daily) > 1 else None,
        chart_type="area",
    )
    if card.few:
        st.caption(words("cards.few", n=card.n))
    link_mentions(view, words(f"cards.open.{card.name}"), _behind(view.choice, card.name))


def written(card: Card, value: float | None, words: Words) -> str:
    """The value as people read it: counts short, net sentiment from -100 to +100, shares in percent."""
    if card.name == "net":
        return figures.index(value)
    return figures.percent(value) if card.name == "negative" else words.short(value)


def change(card: Card, words: Words) -> str | None:
    """The change in words and signs; None where the period before is unknown."""
    if card.new:
        return words("cards.new")
    if card.incomparable and card.before:
        return words("cards.too_few", previous=card.before)
    if card.change is None:
        return None
    if card.interval is not None:
        return words("cards.points", points=figures.points(card.change))
    return figures.change(card.change)


def _before(card: Card, words: Words) -> str | None:
    if card.previous is None or card.incomparable:
        return None
    return words("cards.before", value=written(card, card.previous, words))


def _colour(card: Card) -> Any:
    rise, fall = COLOURS.get(card.name, ("gray", "gray"))
    return {"up": rise, "down": fall, "off": "gray"}[_arrow(card)]


def _arrow(card: Card) -> Literal["up", "down", "off"]:
    """Up or down where the change shows in the figures written beside it; a true minus sign is none to Streamlit."""
    written_change = round((card.change or 0) * 100)
    return "up" if written_change > 0 or card.new else "down" if written_change < 0 else "off"


def doubt(unsure: float | None, words: Words) -> str:
    """What share of the labels in view is not sure; nothing where all are."""
    return words("cards.unsure", share=figures.percent(unsure)) if unsure else ""


def _help(card: Card, words: Words, about: str | None, unsure: float | None) -> str:
    said = [words(f"cards.help.{card.name}"), words("cards.n", n=card.n)]
    if card.name in COLOURS:
        said.insert(1, headlines.meant(about, words))
    if card.interval:
        low, high = (written(card, end, words) for end in card.interval)
        said.append(words("cards.interval", low=low, high=high))
    if card.name in COLOURS and unsure:
        said.append(doubt(unsure, words))
    return "\n\n".join(said)


def _behind(choice: Choice, name: str) -> Choice:
    """The mentions behind a card: negative ones for what is felt, the most engaged first for engagement."""
    if name in {"net", "negative"}:
        return replace(choice, labels=("negative",))
    return replace(choice, order="engagement") if name == "engagement" else choice
