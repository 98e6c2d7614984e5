"""Tables of unknown layout: a mapping is proposed by names and content, applied when complete, and remembered."""

from listeners.contract import MappedListener, NotRecognised, Options, Refused, Sample
from listeners.table.content import Content
from listeners.table.listener import NAME, TableListener
from listeners.table.mapping import Mapping, MappingError, read_mapping
from listeners.table.proposal import PLATFORM, missing, platform_of, propose

__all__ = ["NAME", "Mapping", "MappingError", "TableListener", "mapper", "read_mapping"]


def mapper(sample: Sample, options: Options) -> MappedListener:
    """A listener for this table: by the mapping given or remembered, else by the one that is proposed.

    NotRecognised with the proposal when it is incomplete, Refused for a list of links or of figures, MappingError for a
    mapping that names what does not exist.
    """
    mapping = _mapping(sample, options)
    _, links_tell = platform_of(sample, mapping.columns)
    if options.platform or (options.mapping and mapping.platform):
        links_tell = False
    lacks = missing(mapping, sample)
    if lacks:
        _refuse(sample, mapping)
        hint = "correct the proposed mapping and pass it with --map"
        raise NotRecognised(
            f"The table lacks {' and '.join(lacks)}",
            where=sample.name,
            hint=f"{hint}, or say --platform" if lacks == (PLATFORM,) else hint,
            proposal=mapping.as_json(),
            layout=sample.layout,
        )
    ids = mapping.columns.get("id")
    running_ids = ids is not None and Content(sample.records[ids]).counts_rows
    return TableListener(mapping, sample.header, links_tell, running_ids)


def _mapping(sample: Sample, options: Options) -> Mapping:
    """The mapping in force, with what a person said about the file."""
    given = options.mapping or options.remembered.get(sample.layout)
    mapping = read_mapping(given, sample.layout, sample.header, sample.name) if given else propose(sample).mapping
    found, _ = platform_of(sample, mapping.columns)
    platform = mapping.platform if options.mapping else found or mapping.platform
    return mapping.said(platform=options.platform or platform, time_zone=options.time_zone)


def _refuse(sample: Sample, mapping: Mapping) -> None:
    """Says when a table is well understood but holds no mentions."""
    fields = set(mapping.columns)
    if fields & {"text", "title"}:
        return
    if "url" in fields and "published_at" not in fields:
        raise Refused("The table is a list of links: it has no texts, titles or dates", where=sample.name, format=NAME)
    if not fields & {"author_id", "author_name", "author_handle"} and fields & {
        "published_at",
        "views",
        "likes",
        "url",
    }:
        raise Refused(
            "The table holds figures only: it has no texts, titles or authors", where=sample.name, format=NAME
        )
