"""What can be read: a list to be searched, and for each format how to get it and what becomes of it."""

from typing import Any, Final

import streamlit as st

from tingfeng.dashboard.finding import Found, find, platforms_of
from tingfeng.dashboard.safe import plain
from tingfeng.dashboard.spoken import translated
from tingfeng.dashboard.view import View
from tingfeng.dashboard.words import Words
from tingfeng.home import config
from tingfeng.operations.formats import described

Format = dict[str, Any]

#: Fields of a mention that are shown as they are called elsewhere on the pages.
_NAMED: Final = {"platform": Words.platform, "kind": Words.kind, "region": Words.region}
_ICONS: Final = {"files": ":material/verified:", "documentation": ":material/menu_book:", None: ":material/table:"}
#: A longer sample scrolls.
_ROWS: Final = 14
_HEIGHT: Final = 520


def show(view: View) -> None:
    """The search, and what it finds by platform."""
    st.fragment(_searched)(view)


def _searched(view: View) -> None:
    words, known = view.words, described()
    st.markdown(words("known.lead"))
    query = st.text_input(
        words("known.search"), placeholder=words("known.hint"), icon=":material/search:", key="formats.query"
    )
    platform = _platform(view, known)
    found = find(query or "", known, platform)
    if not found:
        st.info(words("known.none", query=plain(query or "")), icon=":material/search_off:")
        return
    legend = [words("known.count", n=len(found)), *(f"{_ICONS[made]} {words(f'known.made.{made}')}" for made in _MADE)]
    st.caption(words("list.dot").join(legend))
    for name in [*config("platforms"), None]:
        if group := [each for each in found if each.format["platform"] == name]:
            _group(view, name, group)


_MADE: Final = ("files", "documentation")


def _platform(view: View, known: list[Format]) -> str | None:
    """The platform that is looked at; None: all."""
    counts = {name: sum(name in platforms_of(each) for each in known) for name in config("platforms")}
    chosen: str | None = st.pills(
        view.words("sources.platform"),
        [name for name, count in counts.items() if count],
        format_func=view.words.platform,
        key="formats.platform",
        label_visibility="collapsed",
    )
    return chosen


def _group(view: View, platform: str | None, group: list[Found]) -> None:
    words = view.words
    st.markdown(f"##### {plain(words.platform(platform) if platform else words('known.several'))}")
    with st.container(gap="xsmall"):
        for each in group:
            form = each.format
            opened = st.expander(
                _label(words, each), icon=_ICONS[_made(form)], key=f"formats.open.{form['name']}", on_change="rerun"
            )
            if opened.open:
                with opened:
                    _detail(view, form)


def _label(words: Words, found: Found) -> str:
    form = found.format
    beside = [words.kind(form["kind"])] if form["kind"] else []
    if not form["platform"] and (seen := platforms_of(form)):
        beside.append(words("list.comma").join(map(words.platform, seen)))
    if found.columns:
        beside.append(words("known.column", name=found.columns[0]))
    name = f"**{plain(words.known('formats.' + form['name'], form['name']))}**"
    return name + "".join(f"  :gray[{plain(each)}]" for each in beside)


def _made(form: Format) -> str | None:
    return form["guide"]["made_from"] if form["guide"] else None


def _detail(view: View, form: Format) -> None:
    """How it is got and recognised, what the terms are, and a record with the mention that it becomes."""
    words, guide, sample = view.words, form["guide"], form["sample"]
    if guide:
        st.markdown(f"**{words('known.get')}**\n\n{guide['get'][words.language]}")
        st.markdown(f"**{words('known.terms')}**  {guide['terms'][words.language]}")
    recognised = translated(form["how_recognised"], words.language)
    st.markdown(f"**{words('sources.recognised')}**  {_with_code(recognised)}")
    if sample:
        st.markdown(f"**{words('known.sample')}**")
        record, mention = st.columns([3, 2], gap="medium")
        record.caption(words("known.record"))
        _table(record, _record(words, form))
        mention.caption(words("known.mention"))
        _table(mention, _mention(words, form))
    if made := _made(form):
        st.caption(f"{_ICONS[made]} {words(f'known.made.{made}')}. {words(f'known.why.{made}')}")


def _with_code(sentence: str) -> str:
    """One of our own sentences as Markdown in which only names between backticks are more than text."""
    return "`".join(part if number % 2 else plain(part) for number, part in enumerate(sentence.split("`")))


def _table(place: Any, rows: list[dict[str, str]]) -> None:
    place.dataframe(rows, hide_index=True, height="content" if len(rows) <= _ROWS else _HEIGHT)


def _record(words: Words, form: Format) -> list[dict[str, str]]:
    """A row for each column of the sample, with the field that it becomes; what is taken stands first."""
    rows = [
        {
            words("known.in_file"): column,
            words("known.value"): written(value),
            words("known.becomes"): _field(words, form["columns"].get(column)),
        }
        for column, value in form["sample"]["record"].items()
    ]
    return sorted(rows, key=lambda row: not row[words("known.becomes")])


def _mention(words: Words, form: Format) -> list[dict[str, str]]:
    """A row for each field of the mention that people know by a name."""
    mention = {"platform": form["platform"], **form["sample"]["mention"]}
    named = {field: _called(words, field) for field in mention}
    return [
        {words("known.field"): name, words("known.value"): _said(words, field, mention[field])}
        for field, name in named.items()
        if name and mention[field] is not None
    ]


def _field(words: Words, field: str | None) -> str:
    return _called(words, _FIELDS.get(field, field)) if field else ""


def _called(words: Words, field: str) -> str:
    """The name of a field; what a mapping calls a column for each row is simply the platform and the kind here."""
    own = {"platform": words("sources.platform"), "kind": words("columns.kind")}
    return own.get(field) or words.known(f"fields.{field}", "")


#: Fields of layouts that become those of a mention.
_FIELDS: Final = {
    "time": "published_at",
    "written": "published_at",
    "collected": "collected_at",
    "parent": "parent_id",
    "post": "root_id",
    "reposted": "reposted_id",
    "author_hash": "author_id",
}


def _said(words: Words, field: str, value: Any) -> str:
    if field in _NAMED:
        return _NAMED[field](words, value)
    if field.endswith("_at"):
        return f"{str(value).replace('T', ' ')} UTC"
    return written(value)


def written(value: Any) -> str:
    """A value as one line of text."""
    return ", ".join(map(written, value)) if isinstance(value, list) else " ".join(str(value).split())
