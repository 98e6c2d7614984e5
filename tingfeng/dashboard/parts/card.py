"""A mention as a card: pure functions from a row to HTML in which every value is escaped."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from tingfeng.dashboard import colours, figures, labels
from tingfeng.dashboard.safe import Span, marked
from tingfeng.dashboard.words import Words
from tingfeng.home import config
from tingfeng.mentions.record import AT_LEAST
from tingfeng.queries import Query, term_spans

Row = Mapping[str, Any]


def style() -> str:
    """The style sheet of cards, for light and dark pages: readers switch between them at any time."""
    text = {label: f"light-dark({light},{dark})" for label, (light, dark) in colours.of_label_texts().items()}
    term = "light-dark(rgba(240,228,66,.55),rgba(240,228,66,.28))"
    of_label = "".join(
        f".tf .label.{name}{{color:{text[name]}}} .tf .label.{name} i{{background:{colour}}}"
        f" .tf mark.{name}{{background:{colour}33;border-bottom:2px solid {colour}}}"
        f" .tf mark.{name}.weak{{background:{colour}14;border-bottom:1px dotted {colour}}}"
        f" .tf .word.{name}{{background:{colour}22;border:1px solid {colour}}}"
        for name, colour in colours.of_labels().items()
    )
    return (
        "<style>.tf{line-height:1.5;overflow-wrap:anywhere}"
        ".tf header,.tf footer{display:flex;flex-wrap:wrap;gap:.15rem .75rem;font-size:.82rem;opacity:.82}"
        ".tf header b{font-weight:600} .tf .push{margin-left:auto}"
        ".tf i{display:inline-block;width:.6rem;height:.6rem;border-radius:50%;margin-right:.4rem}"
        ".tf h4{margin:.45rem 0 0;padding:0;font-size:1rem;font-weight:620}"
        ".tf p{margin:.35rem 0 .5rem} .tf p.cut{display:-webkit-box;-webkit-line-clamp:5;"
        "-webkit-box-orient:vertical;overflow:hidden}"
        ".tf .label{font-weight:620} .tf mark{color:inherit;border-radius:2px;padding:0 1px}"
        f".tf mark.term{{background:{term}}} {of_label}"
        ".tf mark.end::after{font-size:.7em;vertical-align:super;font-weight:700}"
        ".tf mark.positive.end::after{content:'+'} .tf mark.negative.end::after{content:'−'}"
        ".tf mark.slang{text-decoration:underline dotted;text-underline-offset:.25em;cursor:help}"
        ".tf mark.slang:not(.positive,.negative){background:none}"
        ".tf .word{display:inline-block;border-radius:.5rem;padding:.05rem .5rem;margin:0 .35rem .35rem 0}"
        ".tf .word b{font-weight:620;font-variant-numeric:tabular-nums}"
        ".tf .label.unsure{font-weight:400} .tf .label.unsure i{background:none;border:2px solid}</style>"
    )


def card(row: Row, words: Words, zone: str, queries: Sequence[Query] = (), *, cut: bool = True) -> str:
    """The whole card; `cut` shows the first lines of a long text only."""
    shape = "cut" if cut else "whole"
    title, text = _known(row, "title"), _known(row, "text")
    parts = [f'<article class="tf"><header>{_head(row, words, zone)}</header>']
    if title and not text.startswith(title):
        parts.append(f"<h4>{marked(title, terms(title, queries))}</h4>")
    if text:
        parts.append(f'<p class="{shape}">{marked(text, terms(text, queries))}</p>')
    elif not title:
        parts.append(f"<p><em>{escape(words('card.no_text'))}</em></p>")
    parts.append(f"<footer>{_foot(row, words)}</footer></article>")
    return "".join(parts)


def terms(text: str, queries: Iterable[Query]) -> list[tuple[Span, str]]:
    """Where the terms of `queries` stand in `text`, as spans of the style `term`."""
    return [(span, "term") for query in queries for span in term_spans(query, text)]


def label(row: Row, words: Words) -> str:
    """The label with its confidence, or that a person gave it; not sure ones say so."""
    name, written = row.get("label"), labels.written(row, words)
    if figures.missing(name):
        return f'<span class="push">{escape(written)}</span>'
    if row.get("corrected"):
        written = words("card.label", label=written, sure=words("card.corrected"))
    elif not figures.missing(row.get("confidence")):
        written = words("card.label", label=written, sure=figures.percent(row["confidence"]))
    style = f"{name} unsure" if labels.is_unsure(row) else str(name)
    return f'<span class="label push {escape(style)}"><i></i>{escape(written)}</span>'


def counts(row: Row, words: Words) -> list[str]:
    """The known counts, each with its name; lower bounds are marked with a plus."""
    marks = row.get("marks")
    bits = 0 if figures.missing(marks) else int(marks or 0)
    return [
        words(f"card.{name}", n=row[name], count=words.short(row[name]) + ("+" if bits & mark else ""))
        for name, mark in AT_LEAST.items()
        if not figures.missing(row.get(name))
    ]


def author(row: Row, words: Words) -> str:
    """Who wrote it, as far as it is known."""
    name = _known(row, "author_name") or _known(row, "author_handle") or _known(row, "author_id")
    return name or words("card.no_author")


def _head(row: Row, words: Words, zone: str) -> str:
    platform = str(row["platform"])
    colour = config("platforms").get(platform, {}).get("colour", colours.rest())
    where = f'<span><i style="background:{escape(colour)}"></i><b>{escape(words.platform(platform))}</b></span>'
    said = [words.kind(row.get("kind")), author(row, words), words.moment(row.get("published_at"), zone)]
    if region := _known(row, "region"):
        said.append(words.region(region))
    return where + "".join(f"<span>{escape(each)}</span>" for each in said) + label(row, words)


def _foot(row: Row, words: Words) -> str:
    said = counts(row, words)
    if subjects := row.get("subjects"):
        said.append(words("card.matched", subjects=words("list.comma").join(subjects)))
    if tags := _known(row, "tags"):
        said.append(words("card.tags", tags=tags.replace("|", words("list.comma"))))
    return "".join(f"<span>{escape(each)}</span>" for each in said)


def _known(row: Row, name: str) -> str:
    value = row.get(name)
    return "" if figures.missing(value) else str(value).strip()
