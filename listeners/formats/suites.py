"""Listening suites and research tools: tables of several platforms, read by a fixed mapping."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final

import polars as pl

from listeners.contract import LINE, Batch, Context, Known, Sample
from listeners.nested import Document, Nested, Records, Refusal, Wrong, at, has, items
from listeners.rules import listed, paths
from listeners.table.listener import TableListener
from listeners.table.mapping import Mapping
from tingfeng.home import config


@dataclass(frozen=True)
class SuiteListener:
    """Reads the export of one tool as config/listeners/suites.yaml says; its rows tell their platform and kind."""

    name: str
    rules: dict[str, Any] = field(repr=False)
    nested: Nested | None = field(default=None, repr=False)
    platform: None = None
    kind: None = None

    @property
    def how_recognised(self) -> str:
        """The columns that make a table this format, and what its documents look like."""
        columns = f"columns {', '.join(self.rules['signature'])}"
        return f"{columns}; or {self.nested.looks}" if self.nested else columns

    @property
    def known(self) -> Known | None:
        """How documents of this format are unfolded; None where it has only tables."""
        return Known(self.nested, paths(self.rules)) if self.nested else None

    def recognise(self, sample: Sample) -> int:
        """How many columns the signature has when all are there; all for its documents."""
        return len(sample.header) if sample.format == self.name else sample.count(*self.rules["signature"])

    def map(self, records: pl.DataFrame, context: Context) -> Batch:
        """Mentions and rejects of `records`, as of a table with this mapping."""
        header = tuple(name for name in records.columns if name != LINE)
        columns_of = self.rules["columns"].items()
        there = {name: [one for one in listed(written) if one in header] for name, written in columns_of}
        there = {name: columns for name, columns in there.items() if columns}
        first = {name: columns[0] for name, columns in there.items()}
        layout = Mapping(layout="", platform=context.platform, columns=first)
        others = {name: columns[1:] for name, columns in there.items()}
        table = TableListener(
            layout, header, links_tell=True, name=self.name, others=others, answers=self.rules.get("answers", False)
        )
        batch = table.map(records, context)
        return replace(batch, mentions=batch.mentions.with_columns(_OWN_TITLE))


#: The title beside a comment is that of the post above it.
_OWN_TITLE: Final = (
    pl.when((pl.col("kind") != "comment") | pl.col("text").is_null()).then(pl.col("title")).alias("title")
)


def suites() -> Iterator[SuiteListener]:
    """A listener for each tool."""
    for name, rules in config("listeners/suites").items():
        yield SuiteListener(name, rules, _NESTED.get(name))


def _brandwatch(document: Document) -> bool:
    return any(has(one, "queryId", "resourceId") for one in items(document, "results")) or (
        has(document, "results", "resultsTotal") and not document["results"]
    )


def _mentions(document: Document) -> Records:
    found = items(document, "results")
    if not found:
        raise Refusal("the page of the Brandwatch API is empty")
    return found


#: All that Talkwalker says when something is wrong.
_ERROR: Final = frozenset({"status_code", "status_message", "request"})


def _talkwalker(document: Document) -> bool:
    told = "result_content" in document or document.keys() <= _ERROR
    return (
        (told and has(document, "status_code", "status_message"))
        or has(document, "chunk_type")
        or _is_document(document)
    )


def _is_document(one: Document) -> bool:
    return has(one, "url", "published", "source_type") or has(one, "url", "published", "extra_author_attributes")


def _documents(answer: Document) -> Iterator[Document | Wrong]:
    """The documents of an answer, of a piece of a stream, or the document itself."""
    if str(answer.get("status_code", "0")) != "0":
        raise Refusal(f"the Talkwalker API answered with an error: {answer.get('status_message')}")
    if _is_document(answer):
        yield _told(answer)
    elif "chunk_type" in answer:
        yield _of_piece(answer)
    else:
        found = [one["data"] for one in items(answer, "result_content", "data") if isinstance(one.get("data"), dict)]
        if not found:
            raise Refusal("the page of the Talkwalker API is empty")
        yield from map(_told, found)


def _of_piece(answer: Document) -> Document | Wrong:
    """The document that a piece of a stream carries."""
    inner = at(answer, "chunk_result", "data", "data")
    return _told(inner) if isinstance(inner, dict) else Wrong("a piece of a stream without a document", answer)


def _told(document: Document) -> Document:
    """A document that says in one word each whether it is news, and whether it is a comment."""
    news = "NEWS" in str(document.get("source_type"))
    comment = "isComment" in str(document.get("tags_internal"))
    return {**document, "platform": "news" if news else None, "kind": "comment" if comment else None}


_NESTED: Final = {
    "brandwatch": Nested("JSON of the Brandwatch API: results with queryId and resourceId", _brandwatch, _mentions),
    "talkwalker": Nested("JSON of the Talkwalker API: result_content, pieces of a stream", _talkwalker, _documents),
}
